import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import { fieldColumn, type PriceField } from './price-field.js';
import { WindowMean, windowMeans } from './windows/window-mean.js';

/**
 * Simple moving average: the mean of the last `period` values, itself included.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see WindowMean for how its digits are kept without summing each window anew
 */
export function sma(values: Float64Array, period: number): Float64Array {
  return windowMeans(values, period);
}

/** Incremental {@link sma}; equal to the batch function bit for bit when both start at the same value. */
export class IncrementalSma extends WindowMean {}

export const smaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> => ({
  ...fieldSpec(
    'sma',
    field,
    [period],
    (values) => sma(values, period),
    () => new IncrementalSma(period),
    () => assertPeriod(period),
  ),
  meanOf: (bars) => ({ values: fieldColumn(bars, field), period }),
});
