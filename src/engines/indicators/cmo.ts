import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Momentum oscillator of Chande in [-100, 100]: gains less losses over gains plus losses of the last `period` changes; 0
 * where nothing moved.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the (`period` + 1)-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function cmo(values: Float64Array, period = 14): Float64Array {
  const out = new Float64Array(values.length);
  const indicator = new IncrementalCmo(period);
  for (let i = 0; i < values.length; i += 1) out[i] = indicator.update(values[i] as number);
  return out;
}

/** Incremental {@link cmo}. */
export class IncrementalCmo {
  private readonly gains: WindowSum;
  private readonly losses: WindowSum;
  private previous = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(period = 14) {
    this.gains = new WindowSum(period);
    this.losses = new WindowSum(period);
  }

  /** @returns the value after this one. */
  update(value: number): number {
    const change = value - this.previous;
    this.previous = value;
    if (Number.isNaN(change)) return NaN;
    const gains = this.gains.update(change > 0 ? change : 0);
    const losses = this.losses.update(change < 0 ? -change : 0);
    return gains + losses === 0 ? 0 : (100 * (gains - losses)) / (gains + losses);
  }
}

export const cmoSpec = (period = 14, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'cmo',
    field,
    [period],
    (values) => cmo(values, period),
    () => new IncrementalCmo(period),
  );
