import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { WindowMax, windowMaxima, WindowMin, windowMinima } from './windows/window-extreme.js';

/**
 * Williams %R in [-100, 0]: how far the close stands below the highest high of `period` bars, in percent of their range.
 * NaN where the range is 0.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `period` - 1
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function williamsR(highs: Float64Array, lows: Float64Array, closes: Float64Array, period = 14): Float64Array {
  assertSameLength(highs, lows, closes);
  const out = windowMaxima(highs, period);
  const lowest = windowMinima(lows, period);
  for (let i = 0; i < out.length; i += 1)
    out[i] = placeBelow(closes[i] as number, lowest[i] as number, out[i] as number);
  return out;
}

/** Incremental {@link williamsR}. */
export class IncrementalWilliamsR {
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(period = 14) {
    this.highest = new WindowMax(period);
    this.lowest = new WindowMin(period);
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number): number {
    return placeBelow(close, this.lowest.update(low), this.highest.update(high));
  }
}

const placeBelow = (close: number, lowest: number, highest: number): number =>
  (-100 * (highest - close)) / (highest - lowest);

export const williamsRSpec = (period = 14): IndicatorSpec<'value'> =>
  barSpec(
    'williamsR',
    [period],
    ({ highs, lows, closes }) => williamsR(highs, lows, closes, period),
    () => {
      const indicator = new IncrementalWilliamsR(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
