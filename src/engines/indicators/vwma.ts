import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { fieldColumn, fieldReader, type PriceField } from './price-field.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Volume-weighted moving average of the last `period` values; NaN where they had no volume. Over `hlc3` it is a moving
 * VWAP.
 * @param values, volumes columns of the same bars, oldest first; volumes in units of the instrument, >= 0
 * @returns Float64Array of the same length, in the values' unit, from index `period` - 1
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function vwma(values: Float64Array, volumes: Float64Array, period: number): Float64Array {
  assertSameLength(values, volumes);
  const out = new Float64Array(values.length);
  const indicator = new IncrementalVwma(period);
  for (let i = 0; i < values.length; i += 1) out[i] = indicator.update(values[i] as number, volumes[i] as number);
  return out;
}

/** Incremental {@link vwma}. */
export class IncrementalVwma {
  private readonly turnover: WindowSum;
  private readonly volume: WindowSum;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.turnover = new WindowSum(period);
    this.volume = new WindowSum(period);
  }

  /** @returns the average after this bar, NaN until `period` bars were seen. */
  update(value: number, volume: number): number {
    return this.turnover.update(value * volume) / this.volume.update(volume);
  }
}

export const vwmaSpec = (period: number, field: PriceField = 'close'): IndicatorSpec<'value'> => {
  const read = fieldReader(field);
  return barSpec(
    'vwma',
    [field, period],
    (bars) => vwma(fieldColumn(bars, field), bars.volumes, period),
    () => {
      const indicator = new IncrementalVwma(period);
      return (bar) => indicator.update(read(bar), bar.volume);
    },
  );
};
