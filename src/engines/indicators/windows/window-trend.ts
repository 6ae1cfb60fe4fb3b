import { assertPeriod } from '../period.js';

/**
 * Sum and linearly weighted sum (oldest x 1 to newest x `period`) of the last `period` values in constant time, by
 * blocks as in WindowMean. Both are of distances from `anchor`, the last value of the finished block.
 *
 * A tail's weighted sum grows at its old end by the tail's sum, since each weight rises by one; the head's values weigh
 * `period - filled` more than their place in the head. So neither sum is ever taken over a window anew.
 */
export class WindowTrend {
  /** What the sums are distances from, in the values' unit. */
  anchor = 0;
  /** Sum of (value - anchor) over the window; NaN until it is full. */
  sum = NaN;
  /** Sum of weight x (value - anchor), weights 1 (oldest) to `period` (newest); NaN until the window is full. */
  weightedSum = NaN;
  private readonly period: number;
  private readonly block: Float64Array;
  private readonly tailSums: Float64Array;
  private readonly tailWeightedSums: Float64Array;
  private filled = 0;
  private headSum = 0;
  private headWeightedSum = 0;
  private hasTails = false;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.block = new Float64Array(period);
    this.tailSums = new Float64Array(period);
    this.tailWeightedSums = new Float64Array(period);
  }

  /** Takes the next value. @returns true when the window is full */
  update(value: number): boolean {
    if (this.filled === 0 && !this.hasTails && Number.isNaN(value)) return false;
    this.block[this.filled] = value;
    this.filled += 1;
    if (this.filled === this.period) {
      this.finishBlock(value);
    } else {
      const distance = value - this.anchor;
      this.headSum += distance;
      this.headWeightedSum += this.filled * distance;
    }
    if (!this.hasTails) return false;
    const { filled, headSum } = this;
    this.sum = (this.tailSums[filled] as number) + headSum;
    this.weightedSum =
      (this.tailWeightedSums[filled] as number) + ((this.period - filled) * headSum + this.headWeightedSum);
    return true;
  }

  private finishBlock(last: number): void {
    const anchor = Number.isNaN(last) ? 0 : last;
    let sum = 0;
    let weightedSum = 0;
    for (let k = this.period - 1; k >= 0; k -= 1) {
      sum += (this.block[k] as number) - anchor;
      weightedSum += sum;
      this.tailSums[k] = sum;
      this.tailWeightedSums[k] = weightedSum;
    }
    this.anchor = anchor;
    this.headSum = 0;
    this.headWeightedSum = 0;
    this.filled = 0;
    this.hasTails = true;
  }
}
