import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { CompensatedSum } from './windows/compensated-sum.js';

/**
 * Accumulation/distribution line of Chaikin: the sum of volume x place of the close in its bar, from -1 at the low to 1 at
 * the high; 0 for a bar without a range.
 * @param highs, lows, closes, volumes columns of the same bars, oldest first
 * @returns Float64Array of the same length, in units of the instrument
 * @throws RangeError for columns of different lengths
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function adl(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  volumes: Float64Array,
): Float64Array {
  assertSameLength(highs, lows, closes, volumes);
  const out = new Float64Array(volumes.length);
  const indicator = new IncrementalAdl();
  for (let i = 0; i < volumes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number, volumes[i] as number);
  }
  return out;
}

/** Incremental {@link adl}. */
export class IncrementalAdl {
  private readonly line = new CompensatedSum();

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number, volume: number): number {
    return this.line.add(moneyFlow(high, low, close, volume));
  }
}

/** Volume x place of the close in its bar, from -1 at the low to 1 at the high, in units of the instrument. */
export function moneyFlow(high: number, low: number, close: number, volume: number): number {
  return high === low ? 0 : ((close - low - (high - close)) / (high - low)) * volume;
}

export const adlSpec = (): IndicatorSpec<'value'> =>
  barSpec(
    'adl',
    [],
    ({ highs, lows, closes, volumes }) => adl(highs, lows, closes, volumes),
    () => {
      const indicator = new IncrementalAdl();
      return (bar) => indicator.update(bar.high, bar.low, bar.close, bar.volume);
    },
  );
