import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';

/**
 * True range of a bar: the largest of high - low and the distances of both from the previous close, in price units.
 */
export function trueRange(high: number, low: number, previousClose: number): number {
  return Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose));
}

/**
 * {@link trueRange} of each bar; the first has no previous close and so no true range (as Stock.Indicators and TA-Lib;
 * tulip takes its high - low).
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns Float64Array of the same length; NaN at the first place
 * @throws RangeError for columns of different lengths
 */
export function trueRanges(highs: Float64Array, lows: Float64Array, closes: Float64Array): Float64Array {
  assertSameLength(highs, lows, closes);
  const out = new Float64Array(closes.length);
  out.fill(NaN, 0, Math.min(1, closes.length));
  for (let i = 1; i < closes.length; i += 1) {
    out[i] = trueRange(highs[i] as number, lows[i] as number, closes[i - 1] as number);
  }
  return out;
}

/** Incremental {@link trueRanges}. */
export class IncrementalTrueRange {
  private previousClose = NaN;

  /** @returns the true range of this bar, NaN for the first. */
  update(high: number, low: number, close: number): number {
    const range = trueRange(high, low, this.previousClose);
    this.previousClose = close;
    return range;
  }
}

export const trueRangeSpec = (): IndicatorSpec<'value'> =>
  barSpec(
    'trueRange',
    [],
    ({ highs, lows, closes }) => trueRanges(highs, lows, closes),
    () => {
      const indicator = new IncrementalTrueRange();
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
