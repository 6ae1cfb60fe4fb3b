import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import type { PriceField } from './price-field.js';
import { IncrementalWma } from './wma.js';

/**
 * Hull moving average: WMA over sqrt(period) of (2 x WMA over period / 2 - WMA over period), both rounded down.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @param period bars, 2 at least
 * @returns Float64Array of the same length; NaN before the (period + floor(sqrt(period)) - 1)-th number
 * @throws RangeError for a period that is not a whole number >= 2
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function hma(values: Float64Array, period: number): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalHma(period);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link hma}. */
export class IncrementalHma {
  private readonly half: IncrementalWma;
  private readonly whole: IncrementalWma;
  private readonly smooth: IncrementalWma;

  /** @throws RangeError for a period that is not a whole number >= 2. */
  constructor(period: number) {
    assertPeriod(period, 2);
    this.half = new IncrementalWma(Math.floor(period / 2));
    this.whole = new IncrementalWma(period);
    this.smooth = new IncrementalWma(Math.floor(Math.sqrt(period)));
  }

  /** @returns the average after this value, NaN while there are too few. */
  update(value: number): number {
    return this.smooth.update(2 * this.half.update(value) - this.whole.update(value));
  }
}

export const hmaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'hma',
    field,
    [period],
    (values) => hma(values, period),
    () => new IncrementalHma(period),
  );
