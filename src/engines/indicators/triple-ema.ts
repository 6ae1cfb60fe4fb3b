import { IncrementalEma } from './ema.js';

/**
 * An exponential average, the average of it, and the average of that, all seeded with the simple average of the first
 * `period` values (as Stock.Indicators; TA-Lib and tulip seed each stage with values of the one before, and so start
 * later and differ at first). What DEMA, TEMA and TRIX are made of.
 */
export class TripleEma {
  first = NaN;
  second = NaN;
  third = NaN;
  private readonly average: IncrementalEma;
  private readonly smoothing: number;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.average = new IncrementalEma(period);
    this.smoothing = 2 / (period + 1);
  }

  /** Takes the next value; the averages are NaN until `period` values were seen. */
  update(value: number): void {
    const wasSeeded = !Number.isNaN(this.first);
    this.first = this.average.update(value);
    if (wasSeeded) {
      this.second += this.smoothing * (this.first - this.second);
      this.third += this.smoothing * (this.second - this.third);
    } else {
      this.second = this.first;
      this.third = this.first;
    }
  }
}
