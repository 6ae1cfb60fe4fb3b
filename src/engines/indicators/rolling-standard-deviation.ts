import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { WindowVariance, windowVariances } from './windows/window-variance.js';

/**
 * Standard deviation of the last `period` values, with divisor `period` (population, as Stock.Indicators).
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length, in the values' unit; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 * @see WindowVariance for how a small spread on a large level keeps its digits
 */
export function rollingStandardDeviation(values: Float64Array, period: number): Float64Array {
  const { variances } = windowVariances(values, period);
  for (let i = 0; i < variances.length; i += 1) variances[i] = Math.sqrt(variances[i] as number);
  return variances;
}

/** Incremental {@link rollingStandardDeviation}. */
export class IncrementalStandardDeviation {
  private readonly window: WindowVariance;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.window = new WindowVariance(period);
  }

  /** @returns the deviation after this value, NaN until `period` values were seen. */
  update(value: number): number {
    return Math.sqrt(this.window.update(value));
  }
}

export const standardDeviationSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'standardDeviation',
    field,
    [period],
    (values) => rollingStandardDeviation(values, period),
    () => new IncrementalStandardDeviation(period),
  );

/** Population standard deviation of values[start, end), in their unit, in two passes; NaN when the range is empty. */
export function standardDeviation(values: Float64Array, start = 0, end = values.length): number {
  const count = end - start;
  if (count <= 0) return NaN;
  let sum = 0;
  for (let i = start; i < end; i += 1) sum += values[i] as number;
  const mean = sum / count;
  let squares = 0;
  for (let i = start; i < end; i += 1) {
    const deviation = (values[i] as number) - mean;
    squares += deviation * deviation;
  }
  return Math.sqrt(squares / count);
}
