import { assertPeriod, firstNumberIndex } from '../period.js';

/**
 * Highest of the last `period` values in constant time: the maximum of a tail of the finished block and of the head of
 * the running one (van Herk and Gil-Werman). Unlike a queue of candidates it has no branch that depends on the data.
 *
 * NaN before the first number is passed over; a later one makes the result NaN until it has left the window.
 * @see https://doi.org/10.1016/0167-8655(92)90069-C
 */
export class WindowMax {
  private readonly period: number;
  /** Below `filled`: values of the running block. From `filled` on: tail maxima of the finished one. */
  private readonly block: Float64Array;
  private filled = 0;
  private headMax = -Infinity;
  private hasTails = false;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.block = new Float64Array(period);
  }

  /** @returns the maximum after this value, NaN until `period` values were seen. */
  update(value: number): number {
    const { block } = this;
    if (this.filled === 0 && !this.hasTails && Number.isNaN(value)) return NaN;
    block[this.filled] = value;
    this.filled += 1;
    if (this.filled === this.period) return this.finishBlock();
    this.headMax = Math.max(this.headMax, value);
    return this.hasTails ? Math.max(block[this.filled] as number, this.headMax) : NaN;
  }

  private finishBlock(): number {
    const { block } = this;
    let max = -Infinity;
    for (let k = this.period - 1; k >= 0; k -= 1) {
      max = Math.max(max, block[k] as number);
      block[k] = max;
    }
    this.headMax = -Infinity;
    this.filled = 0;
    this.hasTails = true;
    return max;
  }
}

/** Lowest of the last `period` values; the mirror image of {@link WindowMax}. */
export class WindowMin {
  private readonly negated: WindowMax;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.negated = new WindowMax(period);
  }

  /** @returns the minimum after this value, NaN until `period` values were seen. */
  update(value: number): number {
    return -this.negated.update(-value);
  }
}

/** {@link WindowMax} over a whole column, equal bit for bit and faster; NaN where there is no value yet. */
export const windowMaxima = (values: Float64Array, period: number): Float64Array => windowExtremes(values, period, 1);

/** {@link WindowMin} over a whole column, equal bit for bit and faster; NaN where there is no value yet. */
export const windowMinima = (values: Float64Array, period: number): Float64Array => windowExtremes(values, period, -1);

/** @param sign 1 for the maxima, -1 for the minima, which are the negated maxima of the negated values */
function windowExtremes(values: Float64Array, period: number, sign: 1 | -1): Float64Array {
  assertPeriod(period);
  const { length } = values;
  const out = new Float64Array(length);
  const firstEnd = firstNumberIndex(values) + period - 1;
  out.fill(NaN, 0, Math.min(firstEnd, length));
  const tails = new Float64Array(Math.min(period, length));
  for (let end = firstEnd; end < length; end += period) {
    const start = end - period + 1;
    let max = -Infinity;
    for (let k = period - 1; k >= 0; k -= 1) {
      max = Math.max(max, sign * (values[start + k] as number));
      tails[k] = max;
    }
    out[end] = sign * max;
    const headLength = Math.min(period, length - end);
    let headMax = -Infinity;
    for (let k = 1; k < headLength; k += 1) {
      headMax = Math.max(headMax, sign * (values[end + k] as number));
      out[end + k] = sign * Math.max(tails[k] as number, headMax);
    }
  }
  return out;
}
