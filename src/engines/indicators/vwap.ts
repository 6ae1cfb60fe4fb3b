import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { typicalPrice } from './price-field.js';
import { CompensatedSum } from './windows/compensated-sum.js';

/**
 * Volume-weighted average of the typical price over ALL bars since the first one: cumulative, not by session (a bar that
 * an indicator sees carries no time). For a moving one see vwma over `hlc3`.
 * @param highs, lows, closes, volumes columns of the same bars, oldest first
 * @returns Float64Array of the same length, in price units; NaN until there was volume
 * @throws RangeError for columns of different lengths
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function vwap(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  volumes: Float64Array,
): Float64Array {
  assertSameLength(highs, lows, closes, volumes);
  const out = new Float64Array(volumes.length);
  const indicator = new IncrementalVwap();
  for (let i = 0; i < volumes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number, volumes[i] as number);
  }
  return out;
}

/** Incremental {@link vwap}. */
export class IncrementalVwap {
  private readonly turnover = new CompensatedSum();
  private readonly volume = new CompensatedSum();

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number, volume: number): number {
    return this.turnover.add(typicalPrice(high, low, close) * volume) / this.volume.add(volume);
  }
}

export const vwapSpec = (): IndicatorSpec<'value'> =>
  barSpec(
    'vwap',
    [],
    ({ highs, lows, closes, volumes }) => vwap(highs, lows, closes, volumes),
    () => {
      const indicator = new IncrementalVwap();
      return (bar) => indicator.update(bar.high, bar.low, bar.close, bar.volume);
    },
  );
