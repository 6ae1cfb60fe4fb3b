import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { RecentValues } from './windows/recent-values.js';

/**
 * Ulcer index of Martin: root of the mean squared drawdown, in percent, of the last `period` values below the highest
 * before them in the same window. Each window has its own highs, so it takes `period` steps a bar.
 * @param values above 0, oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function ulcerIndex(values: Float64Array, period = 14): Float64Array {
  const out = new Float64Array(values.length);
  const indicator = new IncrementalUlcerIndex(period);
  for (let i = 0; i < values.length; i += 1) out[i] = indicator.update(values[i] as number);
  return out;
}

/** Incremental {@link ulcerIndex}. */
export class IncrementalUlcerIndex {
  private readonly period: number;
  private readonly recent: RecentValues;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 14) {
    this.period = period;
    this.recent = new RecentValues(period);
  }

  /** @returns the index after this value, NaN until `period` values were seen. */
  update(value: number): number {
    if (!this.recent.push(value)) return NaN;
    const { start, values } = this.recent;
    let highest = 0;
    let squares = 0;
    for (let k = start; k < start + this.period; k += 1) {
      highest = Math.max(highest, values[k] as number);
      const drawdownPct = (100 * ((values[k] as number) - highest)) / highest;
      squares += drawdownPct * drawdownPct;
    }
    return Math.sqrt(squares / this.period);
  }
}

export const ulcerIndexSpec = (period = 14, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'ulcerIndex',
    field,
    [period],
    (values) => ulcerIndex(values, period),
    () => new IncrementalUlcerIndex(period),
  );
