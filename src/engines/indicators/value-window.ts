import { assertPeriod } from './period.js';

/**
 * The last `period` values, oldest first.
 *
 * Sums over it are taken anew for each value, oldest to newest, instead of adding the new value and subtracting the
 * old one: a running sum carries rounding errors of everything it ever saw, so that a live process and a backtest that
 * start at different bars would disagree in the last digits.
 */
export class ValueWindow {
  readonly period: number;
  private readonly values: Float64Array;
  private oldest = 0;
  private count = 0;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.values = new Float64Array(period);
  }

  get isFull(): boolean {
    return this.count === this.period;
  }

  /** Adds the newest value; once full, the oldest one leaves. */
  push(value: number): void {
    if (this.isFull) {
      this.values[this.oldest] = value;
      this.oldest = (this.oldest + 1) % this.period;
    } else {
      this.values[this.count] = value;
      this.count += 1;
    }
  }

  /** Mean of the values, summed oldest to newest; NaN before the window is full. */
  mean(): number {
    if (!this.isFull) return NaN;
    let sum = 0;
    for (let i = this.oldest; i < this.period; i += 1) sum += this.values[i] as number;
    for (let i = 0; i < this.oldest; i += 1) sum += this.values[i] as number;
    return sum / this.period;
  }
}
