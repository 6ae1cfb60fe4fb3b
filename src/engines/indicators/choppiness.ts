import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertPeriod, assertSameLength } from './period.js';
import { WindowMax, WindowMin } from './windows/window-extreme.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Choppiness index: 100 x log of the way walked in `period` bars (sum of true ranges) over the range covered, to base
 * `period`; near 100 sideways, near 0 in a straight trend. NaN where the range is 0.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `period`
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 2
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function choppiness(highs: Float64Array, lows: Float64Array, closes: Float64Array, period = 14): Float64Array {
  assertSameLength(highs, lows, closes);
  const out = new Float64Array(closes.length);
  const indicator = new IncrementalChoppiness(period);
  for (let i = 0; i < closes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
  }
  return out;
}

/** Incremental {@link choppiness}. */
export class IncrementalChoppiness {
  private readonly walked: WindowSum;
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;
  private readonly scale: number;
  private previousClose = NaN;

  /** @throws RangeError for a period that is not a whole number >= 2 */
  constructor(period = 14) {
    assertPeriod(period, 2);
    this.walked = new WindowSum(period);
    this.highest = new WindowMax(period);
    this.lowest = new WindowMin(period);
    this.scale = 100 / Math.log(period);
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number): number {
    const trueHigh = Math.max(high, this.previousClose);
    const trueLow = Math.min(low, this.previousClose);
    this.previousClose = close;
    const covered = this.highest.update(trueHigh) - this.lowest.update(trueLow);
    const walked = this.walked.update(trueHigh - trueLow);
    return covered > 0 ? this.scale * Math.log(walked / covered) : NaN;
  }
}

export const choppinessSpec = (period = 14): IndicatorSpec<'value'> =>
  barSpec(
    'choppiness',
    [period],
    ({ highs, lows, closes }) => choppiness(highs, lows, closes, period),
    () => {
      const indicator = new IncrementalChoppiness(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
