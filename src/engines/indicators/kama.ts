import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import type { PriceField } from './price-field.js';
import { Delay } from './windows/delay.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Adaptive moving average of Kaufman: smoothing (efficiency x (fast - slow) + slow) squared, where efficiency is the
 * distance covered in `period` bars over the way walked, and fast and slow are 2 / (bars + 1).
 *
 * Seeded with the `period`-th value itself. Where nothing moved in `period` bars it takes the value.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @param fastPeriod, slowPeriod bars of the quickest and slowest smoothing
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1, and unless fast < slow
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function kama(values: Float64Array, period = 10, fastPeriod = 2, slowPeriod = 30): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalKama(period, fastPeriod, slowPeriod);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link kama}. */
export class IncrementalKama {
  private readonly period: number;
  private readonly fast: number;
  private readonly slow: number;
  private readonly before: Delay;
  private readonly walked: WindowSum;
  private count = 0;
  private previous = NaN;
  private average = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1, and unless fast < slow. */
  constructor(period = 10, fastPeriod = 2, slowPeriod = 30) {
    assertPeriod(fastPeriod);
    assertPeriod(slowPeriod, fastPeriod + 1);
    this.period = period;
    this.fast = 2 / (fastPeriod + 1);
    this.slow = 2 / (slowPeriod + 1);
    this.before = new Delay(period);
    this.walked = new WindowSum(period);
  }

  /** @returns the average after this value, NaN until `period` values were seen. */
  update(value: number): number {
    if (this.count === 0 && Number.isNaN(value)) return NaN;
    this.count += 1;
    const covered = Math.abs(value - this.before.update(value));
    const walked = this.walked.update(Math.abs(value - this.previous));
    this.previous = value;
    if (this.count < this.period) return NaN;
    if (this.count === this.period || walked === 0) {
      this.average = value;
    } else {
      // A straight way is as long as the distance, but for rounding.
      const efficiency = Math.min(1, covered / walked);
      const smoothing = (efficiency * (this.fast - this.slow) + this.slow) ** 2;
      this.average += smoothing * (value - this.average);
    }
    return this.average;
  }
}

export const kamaSpec = (
  period = 10,
  fastPeriod = 2,
  slowPeriod = 30,
  field: PriceField = 'close',
): IndicatorSpec<'value'> =>
  fieldSpec(
    'kama',
    field,
    [period, fastPeriod, slowPeriod],
    (values) => kama(values, period, fastPeriod, slowPeriod),
    () => new IncrementalKama(period, fastPeriod, slowPeriod),
  );
