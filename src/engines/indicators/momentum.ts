import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import type { PriceField } from './price-field.js';
import { Delay } from './windows/delay.js';

/**
 * Momentum: the value less the one `period` bars before, in the values' unit.
 * @param values oldest first
 * @returns Float64Array of the same length; NaN where there is no earlier value
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators (its ROC gives both)
 */
export function momentum(values: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const out = new Float64Array(values.length);
  out.fill(NaN, 0, Math.min(period, values.length));
  for (let i = period; i < values.length; i += 1) out[i] = (values[i] as number) - (values[i - period] as number);
  return out;
}

/** Incremental {@link momentum}. */
export class IncrementalMomentum {
  private readonly before: Delay;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.before = new Delay(period);
  }

  /** @returns the momentum after this value, NaN until `period` + 1 values were seen. */
  update(value: number): number {
    return value - this.before.update(value);
  }
}

export const momentumSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'momentum',
    field,
    [period],
    (values) => momentum(values, period),
    () => new IncrementalMomentum(period),
  );
