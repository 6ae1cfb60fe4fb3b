import { assertPeriod } from '../period.js';

/**
 * How many values ago the highest of the last `period` values came (0: it is the newest); of equal ones the earliest
 * counts. A queue of candidates, each higher than those behind it: constant time on average.
 */
export class AgeOfHighest {
  private readonly period: number;
  private readonly candidates: Float64Array;
  private readonly positions: Float64Array;
  private head = 0;
  private size = 0;
  private seen = 0;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.candidates = new Float64Array(period);
    this.positions = new Float64Array(period);
  }

  /** Takes the next value, a finite number. @returns the age, NaN until `period` values were seen */
  update(value: number): number {
    const { candidates, period, positions } = this;
    if (this.size > 0 && (positions[this.head] as number) <= this.seen - period) {
      this.head = this.wrap(this.head + 1);
      this.size -= 1;
    }
    let end = this.wrap(this.head + this.size);
    while (this.size > 0) {
      const last = end === 0 ? period - 1 : end - 1;
      if ((candidates[last] as number) >= value) break;
      end = last;
      this.size -= 1;
    }
    candidates[end] = value;
    positions[end] = this.seen;
    this.size += 1;
    this.seen += 1;
    return this.seen < period ? NaN : this.seen - 1 - (positions[this.head] as number);
  }

  /** A remainder costs a division; no position lies more than one round ahead. */
  private wrap(position: number): number {
    return position >= this.period ? position - this.period : position;
  }
}
