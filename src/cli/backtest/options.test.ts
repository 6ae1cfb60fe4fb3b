import { describe, expect, it } from 'vitest';
import { chooseStrategy } from './choose-strategy.js';
import { readFlags, symbolOfFile, type BacktestFlags } from './options.js';
import { UsageError } from './usage-error.js';

const FLAGS: BacktestFlags = {
  symbol: [],
  bars: ['data/goog.csv'],
  zone: 'UTC',
  adjustment: 'RAW',
  strategy: 'sma-cross',
  params: '{}',
  cash: '10000',
  profile: 'native',
  seed: '1',
  deadline: '600',
};
const read = (flags: Partial<BacktestFlags> = {}) => readFlags({ ...FLAGS, ...flags });

describe('the options of a backtest', () => {
  it('become a command', () => {
    const { command, files, timeframe } = read({
      profile: 'backtesting.py',
      params: '{"fast":3}',
      commission: '5,0.001',
      slippageBps: '2.5',
      margin: '0.5',
      from: '2020-01-01',
      to: '2020-12-31',
      exclusiveOrders: true,
    });
    expect(files).toEqual(['data/goog.csv']);
    expect(timeframe).toBeNull();
    expect(command).toMatchObject({
      symbols: ['GOOG'],
      params: { fast: 3 },
      from: Date.UTC(2020, 0, 1),
      to: Date.UTC(2021, 0, 1),
      options: {
        initialCapital: 10_000,
        commission: { kind: 'FIXED_PLUS_PERCENT', fixed: 5, rate: 0.001 },
        slippage: { kind: 'BASIS_POINTS', basisPoints: 2.5 },
        margin: 0.5,
        exclusiveOrders: true,
        tradeOnClose: null,
      },
    });
  });

  it('take a time to the second, without its zone as UTC, and exclude it as the end', () => {
    const { command } = read({ from: '2020-01-01T14:30:00Z', to: '2020-01-02T14:30:00' });
    expect([command.from, command.to]).toEqual([Date.UTC(2020, 0, 1, 14, 30), Date.UTC(2020, 0, 2, 14, 30)]);
  });

  it('name the symbol of a file after it', () => {
    expect(['GOOG.csv', '../x/btc-usd.min.csv', 'C:\\data\\spy.csv', '_.csv'].map(symbolOfFile)).toEqual([
      'GOOG',
      'BTC-USD.MIN',
      'SPY',
      'BARS',
    ]);
  });

  const wrong: readonly (readonly [what: string, flags: Partial<BacktestFlags>, message: string])[] = [
    ['nothing to run over', { bars: [] }, '--bars <file> or --symbol <symbol> is missing'],
    ['no strategy', { strategy: undefined }, '--strategy is missing'],
    ['a symbol in small letters', { bars: [], symbol: ['goog'] }, '--symbol: "goog" must be upper-case'],
    ['more symbols than files', { symbol: ['A', 'B'] }, '--symbol: 2 symbols do not name 1 files'],
    ['a symbol twice', { bars: ['a/x.csv', 'b/x.csv'] }, '--symbol: X is there twice'],
    ['parameters that are no JSON', { params: '{fast}' }, '--params: {fast} is no JSON'],
    ['parameters that are a list', { params: '[1]' }, '--params: [1] is no object'],
    ['no cash', { cash: '0' }, '--cash: 0 is not a number above 0'],
    ['endless cash', { cash: 'Infinity' }, '--cash: Infinity is not a number above 0'],
    ['a text as cash', { cash: 'lots' }, '--cash: "lots" is no number'],
    ['a text as commission', { commission: 'much' }, '--commission: "much" is no number'],
    ['a commission of three', { commission: '1,2,3' }, '--commission: "1,2,3" is neither'],
    ['a commission of half', { commission: '0.5' }, '--commission: rate: 0.5 is not a number from -0.1 to 0.1'],
    ['a margin of 0', { margin: '0', profile: 'backtesting.py' }, '--margin: 0 is not a number above 0'],
    ['a leverage of a thousand', { margin: '0.001' }, '--margin: 0.001 is not a number from 0.01 to 1'],
    [
      'a maintenance above the margin',
      { margin: '0.5', maintenanceMargin: '0.6' },
      '--maintenance-margin: 0.6 is not a number from 0 to 0.5',
    ],
    ['a rate of borrowing in percent', { borrowRate: '3' }, '--borrow-rate: 3 is not a number from 0 to 1'],
    [
      'borrowing in the other profile',
      { borrowRate: '0.03', profile: 'backtesting.py' },
      '--borrow-rate: the backtesting.py profile',
    ],
    ['a lot that is not counted', { lotSize: '1e-9' }, '--lot-size: 1e-9 is neither 0 nor a multiple of 1e-8'],
    ['cash of next to nothing', { cash: '1e-300' }, '--cash: 1e-300 is below 0.01'],
    [
      'a position above all',
      { maxPositionPct: '120' },
      '--max-position-pct: 120 is not a number above 0 and at most 100',
    ],
    [
      'a size above what a position may be',
      { sizePct: '50' },
      '--size-pct: 50 is above --max-position-pct, which is 20',
    ],
    ['a day that is none', { from: '2020-02-31' }, '--from: "2020-02-31" is no date'],
    ['a time of a day that is none', { from: '2010-02-30T09:30:00Z' }, '--from: "2010-02-30T09:30:00Z" is no date'],
    ['a time without a meaning', { to: 'tomorrow' }, '--to: "tomorrow" is no date'],
    [
      'an end before the start',
      { from: '2020-05-01', to: '2020-04-01' },
      '--from: 2020-05-01T00:00:00.000Z is not before --to',
    ],
    ['a deadline of 0', { deadline: '0' }, '--deadline: 0 is not a whole number from 1 to 86400'],
    ['half a seed', { seed: '0.5' }, '--seed: 0.5 is not a whole number'],
  ];
  it.each(wrong)('are refused for %s, naming the option and the limit', (_what, flags, message) => {
    expect(() => read(flags)).toThrow(message);
    expect(() => read(flags)).toThrow(UsageError);
  });
});

describe('the strategy of a backtest', () => {
  it('has all its parameters', async () => {
    const { params, reference } = await chooseStrategy('sma-cross', { fast: 5 }, '/absent');
    expect(params).toMatchObject({ fast: 5, slow: 20 });
    expect(reference).toEqual({ kind: 'BUILT_IN', name: 'sma-cross' });
  });

  it.each([
    ['of another name', 'nope', {}, /--strategy: there is no strategy "nope"; there are: .*sma-cross/],
    ['with an unknown parameter', 'sma-cross', { quick: 3 }, /--params: quick is not a parameter of this strategy/],
    ['with a parameter out of range', 'sma-cross', { fast: 0 }, /--params: fast: 0 is not a whole number from 1 to/],
    ['with parameters that do not fit', 'sma-cross', { fast: 30 }, /--params: fast \(30\) must be below slow \(20\)/],
  ])('%s is refused', async (_what, name, params, message) => {
    const refused = chooseStrategy(name, params, '/absent');
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
  });
});
