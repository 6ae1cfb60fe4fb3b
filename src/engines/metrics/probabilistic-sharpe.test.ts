import { describe, expect, it } from 'vitest';
import { nativeStatistics } from './native-statistics.js';
import { RoundTrips } from '../backtest/round-trips.js';
import { expectedBestSharpe, probabilisticSharpe } from './probabilistic-sharpe.js';
import type { PeriodReturns } from './period-returns.js';

/** Returns of which only the moments matter here. */
const makeReturns = (count: number, skewness: number, kurtosis: number): PeriodReturns => ({
  values: new Float64Array(),
  count,
  mean: 0,
  squares: count,
  cubes: skewness * count,
  fourths: kurtosis * count,
  gains: 0,
  losses: 0,
  lossSquares: 0,
  benchmarkProducts: 0,
});

describe('the probabilistic Sharpe ratio', () => {
  it("equals the example of the deflated Sharpe ratio's paper", () => {
    // Bailey and Lopez de Prado 2014: 1250 daily returns, annualized SR 2.5 (250 days), skewness -3, kurtosis 10,
    // 100 trials with a variance of 1/2 of the annualized SR: SR0 = 0.1132 a day, DSR = 0.9004.
    const threshold = expectedBestSharpe({ count: 100, sharpeVariance: 0.5 }) / Math.sqrt(250);
    expect(threshold).toBeCloseTo(0.1132, 4);
    expect(probabilisticSharpe(makeReturns(1250, -3, 10), 2.5 / Math.sqrt(250), threshold)).toBeCloseTo(0.9004, 4);
  });

  it('falls with the number of trials, and expects nothing of a single one', () => {
    expect(expectedBestSharpe({ count: 1, sharpeVariance: 4 })).toBe(0);
    const expected = [2, 10, 100, 10_000].map((count) => expectedBestSharpe({ count, sharpeVariance: 1 }));
    expect(expected).toEqual([...expected].sort((a, b) => a - b));
    expect(() => expectedBestSharpe({ count: 0, sharpeVariance: 1 })).toThrow(RangeError);
    expect(() => expectedBestSharpe({ count: 2, sharpeVariance: NaN })).toThrow(RangeError);
  });

  it('is null without a Sharpe ratio', () => {
    expect(probabilisticSharpe(makeReturns(100, 0, 3), null, 0)).toBeNull();
    expect(probabilisticSharpe(makeReturns(10, 0, 3), 1, 0)).toBeNull();
  });

  it('is the deflated one of a run that was the only trial', () => {
    const equity = Float64Array.from({ length: 60 }, (_, i) => 1000 + 10 * i + 30 * Math.sin(i));
    const times = equity.map((_, i) => i * 86_400_000);
    const result = {
      times,
      closeTimes: times,
      equity,
      exposed: new Uint8Array(60),
      roundTrips: new RoundTrips(),
      dividends: 0,
      commissions: 0,
      tradedValue: 0,
      fillCount: 0,
      refusedCount: 0,
      firstDecisionIndex: 1,
    };
    const about = { calendar: 'crypto', timeframe: 'ONE_DAY' } as const;
    const alone = nativeStatistics(result, about);
    expect(alone.deflatedSharpe).toBe(alone.probabilisticSharpe);
    const chosen = nativeStatistics(result, { ...about, trials: { count: 50, sharpeVariance: 1 } });
    expect(chosen.deflatedSharpe!).toBeLessThan(alone.deflatedSharpe!);
  });
});
