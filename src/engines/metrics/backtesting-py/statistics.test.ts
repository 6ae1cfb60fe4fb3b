import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RoundTrips } from '../../backtest/round-trips.js';
import type { SimulationResult } from '../../backtest/simulation.js';
import { closedTradeExposure } from './exposure.js';
import { drawdownFigures } from './drawdown-figures.js';
import { logReturn } from './log-return.js';
import { resampling } from './resampling.js';
import { indexBacktestingPy } from './run-index.js';
import { backtestingPyStatistics } from './statistics.js';
import { columnTexts, durationText, instantText } from './time-text.js';
import { backtestingPyTrades } from './trades.js';

const DAY_MS = 86_400_000;
const MONDAY = Date.UTC(2024, 0, 1);

function makeResult(equity: readonly number[], stepMs = DAY_MS): SimulationResult {
  const times = Float64Array.from(equity, (_, i) => MONDAY + i * stepMs);
  return {
    times,
    closeTimes: times,
    equity: Float64Array.from(equity),
    exposed: new Uint8Array(equity.length),
    roundTrips: new RoundTrips(),
    dividends: 0,
    commissions: 0,
    tradedValue: 0,
    fillCount: 0,
    refusedCount: 0,
    firstDecisionIndex: 1,
  };
}

function figuresOf(...values: number[]) {
  const { times, equity } = makeResult(values);
  return drawdownFigures(times, equity);
}

describe('the backtesting.py profile', () => {
  it('has a null, not NaN or Infinity, for everything that a run without trades does not define', () => {
    for (const length of [1, 2, 3, 50]) {
      const result = makeResult(Array.from({ length }, () => 10_000));
      const statistics = backtestingPyStatistics(result, indexBacktestingPy(result.times, result.equity));
      for (const [key, value] of Object.entries(statistics)) {
        if (typeof value === 'number') expect(Number.isFinite(value), key).toBe(true);
      }
      expect(statistics).toMatchObject({ '# Trades': 0, 'Win Rate [%]': null, 'Sharpe Ratio': null, SQN: null });
      expect(statistics).toMatchObject({ 'Avg. Drawdown [%]': null, 'Max. Drawdown Duration': null, 'Return [%]': 0 });
      expect(statistics).not.toHaveProperty('Commissions [$]');
    }
  });

  it('refuses no bars, closes of another length and the index of another run', () => {
    expect(() => indexBacktestingPy(new Float64Array(), new Float64Array())).toThrow(RangeError);
    expect(() => indexBacktestingPy(Float64Array.of(1), Float64Array.of(1, 2))).toThrow(RangeError);
    const other = indexBacktestingPy(Float64Array.of(MONDAY), Float64Array.of(1));
    expect(() => backtestingPyStatistics(makeResult([1, 2]), other)).toThrow(RangeError);
  });

  it('has the same statistics with an index for one run and for many', () => {
    const result = makeResult(Array.from({ length: 9000 }, (_, i) => 1000 + i + 40 * Math.sin(i)));
    const closes = result.equity.map((value, i) => value * (1 + 0.1 * Math.cos(i)));
    const [one, many] = [false, true].map((isShared) =>
      backtestingPyStatistics(result, indexBacktestingPy(result.times, closes, isShared)),
    );
    expect(one!.Beta).toBeCloseTo(many!.Beta!, 12);
    expect({ ...one, Beta: 0, 'Alpha [%]': 0 }).toEqual({ ...many, Beta: 0, 'Alpha [%]': 0 });
  });

  it('writes lengths of time and instants as pandas does', () => {
    expect(durationText(3116 * DAY_MS)).toBe('3116 days 00:00:00');
    expect(durationText(DAY_MS + 3_723_000)).toBe('1 days 01:02:03');
    expect(durationText(1)).toBe('0 days 00:00:00.001000');
    expect(instantText(Date.UTC(2004, 7, 19))).toBe('2004-08-19T00:00:00');
    expect(columnTexts([MONDAY, MONDAY + DAY_MS])).toEqual(['2024-01-01', '2024-01-02']);
    expect(columnTexts([MONDAY, MONDAY + 60_000])).toEqual(['2024-01-01 00:00:00', '2024-01-01 00:01:00']);
  });

  it('counts 252 days a year, 365 with bars on weekends, and weeks, months and years as such', () => {
    const everyDay = Float64Array.from({ length: 70 }, (_, i) => MONDAY + i * DAY_MS);
    const weekdays = everyDay.filter((_, i) => i % 7 < 5);
    const months = Float64Array.from({ length: 24 }, (_, i) => Date.UTC(2024, i + 1, 0));
    expect(resampling(weekdays)).toMatchObject({ periodsPerYear: 252, barMs: DAY_MS });
    expect(resampling(everyDay)).toMatchObject({ periodsPerYear: 365 });
    expect(resampling(everyDay.filter((_, i) => i % 7 === 0))).toMatchObject({ periodsPerYear: 52, barMs: 7 * DAY_MS });
    expect(resampling(months)).toMatchObject({ periodsPerYear: 12 });
    expect([...resampling(months).ends]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    const hours = Float64Array.from({ length: 48 }, (_, i) => MONDAY + i * 3_600_000);
    expect([...resampling(hours).ends]).toEqual([23, 47]);
  });

  it('has the log return of any two prices', () => {
    const price = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(price, fc.double({ min: 0.5, max: 2, noNaN: true }), (from, factor) => {
        expect(Math.abs(logReturn(from, from * factor) - Math.log((from * factor) / from))).toBeLessThan(1e-15);
      }),
    );
  });

  it('counts the bars of overlapping trades once', () => {
    const trade = fc.tuple(fc.nat(40), fc.nat(15));
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 12 }), (trades) => {
        const sorted = trades.map(([entry, length]) => [entry, entry + length] as const).sort((a, b) => a[1] - b[1]);
        const open = new Set(
          sorted.flatMap(([entry, exit]) => Array.from({ length: exit - entry + 1 }, (_, i) => entry + i)),
        );
        const [entries, exits] = [0, 1].map((side) => Float64Array.from(sorted, (pair) => pair[side]!));
        expect(closedTradeExposure(entries!, exits!, 100)).toBeCloseTo(open.size / 100, 12);
      }),
    );
  });

  it('leaves a fall on the last bar out of the mean, and shows its depth when it is the only one', () => {
    expect(figuresOf(100, 80, 100, 50)).toMatchObject({ maxDepth: -0.5, meanDepth: -0.2, maxDurationMs: 2 * DAY_MS });
    expect(figuresOf(100, 110, 99)).toMatchObject({ maxDepth: -0.1, meanDepth: -0.1, maxDurationMs: NaN });
    expect(figuresOf(100, 80, 90)).toMatchObject({ maxDepth: -0.2, meanDepth: -0.2, meanDurationMs: 2 * DAY_MS });
  });

  it('names the stop and the target of a trade, or null', () => {
    const result = makeResult([1, 2, 3]);
    result.roundTrips.add({
      symbolIndex: 0,
      units: -2,
      entryIndex: 0,
      exitIndex: 2,
      entryPrice: 10,
      exitPrice: 9,
      stopLoss: 11,
      takeProfit: NaN,
      pnl: 2,
      commission: 0,
      returnFraction: 0.1,
      maxAdverse: 0,
      maxFavorable: 0,
      exitReason: 'OTHER',
    });
    expect(backtestingPyTrades(result)).toEqual([
      expect.objectContaining({ Size: -2, SL: 11, TP: null, EntryTime: '2024-01-01', ExitTime: '2024-01-03' }),
    ]);
  });
});
