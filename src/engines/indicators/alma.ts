import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPositive } from './period.js';
import type { PriceField } from './price-field.js';
import { RecentValues } from './windows/recent-values.js';

/**
 * Average of Arnaud Legoux: the last `period` values weighted by a bell whose centre stands at `offset` of the window
 * and whose deviation is period / sigma bars. Takes `period` steps a bar.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @param offset in [0, 1]: 1 centres the bell on the newest value
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1, an offset outside [0, 1] or sigma <= 0
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function alma(values: Float64Array, period = 9, offset = 0.85, sigma = 6): Float64Array {
  const out = new Float64Array(values.length);
  const average = new IncrementalAlma(period, offset, sigma);
  for (let i = 0; i < values.length; i += 1) out[i] = average.update(values[i] as number);
  return out;
}

/** Incremental {@link alma}. */
export class IncrementalAlma {
  private readonly recent: RecentValues;
  private readonly weights: Float64Array;

  /** @throws RangeError as {@link alma}. */
  constructor(period = 9, offset = 0.85, sigma = 6) {
    this.recent = new RecentValues(period);
    assertPositive('sigma', sigma);
    if (!(offset >= 0 && offset <= 1)) throw new RangeError(`offset must be from 0 to 1, not ${offset}`);
    const centre = offset * (period - 1);
    const deviation = period / sigma;
    const bell = Float64Array.from({ length: period }, (_, k) => Math.exp(-((k - centre) ** 2) / (2 * deviation ** 2)));
    const total = bell.reduce((sum, weight) => sum + weight, 0);
    this.weights = bell.map((weight) => weight / total);
  }

  /** @returns the average after this value, NaN until `period` values were seen. */
  update(value: number): number {
    if (!this.recent.push(value)) return NaN;
    const { start, values } = this.recent;
    const { weights } = this;
    let sum = 0;
    for (let k = 0; k < weights.length; k += 1) sum += (weights[k] as number) * (values[start + k] as number);
    return sum;
  }
}

export const almaSpec = (period = 9, offset = 0.85, sigma = 6, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'alma',
    field,
    [period, offset, sigma],
    (values) => alma(values, period, offset, sigma),
    () => new IncrementalAlma(period, offset, sigma),
  );
