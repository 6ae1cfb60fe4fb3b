import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod, firstNumberIndex } from './period.js';
import type { PriceField } from './price-field.js';

/**
 * Exponential moving average with smoothing 2 / (period + 1).
 *
 * Seeded with the simple average of the first `period` values, as Stock.Indicators does (tulip seeds with the first
 * value alone, and so differs for some hundred bars). The first value therefore stands at index `period - 1`.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function ema(values: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const first = firstNumberIndex(values);
  const seedIndex = first + period - 1;
  const out = new Float64Array(values.length);
  out.fill(NaN, 0, Math.min(seedIndex, values.length));
  if (seedIndex >= values.length) return out;
  let sum = 0;
  for (let i = first; i <= seedIndex; i += 1) sum += values[i] as number;
  let average = sum / period;
  out[seedIndex] = average;
  const smoothing = 2 / (period + 1);
  for (let i = seedIndex + 1; i < values.length; i += 1) {
    average += smoothing * ((values[i] as number) - average);
    out[i] = average;
  }
  return out;
}

/** Incremental {@link ema}, with the same seed; equal to the batch function bit for bit. */
export class IncrementalEma {
  private readonly period: number;
  private readonly smoothing: number;
  private seedCount = 0;
  private seedSum = 0;
  private average = NaN;

  /**
   * @param smoothing share of a new value in the average, where it is not 2 / (period + 1)
   * @throws RangeError for a period that is not a whole number >= 1
   */
  constructor(period: number, smoothing = 2 / (period + 1)) {
    assertPeriod(period);
    this.period = period;
    this.smoothing = smoothing;
  }

  /** @returns the average after this value, NaN until `period` values were seen. */
  update(value: number): number {
    if (this.seedCount === this.period) {
      this.average += this.smoothing * (value - this.average);
      return this.average;
    }
    if (this.seedCount === 0 && Number.isNaN(value)) return NaN;
    this.seedCount += 1;
    this.seedSum += value;
    if (this.seedCount === this.period) this.average = this.seedSum / this.period;
    return this.average;
  }
}

export const emaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'ema',
    field,
    [period],
    (values) => ema(values, period),
    () => new IncrementalEma(period),
  );
