import { assertPeriod } from '../period.js';

/**
 * The last `period` values as one piece of `values`, from `start` on, oldest first. Each value is kept twice, a period
 * apart, so that a window never wraps round. For sums that have no constant-time form.
 */
export class RecentValues {
  readonly values: Float64Array;
  start = 0;
  private readonly period: number;
  private count = 0;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.values = new Float64Array(2 * period);
  }

  /** Takes the next value; NaN before the first number is passed over. @returns true when the window is full */
  push(value: number): boolean {
    if (this.count === 0 && Number.isNaN(value)) return false;
    const { period, start } = this;
    this.values[start] = value;
    this.values[start + period] = value;
    this.start = start + 1 === period ? 0 : start + 1;
    if (this.count < period) this.count += 1;
    return this.count === period;
  }
}
