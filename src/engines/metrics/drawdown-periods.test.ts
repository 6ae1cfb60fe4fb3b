import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawdownCurve, drawdownPeriods } from './drawdown-periods.js';
import { summarizeDrawdowns } from './drawdown.js';

const DAY_MS = 86_400_000;
const timesOf = (equity: Float64Array) => equity.map((_, i) => i * DAY_MS);
const EQUITY = Float64Array.of(100, 90, 95, 100, 120, 60, 90, 121, 121, 110);

describe('drawdown periods', () => {
  it('run from peak to recovery, the deepest first', () => {
    expect(drawdownPeriods(timesOf(EQUITY), EQUITY, 10)).toEqual([
      expect.objectContaining({ peakIndex: 4, troughIndex: 5, recoveryIndex: 7, depthPct: -50, days: 3 }),
      expect.objectContaining({ peakIndex: 0, troughIndex: 1, recoveryIndex: 3, depthPct: -10, days: 3 }),
      expect.objectContaining({ peakIndex: 8, troughIndex: 9, recoveryIndex: null, recoveryTime: null, days: 1 }),
    ]);
    expect(drawdownPeriods(timesOf(EQUITY), EQUITY, 1)).toHaveLength(1);
  });

  it('make a curve of fractions below the peak so far', () => {
    expect([...drawdownCurve(EQUITY)].map((value) => Math.round(value * 1000))).toEqual([
      0, -100, -50, 0, 0, -500, -250, 0, 0, -91,
    ]);
    expect(drawdownCurve(EQUITY, 200)[0]).toBe(-0.5);
  });

  it('add up to their summary, whatever the equity and the limit', () => {
    const equityArbitrary = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(equityArbitrary, fc.integer({ min: 0, max: 5 }), (values, limit) => {
        const equity = Float64Array.from(values);
        const times = timesOf(equity);
        const periods = drawdownPeriods(times, equity, Infinity);
        const summary = summarizeDrawdowns(times, equity, equity[0]!);
        expect(summary.count).toBe(periods.length);
        expect(summary.maxDepth * 100).toBeCloseTo(periods[0]?.depthPct ?? 0, 9);
        expect(summary.depthSum * 100).toBeCloseTo(
          periods.reduce((sum, { depthPct }) => sum + depthPct, 0),
          8,
        );
        expect(summary.maxDurationMs).toBe(Math.max(0, ...periods.map(({ days }) => days * DAY_MS)));
        expect(summary.durationSumMs).toBe(periods.reduce((sum, { days }) => sum + days * DAY_MS, 0));
        expect(summary.peakEquity).toBe(Math.max(...values));
        expect(drawdownPeriods(times, equity, limit)).toEqual(periods.slice(0, limit));
      }),
    );
  });
});
