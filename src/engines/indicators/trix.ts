import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { TripleEma } from './triple-ema.js';

/**
 * TRIX: the change of the third exponential average from bar to bar, in percent of it.
 *
 * All averages are seeded with the simple average of the first `period` values (see {@link TripleEma}).
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the (`period` + 1)-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function trix(values: Float64Array, period: number): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalTrix(period);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link trix}. */
export class IncrementalTrix {
  private readonly averages: TripleEma;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.averages = new TripleEma(period);
  }

  /** @returns the value after this one, NaN until `period` + 1 values were seen. */
  update(value: number): number {
    const { averages } = this;
    const previous = averages.third;
    averages.update(value);
    return (100 * (averages.third - previous)) / previous;
  }
}

export const trixSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'trix',
    field,
    [period],
    (values) => trix(values, period),
    () => new IncrementalTrix(period),
  );
