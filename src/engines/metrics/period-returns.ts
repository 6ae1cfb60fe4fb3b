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
 * Simple returns from period end to period end (the first one from the starting equity) and their sums. Null when
 * the equity of a period's end is 0 or below: returns mean nothing from there on.
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
  let losses = 0;
  let lossSquares = 0;
  for (let i = 0; i < count; i += 1) {
    const value = equity[periodEnds[i] as number] as number;
    const earned = value / previous - 1;
    if (!(earned > -1)) return null;
    values[i] = earned;
    previous = value;
    // Twice what is below 0, without a branch: the sign of a return cannot be predicted.
    const excess = earned - riskFree;
    const below = excess - Math.abs(excess);
    losses -= below;
    lossSquares += below * below;
  }
  // A second loop: all sums in one would not fit into the registers, and take longer.
  const center = geometricMean(startingEquity, previous, count);
  const others = benchmark?.returns ?? values;
  let sum = 0;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  let products = 0;
  for (let i = 0; i < count; i += 1) {
    const distance = (values[i] as number) - center;
    const square = distance * distance;
    sum += distance;
    squares += square;
    cubes += square * distance;
    fourths += square * square;
    products += distance * (others[i] as number);
  }
  const offset = count > 0 ? sum / count : 0;
  const mean = center + offset;
  return {
    values,
    count,
    mean,
    squares: Math.max(0, squares - count * offset ** 2),
    cubes: cubes - 3 * offset * squares + 2 * count * offset ** 3,
    fourths: fourths - 4 * offset * cubes + 6 * offset ** 2 * squares - 3 * count * offset ** 4,
    gains: count * (mean - riskFree) + losses / 2,
    losses: losses / 2,
    lossSquares: lossSquares / 4,
    benchmarkProducts: benchmark ? products - offset * count * benchmark.mean : 0,
  };
}

/**
 * The return that, compounded, gives the whole: half a variance from the mean. Powers of the distances from it turn into
 * those from the mean without the loss of digits that powers of the returns themselves would have.
 */
function geometricMean(from: number, to: number, count: number): number {
  const mean = (to / from) ** (1 / count) - 1;
  return Number.isFinite(mean) ? mean : 0;
}
