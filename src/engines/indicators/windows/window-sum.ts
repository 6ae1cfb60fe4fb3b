import { assertPeriod } from '../period.js';

/**
 * Sum of the last `period` values in constant time, by blocks as in WindowMean but from 0 instead of an anchor: for
 * flows and ranges, where a window of zeros must give exactly 0 and one of positive values nothing negative.
 *
 * NaN before the first number is passed over; a later one makes the sum NaN until it has left the window.
 */
export class WindowSum {
  private readonly period: number;
  /** Below `filled`: values of the running block. From `filled` on: tail sums of the finished one. */
  private readonly block: Float64Array;
  private filled = 0;
  private headSum = 0;
  private hasTails = false;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.block = new Float64Array(period);
  }

  /** @returns the sum after this value, NaN until `period` values were seen. */
  update(value: number): number {
    const { block } = this;
    if (this.filled === 0 && !this.hasTails && Number.isNaN(value)) return NaN;
    block[this.filled] = value;
    this.filled += 1;
    if (this.filled === this.period) return this.finishBlock();
    if (!this.hasTails) return NaN;
    this.headSum += value;
    return (block[this.filled] as number) + this.headSum;
  }

  private finishBlock(): number {
    const { block } = this;
    let sum = 0;
    for (let k = this.period - 1; k >= 0; k -= 1) {
      sum += block[k] as number;
      block[k] = sum;
    }
    this.headSum = 0;
    this.filled = 0;
    this.hasTails = true;
    return sum;
  }
}
