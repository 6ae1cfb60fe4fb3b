import type { BenchmarkReturns } from './benchmark-returns.js';
import { scratch } from './scratch.js';

/** Sums over the returns of a run's periods, from which the ratios are made. All returns are fractions. */
export interface PeriodReturns {
  /** The returns; only the first `count` values. Overwritten by the next call. */
  readonly values: Float64Array;
  readonly count: number;
  readonly mean: number;
  /** Sums of the second, third and fourth powers of the distances from the mean. */
  readonly squares: number;
  readonly cubes: number;
  readonly fourths: number;
  /** Of the returns above the risk-free return of a period: sum of what is above 0 and below 0 (as a positive number). */
  readonly gains: number;
  readonly losses: number;
  /** Sum of the squares of what is below 0. */
  readonly lossSquares: number;
  /** Sum of the products of the distances from both means; 0 without a benchmark. */
  readonly benchmarkProducts: number;
}

/**
 * Simple returns from period end to period end (the first one from the starting equity) and their sums. Null when the
 * equity that a period begins with is not above 0: returns mean nothing from there on.
 * @param equity one an instant
 * @param periodEnds index of the last instant of each period
 * @param riskFree risk-free return of one period, as a fraction
 */
export function periodReturns(
  equity: Float64Array,
  startingEquity: number,
  periodEnds: Int32Array,
  riskFree: number,
  benchmark: BenchmarkReturns | null,
): PeriodReturns | null {
  const count = periodEnds.length;
  const values = scratch(0, count);
  let previous = startingEquity;
  let sum = 0;
  let gains = 0;
  let losses = 0;
  let lossSquares = 0;
  for (let i = 0; i < count; i += 1) {
    if (!(previous > 0)) return null;
    const value = equity[periodEnds[i] as number] as number;
    const earned = value / previous - 1;
    values[i] = earned;
    sum += earned;
    previous = value;
    const excess = earned - riskFree;
    if (excess > 0) gains += excess;
    else {
      losses -= excess;
      lossSquares += excess * excess;
    }
  }
  if (!Number.isFinite(sum)) return null;
  const mean = count > 0 ? sum / count : 0;
  const others = benchmark?.returns ?? values;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  let products = 0;
  for (let i = 0; i < count; i += 1) {
    const distance = (values[i] as number) - mean;
    const square = distance * distance;
    squares += square;
    cubes += square * distance;
    fourths += square * square;
    products += distance * (others[i] as number);
  }
  const benchmarkProducts = benchmark ? products : 0;
  return { values, count, mean, squares, cubes, fourths, gains, losses, lossSquares, benchmarkProducts };
}
