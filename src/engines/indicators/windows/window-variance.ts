import { assertPeriod, firstNumberIndex } from '../period.js';

/**
 * Mean and population variance of the last `period` values in constant time, by blocks as in WindowMean.
 *
 * Sums and squares are of distances from the last value of the finished block, which is always part of the window: a
 * distance is at most the window's range, so the subtraction of the squared sum loses no more than some `period` units
 * in the last place, whatever the level. A flat window has variance 0 exactly.
 */
export class WindowVariance {
  /** Mean of the window; NaN until it is full. */
  mean = NaN;
  private readonly period: number;
  private readonly block: Float64Array;
  private readonly tailSums: Float64Array;
  private readonly tailSquares: Float64Array;
  private filled = 0;
  private anchor = 0;
  private headSum = 0;
  private headSquares = 0;
  private hasTails = false;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.block = new Float64Array(period);
    this.tailSums = new Float64Array(period);
    this.tailSquares = new Float64Array(period);
  }

  /** @returns the variance (divisor `period`, >= 0, in the values' unit squared), NaN until the window is full. */
  update(value: number): number {
    if (this.filled === 0 && !this.hasTails && Number.isNaN(value)) return NaN;
    this.block[this.filled] = value;
    this.filled += 1;
    if (this.filled === this.period) {
      this.finishBlock(value);
    } else {
      const distance = value - this.anchor;
      this.headSum += distance;
      this.headSquares += distance * distance;
    }
    if (!this.hasTails) return NaN;
    const { filled, period } = this;
    const sum = (this.tailSums[filled] as number) + this.headSum;
    const squares = (this.tailSquares[filled] as number) + this.headSquares;
    this.mean = this.anchor + sum / period;
    return varianceOf(sum, squares, period);
  }

  private finishBlock(last: number): void {
    const anchor = Number.isNaN(last) ? 0 : last;
    let sum = 0;
    let squares = 0;
    for (let k = this.period - 1; k >= 0; k -= 1) {
      const distance = (this.block[k] as number) - anchor;
      sum += distance;
      squares += distance * distance;
      this.tailSums[k] = sum;
      this.tailSquares[k] = squares;
    }
    this.anchor = anchor;
    this.headSum = 0;
    this.headSquares = 0;
    this.filled = 0;
    this.hasTails = true;
  }
}

/** {@link WindowVariance} over a whole column, equal bit for bit and faster; NaN where there is no value yet. */
export function windowVariances(
  values: Float64Array,
  period: number,
): { readonly means: Float64Array; readonly variances: Float64Array } {
  assertPeriod(period);
  const { length } = values;
  const means = new Float64Array(length);
  const variances = new Float64Array(length);
  const firstEnd = firstNumberIndex(values) + period - 1;
  means.fill(NaN, 0, Math.min(firstEnd, length));
  variances.fill(NaN, 0, Math.min(firstEnd, length));
  const tailSums = new Float64Array(Math.min(period, length));
  const tailSquares = new Float64Array(Math.min(period, length));
  for (let end = firstEnd; end < length; end += period) {
    const last = values[end] as number;
    const anchor = Number.isNaN(last) ? 0 : last;
    const start = end - period + 1;
    let sum = 0;
    let squares = 0;
    for (let k = period - 1; k >= 0; k -= 1) {
      const distance = (values[start + k] as number) - anchor;
      sum += distance;
      squares += distance * distance;
      tailSums[k] = sum;
      tailSquares[k] = squares;
    }
    means[end] = anchor + sum / period;
    variances[end] = varianceOf(sum, squares, period);
    const headLength = Math.min(period, length - end);
    let headSum = 0;
    let headSquares = 0;
    for (let k = 1; k < headLength; k += 1) {
      const distance = (values[end + k] as number) - anchor;
      headSum += distance;
      headSquares += distance * distance;
      const windowSum = (tailSums[k] as number) + headSum;
      means[end + k] = anchor + windowSum / period;
      variances[end + k] = varianceOf(windowSum, (tailSquares[k] as number) + headSquares, period);
    }
  }
  return { means, variances };
}

const varianceOf = (sum: number, squares: number, period: number): number =>
  Math.max(0, (squares - (sum * sum) / period) / period);
