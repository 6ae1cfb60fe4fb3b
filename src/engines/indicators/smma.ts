import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import type { PriceField } from './price-field.js';

/**
 * Smoothed moving average, which is Wilder's: (previous x (period - 1) + value) / period, seeded with the simple average
 * of the first `period` values.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function smma(values: Float64Array, period: number): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalSmma(period);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link smma}. */
export class IncrementalSmma {
  private readonly period: number;
  private seedCount = 0;
  private seedSum = 0;
  private average = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
  }

  /** @returns the average after this value, NaN until `period` values were seen. */
  update(value: number): number {
    const { period } = this;
    if (this.seedCount === period) {
      this.average = (this.average * (period - 1) + value) / period;
      return this.average;
    }
    if (this.seedCount === 0 && Number.isNaN(value)) return NaN;
    this.seedCount += 1;
    this.seedSum += value;
    if (this.seedCount === period) this.average = this.seedSum / period;
    return this.average;
  }
}

export const smmaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'smma',
    field,
    [period],
    (values) => smma(values, period),
    () => new IncrementalSmma(period),
  );
