import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { assertPeriod } from './period.js';
import { Delay } from './windows/delay.js';

/**
 * Rate of change against the value `period` bars before, in percent.
 * @param values not 0, oldest first
 * @returns Float64Array of the same length; NaN where there is no earlier value
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function roc(values: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const out = new Float64Array(values.length);
  out.fill(NaN, 0, Math.min(period, values.length));
  for (let i = period; i < values.length; i += 1)
    out[i] = percentOver(values[i] as number, values[i - period] as number);
  return out;
}

/** Incremental {@link roc}. */
export class IncrementalRoc {
  private readonly before: Delay;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.before = new Delay(period);
  }

  /** @returns the rate after this value, NaN until `period` + 1 values were seen. */
  update(value: number): number {
    return percentOver(value, this.before.update(value));
  }
}

const percentOver = (value: number, earlier: number): number => (100 * (value - earlier)) / earlier;

export const rocSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'roc',
    field,
    [period],
    (values) => roc(values, period),
    () => new IncrementalRoc(period),
  );
