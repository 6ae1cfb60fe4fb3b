import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { WindowTrend } from './windows/window-trend.js';

/**
 * Weighted moving average of the last `period` values with weights 1 (oldest) to `period` (newest).
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function wma(values: Float64Array, period: number): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalWma(period);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link wma}. */
export class IncrementalWma {
  private readonly window: WindowTrend;
  private readonly totalWeight: number;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.window = new WindowTrend(period);
    this.totalWeight = (period * (period + 1)) / 2;
  }

  /** @returns the average after this value, NaN until `period` values were seen. */
  update(value: number): number {
    const { window } = this;
    return window.update(value) ? window.anchor + window.weightedSum / this.totalWeight : NaN;
  }
}

export const wmaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'wma',
    field,
    [period],
    (values) => wma(values, period),
    () => new IncrementalWma(period),
  );
