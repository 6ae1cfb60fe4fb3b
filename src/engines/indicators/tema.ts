import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { TripleEma } from './triple-ema.js';

/**
 * Triple exponential moving average: 3 x (EMA - EMA of EMA) + EMA of EMA of EMA.
 *
 * All averages are seeded with the simple average of the first `period` values (see {@link TripleEma}).
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function tema(values: Float64Array, period: number): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalTema(period);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link tema}. */
export class IncrementalTema {
  private readonly averages: TripleEma;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.averages = new TripleEma(period);
  }

  /** @returns the value after this one, NaN until `period` values were seen. */
  update(value: number): number {
    const { averages } = this;
    averages.update(value);
    return 3 * (averages.first - averages.second) + averages.third;
  }
}

export const temaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'tema',
    field,
    [period],
    (values) => tema(values, period),
    () => new IncrementalTema(period),
  );
