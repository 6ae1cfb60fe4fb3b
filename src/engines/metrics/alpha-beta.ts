import type { BenchmarkReturns } from './benchmark-returns.js';
import { MINIMUM_PERIODS, RETURN_ROUNDING } from './enough-periods.js';
import type { PeriodReturns } from './period-returns.js';

export interface AlphaBeta {
  /** Jensen's alpha a year, as a fraction: mean a period x periods a year. */
  readonly alpha: number;
  /** Covariance of the period returns with the benchmark's over the benchmark's variance. */
  readonly beta: number;
}

/**
 * Regression of the run's period returns on the benchmark's. Null under 30 periods, without a benchmark and when the
 * benchmark does not move.
 * @param riskFree risk-free return of one period, as a fraction
 */
export function alphaBeta(
  returns: PeriodReturns,
  benchmark: BenchmarkReturns | null,
  riskFree: number,
  periodsPerYear: number,
): AlphaBeta | null {
  if (!benchmark || returns.count < MINIMUM_PERIODS) return null;
  if (benchmark.squares <= RETURN_ROUNDING ** 2 * returns.count) return null;
  const beta = returns.benchmarkProducts / benchmark.squares;
  const alpha = (returns.mean - riskFree - beta * (benchmark.mean - riskFree)) * periodsPerYear;
  return { alpha, beta };
}
