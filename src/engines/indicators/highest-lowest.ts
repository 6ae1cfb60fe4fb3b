import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { WindowMax, windowMaxima, WindowMin, windowMinima } from './windows/window-extreme.js';

/**
 * Highest of the last `period` values, the current one included.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 */
export function highest(values: Float64Array, period: number): Float64Array {
  return windowMaxima(values, period);
}

/** Lowest of the last `period` values, the current one included; the rest as {@link highest}. */
export function lowest(values: Float64Array, period: number): Float64Array {
  return windowMinima(values, period);
}

export const highestSpec = (period: number, field: PriceField = 'high'): IndicatorSpec<'value'> =>
  fieldSpec(
    'highest',
    field,
    [period],
    (values) => highest(values, period),
    () => new WindowMax(period),
  );

export const lowestSpec = (period: number, field: PriceField = 'low'): IndicatorSpec<'value'> =>
  fieldSpec(
    'lowest',
    field,
    [period],
    (values) => lowest(values, period),
    () => new WindowMin(period),
  );
