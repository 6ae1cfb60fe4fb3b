import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BarSeries } from '../../src/domain/bar.js';
import type { BrokerOptions } from '../../src/engines/backtest/options.js';
import type { SimulationResult } from '../../src/engines/backtest/simulation.js';
import { simulateUnits } from '../../src/engines/backtest/simulate-units.js';
import { findStrategy } from '../../src/engines/strategies/catalogue.js';
import { parseParameters } from '../../src/engines/strategies/parameters.js';

const root = process.env['REFERENCE_DATA'] ?? '../shared/reference';
const folder = join(root, 'backtests');

/** Results that backtesting.py 0.6.6 computed on GOOG's daily bars. */
export interface BacktestingPyCase {
  readonly name: string;
  readonly stats: Readonly<Record<string, number | string | null>>;
  readonly trades: readonly Readonly<Record<string, string>>[];
  readonly equity: readonly number[];
  readonly options: BrokerOptions;
  readonly strategy: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface StatsFile {
  readonly strategy: string;
  readonly params: { readonly n1: number; readonly n2: number };
  readonly backtest: Readonly<Record<string, number | boolean>>;
  readonly stats: Readonly<Record<string, number | string | null>>;
}

/** The cases by name; none when the reference data is absent. */
export function backtestingPyCaseNames(): readonly string[] {
  if (!existsSync(folder)) {
    console.warn(`Skipped: no reference data in ${folder} (set REFERENCE_DATA)`);
    return [];
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith('.stats.json'))
    .map((file) => file.replace('.stats.json', ''));
}

export function readBacktestingPyCase(name: string): BacktestingPyCase {
  const text = (ending: string) => readFileSync(join(folder, name + ending), 'utf8');
  const { strategy, params, backtest, stats } = JSON.parse(text('.stats.json')) as StatsFile;
  const equity = gunzipSync(readFileSync(join(folder, `${name}.equity.csv.gz`))).toString();
  return {
    name,
    stats,
    trades: parseCsv(text('.trades.csv')),
    equity: parseCsv(equity).map((row) => Number(row['Equity'])),
    options: {
      cash: backtest['cash'] as number,
      commission: { kind: 'PERCENT', rate: backtest['commission'] as number },
      spread: backtest['spread'] as number,
      slippage: { kind: 'NONE' },
      margin: backtest['margin'] as number,
      tradeOnClose: backtest['trade_on_close'] as boolean,
      exclusiveOrders: backtest['exclusive_orders'] as boolean,
      finalizeTrades: backtest['finalize_trades'] as boolean,
      lotSize: 1,
      volumeShare: null,
    },
    ...ours(strategy, params.n1, params.n2),
  };
}

/** Which of our strategies theirs is, by the README beside the cases. */
function ours(strategy: string, fast: number, slow: number) {
  switch (strategy) {
    case 'BuyHold':
      return { strategy: 'buy-and-hold', parameters: {} };
    case 'SmaCrossLongOnly':
      return { strategy: 'sma-cross', parameters: { fast, slow } };
    case 'SmaCrossSLTP': {
      const bracket = { sizePct: 50, stopLossPct: 5, takeProfitPct: 10, exitOnCross: false };
      return { strategy: 'sma-cross', parameters: { fast, slow, ...bracket } };
    }
    default:
      return { strategy: 'sma-cross', parameters: { fast, slow, direction: 'both' } };
  }
}

/** GOOG's daily bars, 2004 to 2013. */
export function readGoogle(): BarSeries {
  const rows = parseCsv(readFileSync(join(root, 'bars', 'GOOG.csv'), 'utf8'));
  const column = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
  return {
    symbol: 'GOOG',
    timeframe: 'ONE_DAY',
    timestamps: Float64Array.from(rows, (row) => Date.parse(row[''] ?? '')),
    opens: column('Open'),
    highs: column('High'),
    lows: column('Low'),
    closes: column('Close'),
    volumes: column('Volume'),
  };
}

export function runBacktestingPyCase({ strategy, parameters, options }: BacktestingPyCase): SimulationResult {
  const definition = findStrategy(strategy);
  if (definition === undefined) throw new Error(`no strategy ${strategy}`);
  const values = parseParameters(definition.parameters, parameters, definition.checkTogether);
  if (!values.ok) throw new Error(values.error.message);
  return simulateUnits({ series: [readGoogle()], tradeFrom: null }, definition, values.value, options);
}

function parseCsv(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text.trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}
