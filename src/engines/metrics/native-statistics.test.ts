import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RoundTrips, type RoundTrip } from '../backtest/round-trips.js';
import type { SimulationResult } from '../backtest/simulation.js';
import { nativeStatistics, type NativeStatistics } from './native-statistics.js';
import { indexRun } from './run-index.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const DAILY = { calendar: 'us-equity', timeframe: 'ONE_DAY' } as const;
const HOURLY_CRYPTO = { calendar: 'crypto', timeframe: 'ONE_HOUR' } as const;

const makeTrip = (values: Partial<RoundTrip>): RoundTrip => ({
  symbolIndex: 0,
  units: 10,
  entryIndex: 0,
  exitIndex: 1,
  entryPrice: 100,
  exitPrice: 110,
  stopLoss: NaN,
  takeProfit: NaN,
  pnl: 100,
  commission: 0,
  returnFraction: 0.1,
  maxAdverse: 0,
  maxFavorable: 0.1,
  exitReason: 'SIGNAL',
  ...values,
});

function makeResult(
  equity: readonly number[],
  trips: readonly Partial<RoundTrip>[] = [],
  stepMs = DAY_MS,
): SimulationResult {
  const times = Float64Array.from(equity, (_, i) => START + i * stepMs);
  const roundTrips = new RoundTrips();
  for (const trip of trips) roundTrips.add(makeTrip(trip));
  return {
    times,
    closeTimes: times.map((time) => time + stepMs),
    equity: Float64Array.from(equity),
    exposed: Uint8Array.from(equity, (_, i) => i % 2),
    roundTrips,
    dividends: 0,
    commissions: 3,
    tradedValue: 5000,
    fillCount: 2,
    refusedCount: 1,
    firstDecisionIndex: 1,
  };
}

/** Equity that follows the returns from 1000. */
const compound = (returns: readonly number[]): number[] => {
  const equity = [1000];
  for (const value of returns) equity.push(equity.at(-1)! * (1 + value));
  return equity;
};
/** Forty day returns: +2 %, -1 %, +2 %, ... */
const ALTERNATING = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.02 : -0.01));
const statisticsOf = (equity: readonly number[], about: object = DAILY, trips: readonly Partial<RoundTrip>[] = []) =>
  nativeStatistics(makeResult(equity, trips), { ...DAILY, ...about });

describe('the native statistics', () => {
  it('equal what is computed by hand for returns of +2 % and -1 % in turn', () => {
    const measured = statisticsOf(compound(ALTERNATING));
    const total = (1.02 * 0.99) ** 20 - 1;
    // Every distance from the mean of 0.5 % is 1.5 %; 40 of them, divided by 39.
    const deviation = Math.sqrt((40 * 0.015 ** 2) / 39);
    expect(measured.periodCount).toBe(40);
    expect(measured.totalReturnPct).toBeCloseTo(total * 100, 10);
    expect(measured.annualizedReturnPct).toBeCloseTo(((1 + total) ** (252 / 40) - 1) * 100, 8);
    expect(measured.cagrPct).toBeCloseTo(((1 + total) ** (365.25 / 40) - 1) * 100, 6);
    expect(measured.volatilityPct).toBeCloseTo(deviation * Math.sqrt(252) * 100, 10);
    expect(measured.sharpe).toBeCloseTo((0.005 / deviation) * Math.sqrt(252), 10);
    expect(measured.sortino).toBeCloseTo((0.005 / Math.sqrt(0.01 ** 2 / 2)) * Math.sqrt(252), 10);
    expect(measured.omega).toBeCloseTo(2, 10);
    expect(measured.maxDrawdownPct).toBeCloseTo(-1, 10);
    expect(measured.averageDrawdownPct).toBeCloseTo(-1, 10);
    expect(measured.drawdownCount).toBe(20);
    expect(measured.maxDrawdownDays).toBe(2);
    // The last one has not recovered: 19 of two days and one of one.
    expect(measured.averageDrawdownDays).toBeCloseTo(39 / 20, 10);
    expect(measured.calmar).toBeCloseTo(measured.annualizedReturnPct! / 1, 8);
    expect(measured.valueAtRiskPct).toBeCloseTo(-1, 10);
    expect(measured.conditionalValueAtRiskPct).toBeCloseTo(-1, 10);
    expect(measured.tailRatio).toBeCloseTo(2, 10);
    expect(measured.skewness).toBeCloseTo(0, 8);
    expect(measured.kurtosis).toBeCloseTo(1, 8);
    expect(measured.exposurePct).toBeCloseTo((20 / 41) * 100, 10);
  });

  it('annualize by 365 days for crypto', () => {
    const stocks = statisticsOf(compound(ALTERNATING));
    const crypto = statisticsOf(compound(ALTERNATING), { calendar: 'crypto' });
    expect(crypto.sharpe! / stocks.sharpe!).toBeCloseTo(Math.sqrt(365 / 252), 10);
  });

  it('take returns in excess of the risk-free rate', () => {
    const rate = 0.03;
    const measured = statisticsOf(compound(ALTERNATING), { annualRiskFreeRate: rate });
    const deviation = Math.sqrt((40 * 0.015 ** 2) / 39);
    expect(measured.sharpe).toBeCloseTo(((0.005 - (1.03 ** (1 / 252) - 1)) / deviation) * Math.sqrt(252), 10);
  });

  it('take one return a day from intraday equity, the first from the starting equity', () => {
    // Four bars a day over forty days; only the last of each day counts.
    const daily = compound(ALTERNATING).slice(1);
    const equity = daily.flatMap((value) => [value * 0.9, value * 0.8, value * 0.95, value]);
    const result = makeResult(equity, [], 6 * HOUR_MS);
    const measured = nativeStatistics(result, { ...HOURLY_CRYPTO, startingEquity: 1000 });
    expect(measured.periodCount).toBe(40);
    const expected = statisticsOf(compound(ALTERNATING), { calendar: 'crypto' });
    for (const key of ['sharpe', 'sortino', 'volatilityPct', 'omega', 'totalReturnPct', 'valueAtRiskPct'] as const) {
      expect(measured[key]).toBeCloseTo(expected[key]!, 8);
    }
    // The drawdown is that of every bar.
    expect(measured.maxDrawdownPct).toBeLessThan(-20);
  });

  it('have alpha and beta of one for the benchmark itself, twice of it twice', () => {
    const closes = Float64Array.from(compound(ALTERNATING));
    const same = statisticsOf(compound(ALTERNATING), { benchmarkCloses: closes });
    expect(same.beta).toBeCloseTo(1, 10);
    expect(same.alphaPct).toBeCloseTo(0, 10);
    expect(same.benchmarkReturnPct).toBeCloseTo(same.totalReturnPct, 10);
    const twice = statisticsOf(compound(ALTERNATING.map((value) => 2 * value + 0.0001)), { benchmarkCloses: closes });
    expect(twice.beta).toBeCloseTo(2, 10);
    expect(twice.alphaPct).toBeCloseTo(0.0001 * 252 * 100, 8);
  });

  it('summarize round trips in money', () => {
    const trips = [
      { pnl: 300, returnFraction: 0.3, maxAdverse: -0.02, maxFavorable: 0.4, exitIndex: 3 },
      { pnl: -100, returnFraction: -0.1, maxAdverse: -0.2, maxFavorable: 0.01, exitIndex: 1 },
      { pnl: 100, returnFraction: 0.1, maxAdverse: -0.05, maxFavorable: 0.1, exitIndex: 2 },
      { pnl: 0, returnFraction: 0, maxAdverse: -0.01, maxFavorable: 0, exitIndex: 2 },
    ];
    const measured = statisticsOf([1000, 1100, 1200, 1300], {}, trips);
    expect(measured).toMatchObject({ roundTripCount: 4, winRatePct: 50, expectancy: 75, profitFactor: 4 });
    expect(measured).toMatchObject({
      averageWin: 200,
      averageLoss: -100,
      bestRoundTripPct: 30,
      worstRoundTripPct: -10,
    });
    expect(measured).toMatchObject({ maxRoundTripDays: 3, averageRoundTripDays: 2 });
    expect(measured.expectancyPct).toBeCloseTo(7.5, 10);
    expect(measured.kelly).toBeCloseTo(0.5 - 0.5 / 2, 10);
    const deviation = Math.sqrt((225 ** 2 + 175 ** 2 + 25 ** 2 + 75 ** 2) / 3);
    expect(measured.sqn).toBeCloseTo((2 * 75) / deviation, 10);
    expect(measured.averageAdverseExcursionPct).toBeCloseTo(-7, 10);
    expect(measured.worstAdverseExcursionPct).toBeCloseTo(-20, 10);
    expect(measured.averageFavorableExcursionPct).toBeCloseTo(12.75, 10);
    expect(measured.bestFavorableExcursionPct).toBeCloseTo(40, 10);
  });

  it('turn over the traded value in mean equities a year', () => {
    const measured = statisticsOf([1000, 1500, 500, 1000]);
    expect(measured.annualTurnover).toBeCloseTo((5000 / 1000 / 3) * 365.25, 8);
    expect(measured).toMatchObject({ commissions: 3, fillCount: 2, refusedCount: 1, tradedValue: 5000 });
  });

  it('are null where they are undefined, and never NaN or infinite', () => {
    const cases: Record<string, NativeStatistics> = {
      'one bar': statisticsOf([1000]),
      'twenty-nine returns': statisticsOf(compound(ALTERNATING.slice(0, 29))),
      'no trade at all': statisticsOf(compound(ALTERNATING.map(() => 0)), {
        benchmarkCloses: new Float64Array(41).fill(5),
      }),
      'the same return every day': statisticsOf(compound(ALTERNATING.map(() => 0.01))),
      'gains only': statisticsOf(compound(ALTERNATING.map((value) => Math.abs(value))), {}, [{}]),
      'a benchmark without a price': statisticsOf(compound(ALTERNATING), { benchmarkCloses: new Float64Array(41) }),
      ruin: statisticsOf([...compound(ALTERNATING), 0, 0]),
      'debt and back': statisticsOf([1000, -50, 100, ...compound(ALTERNATING)]),
      'ending in debt': statisticsOf([...compound(ALTERNATING), -5]),
    };
    for (const [name, measured] of Object.entries(cases)) {
      for (const [key, value] of Object.entries(measured)) {
        expect(value === null || Number.isFinite(value), `${key} of ${name}: ${value}`).toBe(true);
      }
    }
    expect(cases['twenty-nine returns']).toMatchObject({ sharpe: null, cagrPct: null, valueAtRiskPct: null });
    expect(cases['no trade at all']).toMatchObject({
      sharpe: null,
      sortino: null,
      calmar: null,
      omega: null,
      beta: null,
    });
    expect(cases['no trade at all']).toMatchObject({
      winRatePct: null,
      kelly: null,
      sqn: null,
      averageDrawdownPct: null,
    });
    expect(cases['the same return every day']).toMatchObject({ sharpe: null, sortino: null, skewness: null });
    expect(cases['gains only']).toMatchObject({
      sortino: null,
      omega: null,
      profitFactor: null,
      kelly: null,
      sqn: null,
    });
    expect(cases['ruin']).toMatchObject({ totalReturnPct: -100, sharpe: null });
    expect(cases['debt and back']).toMatchObject({ sharpe: null, volatilityPct: null });
  });

  it('refuse a run without bars, without equity, or with the index of another run', () => {
    expect(() => statisticsOf([])).toThrow(RangeError);
    expect(() => statisticsOf([0, 1])).toThrow(RangeError);
    const index = indexRun(Float64Array.from([START]), DAILY);
    expect(() => nativeStatistics(makeResult([1, 2]), { ...DAILY, index })).toThrow(RangeError);
    expect(() => statisticsOf([1, 2], { benchmarkCloses: Float64Array.of(1) })).toThrow(RangeError);
  });

  it('are the same with an index made before', () => {
    const result = makeResult(compound(ALTERNATING));
    const about = { ...DAILY, benchmarkCloses: Float64Array.from(compound([...ALTERNATING].reverse())) };
    const index = indexRun(result.times, about);
    expect(nativeStatistics(result, { ...DAILY, index })).toEqual(nativeStatistics(result, about));
  });
});

// Whole millionths: a return of 1e-14 is lost in the rounding of the equity.
const returnArbitrary = fc.integer({ min: -200_000, max: 250_000 }).map((millionths) => millionths / 1e6);
const returnsArbitrary = fc.array(returnArbitrary, { minLength: 30, maxLength: 200 });

describe('the native statistics of any run', () => {
  it('keep their ratios when all money is scaled', () => {
    fc.assert(
      fc.property(returnsArbitrary, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (returns, factor) => {
        const equity = compound(returns);
        const plain = statisticsOf(equity);
        const scaled = statisticsOf(equity.map((value) => value * factor));
        const ratios = ['totalReturnPct', 'sharpe', 'sortino', 'omega', 'maxDrawdownPct', 'valueAtRiskPct'] as const;
        for (const key of ratios) {
          const [a, b] = [plain[key], scaled[key]];
          if (a === null || b === null) expect([key, a]).toEqual([key, b]);
          else expect(Math.abs(a - b), key).toBeLessThan(1e-6 * Math.max(1, Math.abs(a)));
        }
      }),
    );
  });

  it('do not depend on the order of the returns, but for what drawdowns are made of', () => {
    fc.assert(
      fc.property(returnsArbitrary, (returns) => {
        const plain = statisticsOf(compound(returns));
        const sorted = statisticsOf(compound([...returns].sort((a, b) => a - b)));
        const keys = ['totalReturnPct', 'volatilityPct', 'sharpe', 'sortino', 'omega', 'valueAtRiskPct'] as const;
        for (const key of [...keys, 'conditionalValueAtRiskPct', 'tailRatio', 'skewness', 'kurtosis'] as const) {
          const [a, b] = [plain[key], sorted[key]];
          if (a === null || b === null) expect([key, a]).toEqual([key, b]);
          else expect(Math.abs(a - b), key).toBeLessThan(1e-6 * Math.max(1, Math.abs(a)));
        }
      }),
    );
  });

  it('have a drawdown between -100 % and 0 and a CVaR not above the VaR', () => {
    fc.assert(
      fc.property(returnsArbitrary, (returns) => {
        const measured = statisticsOf(compound(returns));
        expect(measured.maxDrawdownPct).toBeLessThanOrEqual(0);
        expect(measured.maxDrawdownPct).toBeGreaterThan(-100);
        expect(measured.averageDrawdownPct ?? 0).toBeGreaterThanOrEqual(measured.maxDrawdownPct);
        expect(measured.conditionalValueAtRiskPct!).toBeLessThanOrEqual(measured.valueAtRiskPct! + 1e-9);
      }),
    );
  });
});
