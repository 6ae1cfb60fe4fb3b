import type { SimulationResult } from '../backtest/simulation.js';
import { alphaBeta } from './alpha-beta.js';
import { annualizedReturn, compoundAnnualGrowth } from './annual-growth.js';
import { DAY_MS } from './calendar-months.js';
import { calmarRatio } from './calmar-ratio.js';
import { summarizeDrawdowns } from './drawdown.js';
import { exposure } from './exposure.js';
import { omegaRatio } from './omega-ratio.js';
import { periodReturns } from './period-returns.js';
import { deflatedSharpe, kurtosis, probabilisticSharpe, skewness, type SharpeTrials } from './probabilistic-sharpe.js';
import { roundTripStatistics } from './round-trip-statistics.js';
import { indexRun, type RunCalendar, type RunIndex } from './run-index.js';
import { periodSharpe } from './sharpe-ratio.js';
import { sortinoRatio } from './sortino-ratio.js';
import { annualTurnover } from './turnover.js';
import { tailRisk } from './value-at-risk.js';
import { annualVolatility } from './volatility.js';

/** What a run's statistics need besides the run. */
export interface NativeRunDescription extends RunCalendar {
  /** What `indexRun` made of the same instants, to share it between runs; left out: it is made here. */
  readonly index?: RunIndex;
  /** Cash before the first instant, above 0; left out: the equity after it. */
  readonly startingEquity?: number;
  /** Risk-free return a year, as a fraction above -1; 0 when left out. */
  readonly annualRiskFreeRate?: number;
  /** All that was tried before this result was chosen; left out: only this run. */
  readonly trials?: SharpeTrials;
}

/**
 * The native profile's statistics of a run. `Pct` are percent (12.5 is 12.5 %), `Days` days of 24 hours, money is in the
 * account's currency, times are epoch milliseconds; null where undefined, never NaN or infinite. A period is a day.
 * docs/statistics.md has the definition of each.
 */
export interface NativeStatistics {
  /** Open time of the first and of the last instant. */
  readonly startTime: number;
  readonly endTime: number;
  readonly durationDays: number;
  readonly instantCount: number;
  readonly periodCount: number;
  readonly startingEquity: number;
  readonly finalEquity: number;
  readonly peakEquity: number;

  readonly totalReturnPct: number;
  readonly benchmarkReturnPct: number | null;
  readonly annualizedReturnPct: number | null;
  readonly cagrPct: number | null;
  readonly volatilityPct: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly omega: number | null;
  readonly alphaPct: number | null;
  readonly beta: number | null;
  readonly valueAtRiskPct: number | null;
  readonly conditionalValueAtRiskPct: number | null;
  readonly tailRatio: number | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  /** Probabilities in [0, 1]. */
  readonly probabilisticSharpe: number | null;
  readonly deflatedSharpe: number | null;

  /** 0 or below. */
  readonly maxDrawdownPct: number;
  readonly averageDrawdownPct: number | null;
  readonly maxDrawdownDays: number;
  readonly averageDrawdownDays: number | null;
  readonly drawdownCount: number;

  readonly exposurePct: number | null;
  /** Traded value over the mean equity, a year. */
  readonly annualTurnover: number | null;
  readonly tradedValue: number;
  /** Received as cash, less what shorts paid; part of the equity. */
  readonly dividends: number;
  readonly commissions: number;
  readonly fillCount: number;
  readonly refusedCount: number;

  readonly roundTripCount: number;
  readonly winRatePct: number | null;
  readonly bestRoundTripPct: number | null;
  readonly worstRoundTripPct: number | null;
  readonly expectancyPct: number | null;
  readonly expectancy: number | null;
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  readonly profitFactor: number | null;
  readonly sqn: number | null;
  readonly kelly: number | null;
  readonly maxRoundTripDays: number | null;
  readonly averageRoundTripDays: number | null;
  readonly averageAdverseExcursionPct: number | null;
  readonly worstAdverseExcursionPct: number | null;
  readonly averageFavorableExcursionPct: number | null;
  readonly bestFavorableExcursionPct: number | null;
}

const ONE_TRIAL: SharpeTrials = { count: 1, sharpeVariance: 0 };
const scaled = (value: number | null, factor: number): number | null => (value === null ? null : value * factor);
const pct = (fraction: number | null): number | null => scaled(fraction, 100);
const days = (milliseconds: number | null): number | null => scaled(milliseconds, 1 / DAY_MS);

/**
 * Statistics of a run by the native definitions.
 * @throws RangeError without an instant, with a starting equity that is not above 0, or when `index` is another run's
 */
export function nativeStatistics(result: SimulationResult, about: NativeRunDescription): NativeStatistics {
  const { times, equity } = result;
  const index = about.index ?? indexRun(times, about);
  const { periodsPerYear, benchmark, years } = index;
  if (index.instantCount !== equity.length) {
    throw new RangeError(`An index of ${index.instantCount} instants for a run of ${equity.length}`);
  }
  const last = equity.length - 1;
  const startingEquity = about.startingEquity ?? (equity[0] as number);
  if (!(startingEquity > 0)) throw new RangeError(`The run starts with ${startingEquity}, not with more than 0`);
  const startTime = times[0] as number;
  const endTime = times[last] as number;
  const periodCount = index.periodEnds.length;
  const totalReturn = (equity[last] as number) / startingEquity - 1;
  const riskFree = (1 + (about.annualRiskFreeRate ?? 0)) ** (1 / periodsPerYear) - 1;
  const returns = periodReturns(equity, startingEquity, index.periodEnds, riskFree, benchmark);
  const annualized = annualizedReturn(totalReturn, periodCount, periodsPerYear);
  const sharpe = returns && periodSharpe(returns, riskFree);
  const market = returns && alphaBeta(returns, benchmark, riskFree, periodsPerYear);
  const tails = returns && tailRisk(returns);
  const drawdowns = summarizeDrawdowns(times, equity, startingEquity);
  const trips = roundTripStatistics(result.roundTrips, times);
  // One literal: objects spread into each other would take longer than most of the metrics.
  return {
    startTime,
    endTime,
    durationDays: (endTime - startTime) / DAY_MS,
    instantCount: equity.length,
    periodCount,
    startingEquity,
    finalEquity: equity[last] as number,
    peakEquity: drawdowns.peakEquity,

    totalReturnPct: totalReturn * 100,
    benchmarkReturnPct: benchmark && benchmark.totalReturn * 100,
    annualizedReturnPct: pct(annualized),
    cagrPct: pct(compoundAnnualGrowth(totalReturn, periodCount, years)),
    volatilityPct: pct(returns && annualVolatility(returns, periodsPerYear)),
    sharpe: scaled(sharpe, Math.sqrt(periodsPerYear)),
    sortino: returns && sortinoRatio(returns, riskFree, periodsPerYear),
    calmar: calmarRatio(annualized, drawdowns.maxDepth),
    omega: returns && omegaRatio(returns),
    alphaPct: market && market.alpha * 100,
    beta: market && market.beta,
    valueAtRiskPct: tails && tails.valueAtRisk * 100,
    conditionalValueAtRiskPct: tails && tails.conditionalValueAtRisk * 100,
    tailRatio: tails && tails.tailRatio,
    skewness: returns && skewness(returns),
    kurtosis: returns && kurtosis(returns),
    probabilisticSharpe: returns && probabilisticSharpe(returns, sharpe, 0),
    deflatedSharpe: returns && deflatedSharpe(returns, sharpe, about.trials ?? ONE_TRIAL, periodsPerYear),

    maxDrawdownPct: drawdowns.maxDepth * 100,
    averageDrawdownPct: drawdowns.count > 0 ? (drawdowns.depthSum / drawdowns.count) * 100 : null,
    maxDrawdownDays: drawdowns.maxDurationMs / DAY_MS,
    averageDrawdownDays: drawdowns.count > 0 ? drawdowns.durationSumMs / drawdowns.count / DAY_MS : null,
    drawdownCount: drawdowns.count,

    exposurePct: pct(exposure(result.exposed)),
    annualTurnover: annualTurnover(result.tradedValue, equity, years),
    tradedValue: result.tradedValue,
    dividends: result.dividends,
    commissions: result.commissions,
    fillCount: result.fillCount,
    refusedCount: result.refusedCount,

    roundTripCount: trips.count,
    winRatePct: pct(trips.winRate),
    bestRoundTripPct: pct(trips.bestReturn),
    worstRoundTripPct: pct(trips.worstReturn),
    expectancyPct: pct(trips.meanReturn),
    expectancy: trips.expectancy,
    averageWin: trips.meanWin,
    averageLoss: trips.meanLoss,
    profitFactor: trips.profitFactor,
    sqn: trips.systemQualityNumber,
    kelly: trips.kelly,
    maxRoundTripDays: days(trips.maxDurationMs),
    averageRoundTripDays: days(trips.meanDurationMs),
    averageAdverseExcursionPct: pct(trips.meanAdverse),
    worstAdverseExcursionPct: pct(trips.worstAdverse),
    averageFavorableExcursionPct: pct(trips.meanFavorable),
    bestFavorableExcursionPct: pct(trips.bestFavorable),
  };
}
