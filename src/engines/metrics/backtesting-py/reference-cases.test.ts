import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RoundTrips } from '../../backtest/round-trips.js';
import type { SimulationResult } from '../../backtest/simulation.js';
import { indexBacktestingPy } from './run-index.js';
import { backtestingPyStatistics } from './statistics.js';
import { BACKTESTING_PY_TRADE_COLUMNS, backtestingPyTrades } from './trades.js';

// Cases computed by backtesting.py 0.6.6 on its own GOOG sample.
const root = process.env['REFERENCE_DATA'] ?? '../shared/reference';
const folder = join(root, 'backtests');
const isPresent = existsSync(folder) && existsSync(join(root, 'bars/GOOG.csv'));
if (!isPresent) console.warn(`Skipped: no reference backtests in ${folder} (set REFERENCE_DATA)`);

const rowsOf = (text: string) => {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])));
};
const numberOrNaN = (text: string | undefined) => (text ? Number(text) : NaN);

interface StatsFile {
  readonly strategy: string;
  readonly backtest: {
    readonly cash: number;
    readonly commission: number;
    readonly trade_on_close: boolean;
    readonly finalize_trades: boolean;
  };
  readonly params: { readonly n2: number };
  readonly stats: Record<string, number | string | null>;
}

/**
 * Equity of a run from its trades and closes. The files have ten digits of it, too few for statistics to 1e-9. Needs all
 * trades closed. A trade on the close is booked after the bar's equity was taken.
 */
function equityOf(trips: RoundTrips, closes: Float64Array, options: StatsFile['backtest']): Float64Array {
  const delay = options.trade_on_close ? 1 : 0;
  const equity = new Float64Array(closes.length).fill(options.cash);
  for (let i = 0; i < trips.length; i += 1) {
    const { units, entryIndex, exitIndex, entryPrice, pnl } = trips.at(i);
    const paid = options.commission * Math.abs(units) * entryPrice;
    const closed = Math.min(exitIndex + delay, equity.length - 1);
    for (let bar = entryIndex + delay; bar < closed; bar += 1)
      equity[bar]! += units * (closes[bar]! - entryPrice) - paid;
    for (let bar = closed; bar < equity.length; bar += 1) equity[bar]! += pnl;
  }
  return equity;
}

function readCase(name: string, closes: Float64Array) {
  const { strategy, params, stats, backtest } = JSON.parse(
    readFileSync(join(folder, `${name}.stats.json`), 'utf8'),
  ) as StatsFile;
  const curve = rowsOf(gunzipSync(readFileSync(join(folder, `${name}.equity.csv.gz`))).toString());
  const tradeText = readFileSync(join(folder, `${name}.trades.csv`), 'utf8');
  const times = Float64Array.from(curve, (row) => Date.parse(`${row['']}Z`));
  const roundTrips = new RoundTrips();
  for (const row of rowsOf(tradeText)) {
    roundTrips.add({
      symbolIndex: 0,
      units: Number(row['Size']),
      entryIndex: Number(row['EntryBar']),
      exitIndex: Number(row['ExitBar']),
      entryPrice: Number(row['EntryPrice']),
      exitPrice: Number(row['ExitPrice']),
      stopLoss: numberOrNaN(row['SL']),
      takeProfit: numberOrNaN(row['TP']),
      pnl: Number(row['PnL']),
      commission: Number(row['Commission']),
      returnFraction: Number(row['ReturnPct']),
      maxAdverse: 0,
      maxFavorable: 0,
      exitReason: 'SIGNAL',
    });
  }
  const printedEquity = Float64Array.from(curve, (row) => Number(row['Equity']));
  const result: SimulationResult = {
    times,
    closeTimes: times,
    equity: backtest.finalize_trades ? equityOf(roundTrips, closes, backtest) : printedEquity,
    exposed: new Uint8Array(times.length),
    roundTrips,
    // The statistics show those of the closed trades, not these.
    dividends: 0,
    commissions: 0,
    tradedValue: 0,
    fillCount: 0,
    refusedCount: 0,
    firstDecisionIndex: strategy === 'BuyHold' ? 1 : params.n2,
  };
  return { result, stats, tradeText, printedEquity };
}

describe.skipIf(!isPresent)('the backtesting.py profile on the reference cases', () => {
  const names = isPresent
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.stats.json'))
        .map((file) => file.replace('.stats.json', ''))
    : [];
  const closes = isPresent
    ? Float64Array.from(rowsOf(readFileSync(join(root, 'bars/GOOG.csv'), 'utf8')), (row) => Number(row['Close']))
    : new Float64Array();

  it('finds all seven cases', () => expect(names).toHaveLength(7));

  it.each(names)('equals every statistic of %s to 1e-9', (name) => {
    const { result, stats, printedEquity } = readCase(name, closes);
    const computed = backtestingPyStatistics(
      result,
      indexBacktestingPy(result.times, closes),
    ) as unknown as typeof stats;
    result.equity.forEach((equity, i) => expect(Math.abs(equity / printedEquity[i]! - 1)).toBeLessThan(1e-9));
    expect(Object.keys(computed)).toEqual(Object.keys(stats));
    for (const [key, expected] of Object.entries(stats)) {
      const value = computed[key];
      if (typeof expected !== 'number') expect([key, value]).toEqual([key, expected]);
      else
        expect(Math.abs((value as number) - expected), key).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    }
  });

  it.each(names)('writes the trades of %s as they are in the file', (name) => {
    const { result, tradeText } = readCase(name, closes);
    const expected = rowsOf(tradeText);
    const trades = backtestingPyTrades(result);
    expect(tradeText.split('\n')[0]!.trim().split(',')).toEqual(BACKTESTING_PY_TRADE_COLUMNS);
    expect(trades).toHaveLength(expected.length);
    trades.forEach((trade, i) => {
      for (const column of BACKTESTING_PY_TRADE_COLUMNS) {
        const text = expected[i]![column]!;
        if (column.endsWith('Time')) expect(trade[column]).toBe(text);
        else expect(trade[column]).toBe(text === '' ? null : Number(text));
      }
    });
  });
});
