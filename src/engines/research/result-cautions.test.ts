import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflatedSharpe } from '../metrics/probabilistic-sharpe.js';
import { CAUTION_CODES, inOrder, type Caution } from './caution.js';
import { cautionsOfResult, type CheckedResult, type ResultStatistics } from './result-cautions.js';
import { sharpeTrialsOf } from './selection-cautions.js';

/** Five years, sixty round trips of 50 and -20, with costs, half of it on its own. */
const good: ResultStatistics = {
  durationDays: 1826,
  startingEquity: 10_000,
  finalEquity: 10_900,
  totalReturnPct: 9,
  benchmarkReturnPct: 8,
  beta: 0.5,
  sharpe: 1.4,
  deflatedSharpe: 0.99,
  tradedValue: 120_000,
  commissions: 120,
  fillCount: 120,
  refusedCount: 0,
};
const evenPnl = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 50 : -20));

const cautionsOf = (change: Partial<ResultStatistics> = {}, rest: Partial<CheckedResult> = {}): Caution[] =>
  cautionsOfResult({
    statistics: { ...good, ...change },
    pnl: evenPnl,
    hasPriceCosts: true,
    trials: { count: 1, sharpeVariance: 0 },
    ...rest,
  });
const codesOf = (cautions: readonly Caution[]): string[] => cautions.map(({ code }) => code);

describe('cautions of a result', () => {
  it('are none for many even round trips over years, at a cost, and on their own', () => {
    expect(cautionsOf()).toEqual([]);
  });

  it('name a lucky strategy whose profit is one round trip', () => {
    const lucky = Float64Array.from({ length: 40 }, (_, i) => (i === 17 ? 1700 : -20));
    const [caution] = cautionsOf({}, { pnl: lucky });
    expect(caution).toMatchObject({
      code: 'ONE_ROUND_TRIP',
      severity: 'CRITICAL',
      values: { best: 1700, profit: 920, profitWithoutBest: -780, limit: 0.5 },
    });
    expect(caution?.message).toBe(
      'The best of 40 round trips made 1700.00 of the profit of 920.00, more than 50 %: without it -780.00 is left.',
    );
  });

  it.each([
    [0, 'CRITICAL'],
    [9, 'CRITICAL'],
    [10, 'WARNING'],
    [29, 'WARNING'],
    [30, undefined],
  ])('of %i round trips speak of too few of them as %s', (count, severity) => {
    const found = cautionsOf({}, { pnl: new Float64Array(count).fill(10) }).find(
      ({ code }) => code === 'FEW_ROUND_TRIPS',
    );
    expect(found?.severity).toBe(severity);
  });

  it.each([
    [{ commissions: 0 }, { hasPriceCosts: false }, 'NO_COSTS', '120 fills cost nothing'],
    [{ finalEquity: 10_030 }, {}, 'THIN_EDGE', 'higher by 2.5 basis points of each execution'],
    [{ refusedCount: 20 }, {}, 'ORDERS_REFUSED', '20 orders were refused'],
    [{ durationDays: 200 }, {}, 'SHORT_HISTORY', 'covers 200 days; under 365'],
    [{ beta: 1, benchmarkReturnPct: 8.5 }, {}, 'EXPOSURE_EXPLAINS', 'accounts for 95 % of the growth, more than 80 %'],
    [{ benchmarkReturnPct: 10 }, {}, 'BEHIND_BENCHMARK', "9.0 % is below buy-and-hold's 10.0 %"],
    [
      { deflatedSharpe: 0.6 },
      { trials: { count: 200, sharpeVariance: 0.25 } },
      'SELECTED_BY_LUCK',
      'best of 200 trials',
    ],
  ])('of a result with %j and %j are told with figure and limit', (change, rest, code, text) => {
    const cautions = cautionsOf(change, rest);
    expect(codesOf(cautions)).toEqual([code]);
    expect(cautions[0]?.message).toContain(text);
    expect(cautions[0]?.values).toHaveProperty('limit');
  });

  it('say nothing of what is undefined', () => {
    expect(cautionsOf({ benchmarkReturnPct: null, beta: null, sharpe: null, deflatedSharpe: null })).toEqual([]);
  });

  it('keep their codes and finite figures, whatever the result', () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    const anyChange = fc.record({
      finalEquity: any,
      totalReturnPct: fc.double({ min: -99, max: 1e5, noNaN: true }),
      beta: any,
    });
    fc.assert(
      fc.property(anyChange, fc.array(any), (change, pnl) => {
        for (const { code, message, values } of cautionsOf(change, { pnl: Float64Array.from(pnl) })) {
          expect(CAUTION_CODES).toContain(code);
          expect(message).not.toMatch(/NaN|Infinity|undefined/);
          for (const value of Object.values(values))
            expect(typeof value !== 'number' || Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  it('come the gravest first', () => {
    const [info, critical] = [cautionsOf({ benchmarkReturnPct: 10 }), cautionsOf({}, { pnl: new Float64Array(0) })];
    expect(inOrder([...info, ...critical]).map(({ severity }) => severity)).toEqual(['CRITICAL', 'INFO']);
  });
});

describe('the ledger of trials', () => {
  it('counts trials without a Sharpe ratio, and takes the variance of the others', () => {
    expect(sharpeTrialsOf(Float64Array.of(1, NaN, 3))).toEqual({ count: 3, sharpeVariance: 2 });
    expect(sharpeTrialsOf(Float64Array.of(1))).toEqual({ count: 1, sharpeVariance: 0 });
    expect(sharpeTrialsOf(new Float64Array(0))).toBeNull();
  });

  it('lets the same result count for less, the more was tried before it', () => {
    // 1000 daily returns with a Sharpe ratio of 0.1 a day, no skew and a normal kurtosis.
    const returns = { count: 1000, mean: 0.001, squares: 0.1, cubes: 0, fourths: 3e-5 };
    const probabilities = [1, 10, 100, 1000].map((count) =>
      deflatedSharpe(returns as Parameters<typeof deflatedSharpe>[0], 0.1, { count, sharpeVariance: 0.5 }, 252),
    );
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b! - a!));
    expect(probabilities[0]).toBeGreaterThan(0.99);
    expect(probabilities[3]).toBeLessThan(0.5);
  });
});
