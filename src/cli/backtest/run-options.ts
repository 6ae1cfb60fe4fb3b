import { Option, type Command } from 'commander';
import { TIMEFRAMES } from '../../domain/timeframe.js';
import { BACKTEST_PROFILES } from '../../engines/backtest/options.js';

const listed = (text: string, previous: readonly string[]): readonly string[] => [...previous, ...text.split(',')];
const repeated = (text: string, previous: readonly string[]): readonly string[] => [...previous, text];

/** Adds what every command that runs strategies takes: bars, strategy, and how it trades. */
export const withRunOptions = (command: Command): Command =>
  command
    .option(
      '--bars <file>',
      'CSV file with Date, Open, High, Low, Close, Volume; needs no database; may be repeated',
      repeated,
      [],
    )
    .option(
      '--symbol <symbol>',
      'symbol of the stored bars, or name of those in --bars; several with commas',
      listed,
      [],
    )
    .option(
      '--actions <file>',
      'CSV file with symbol, date, kind, value: splits and dividends of the bars in --bars (stored bars have their own)',
    )
    .addOption(
      new Option('--adjustment <basis>', 'what the prices in --bars are, where there are splits in --actions')
        .choices(['RAW', 'SPLIT'])
        .default('RAW'),
    )
    .option('--from <time>', 'first open time: 2013-03-01 or 2013-03-01T14:30:00Z')
    .option('--to <time>', 'end: a date includes its day, a time is excluded')
    .addOption(new Option('--timeframe <timeframe>', 'length of the bars (files tell their own)').choices(TIMEFRAMES))
    .option('--strategy <name>', 'built-in name, name of one in strategies/, or path of a .ts or .js file')
    .option('--params <json>', 'parameters of the strategy', '{}')
    .option('--cash <amount>', 'starting cash', '10000')
    .option('--commission <cost>', 'rate of the value (0.002), or fixed amount and rate (5,0.001)')
    .option('--spread <fraction>', 'whole spread as a fraction of the price')
    .option('--slippage-bps <number>', 'slippage in basis points')
    .option('--margin <fraction>', 'share of a position that must be held: 0.5 is leverage 2')
    .option('--allow-short', 'a strategy may sell short (native; backtesting.py always lets it)')
    .option(
      '--maintenance-margin <fraction>',
      'close everything once equity is below this share of the positions, half of --margin (native)',
    )
    .option('--borrow-rate <fraction>', 'what borrowing costs a year: 0.03 is 3 % of its value (native)')
    .option('--lot-size <units>', "smallest quantity, 0 for any fraction (native: the instrument's own when left out)")
    .option('--volume-share <fraction>', "share of a bar's volume that may be filled")
    .option('--max-position-pct <percent>', 'most that one symbol may take of the equity, 20 (native)')
    .option('--size-pct <percent>', 'size of an entry whose strategy names none, 10 % of the equity (native)')
    .option('--trade-on-close', 'market orders fill at the close they were decided at')
    .option('--exclusive-orders', 'a new order closes what is open first')
    .option('--finalize-trades', 'close what is open on the last bar')
    .addOption(
      new Option('--profile <profile>', 'whose fills and statistics').choices(BACKTEST_PROFILES).default('native'),
    )
    .addOption(
      new Option('--asset-class <class>', 'of bars in a file (their times tell it when left out)').choices([
        'EQUITY',
        'CRYPTO',
        'FX',
      ]),
    )
    .addOption(
      new Option('--zone <zone>', 'what a time in a file without a zone means')
        .choices(['UTC', 'America/New_York'])
        .default('UTC'),
    )
    .option('--seed <number>', 'of what is random in a strategy', '1')
    .option('--deadline <seconds>', 'longest time it may run', '600');
