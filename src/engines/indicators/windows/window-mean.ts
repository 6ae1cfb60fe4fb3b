import { assertPeriod, firstNumberIndex } from '../period.js';

/**
 * Mean of the last `period` values in constant time, without the drift of a running sum.
 *
 * Values are taken in blocks of `period`. When a block ends, the sums of its tails (value `k` to the last) are formed
 * once; inside the next block the window is one of these tails and the head of the new block. No sum is carried further
 * than two blocks, so an error cannot grow with the length of the series. Sums are of distances from an anchor, the last
 * value of the finished block: they keep the digits of a small spread on a large level, and are exactly 0 on flat input.
 * Where the blocks begin decides the last bit or two, so series that start at the same bar agree bit for bit.
 *
 * NaN before the first number is passed over; a later one makes the mean NaN until it has left the window.
 */
export class WindowMean {
  private readonly period: number;
  /** Below `filled`: values of the running block. From `filled` on: tail sums of the finished one. */
  private readonly block: Float64Array;
  private filled = 0;
  private anchor = 0;
  private headSum = 0;
  private hasTails = false;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.block = new Float64Array(period);
  }

  /** @returns the mean after this value, NaN until `period` values were seen. */
  update(value: number): number {
    const { block, period } = this;
    if (this.filled === 0 && !this.hasTails && Number.isNaN(value)) return NaN;
    block[this.filled] = value;
    this.filled += 1;
    if (this.filled === period) {
      this.anchor = Number.isNaN(value) ? 0 : value;
      sumTails(block, 0, period, this.anchor, block);
      this.headSum = 0;
      this.filled = 0;
      this.hasTails = true;
      return this.anchor + (block[0] as number) / period;
    }
    if (!this.hasTails) return NaN;
    this.headSum += value - this.anchor;
    return this.anchor + ((block[this.filled] as number) + this.headSum) / period;
  }
}

/** {@link WindowMean} over a whole column, equal bit for bit and twice as fast; NaN where there is no value yet. */
export function windowMeans(values: Float64Array, period: number): Float64Array {
  const out = new Float64Array(values.length);
  windowMeansWithin(values, period, 0, values.length, out);
  return out;
}

/**
 * The values of {@link windowMeans} at [from, to), into `out` from 0 on: any stretch can be had without what comes
 * before it, since no sum is carried further than two blocks.
 */
export function windowMeansWithin(
  values: Float64Array,
  period: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  assertPeriod(period);
  const firstEnd = firstNumberIndex(values) + period - 1;
  if (from < firstEnd) out.fill(NaN, 0, Math.min(firstEnd, to) - from);
  if (firstEnd >= to) return;
  const tails = new Float64Array(period);
  // Block ends lie `period` apart, so that the first one of the stretch may lie before it.
  for (let end = from <= firstEnd ? firstEnd : from - ((from - firstEnd) % period); end < to; end += period) {
    const last = values[end] as number;
    const anchor = Number.isNaN(last) ? 0 : last;
    const sum = sumTails(values, end - period + 1, period, anchor, tails);
    if (end >= from) out[end - from] = anchor + sum / period;
    const headLength = Math.min(period, to - end);
    const unasked = Math.max(1, from - end);
    let headSum = 0;
    for (let k = 1; k < unasked; k += 1) headSum += (values[end + k] as number) - anchor;
    for (let k = unasked; k < headLength; k += 1) {
      headSum += (values[end + k] as number) - anchor;
      out[end + k - from] = anchor + ((tails[k] as number) + headSum) / period;
    }
  }
}

/** Puts into tails[k] the sum of (value - anchor) from values[start + k] to the block's last. @returns tails[0] */
function sumTails(values: Float64Array, start: number, period: number, anchor: number, tails: Float64Array): number {
  let sum = 0;
  for (let k = period - 1; k >= 0; k -= 1) {
    sum += (values[start + k] as number) - anchor;
    tails[k] = sum;
  }
  return sum;
}
