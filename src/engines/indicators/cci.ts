import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { typicalPrice } from './price-field.js';
import { RecentValues } from './windows/recent-values.js';
import { WindowMean } from './windows/window-mean.js';

/**
 * Commodity channel index: the distance of the typical price from its average of `period` bars, in 0.015 mean absolute
 * deviations; 0 where there is no deviation. A mean absolute deviation has no constant-time form: `period` steps a bar.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `period` - 1
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function cci(highs: Float64Array, lows: Float64Array, closes: Float64Array, period = 20): Float64Array {
  assertSameLength(highs, lows, closes);
  const out = new Float64Array(closes.length);
  const indicator = new IncrementalCci(period);
  for (let i = 0; i < closes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
  }
  return out;
}

/** Incremental {@link cci}. */
export class IncrementalCci {
  private readonly period: number;
  private readonly recent: RecentValues;
  private readonly average: WindowMean;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(period = 20) {
    this.period = period;
    this.recent = new RecentValues(period);
    this.average = new WindowMean(period);
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number): number {
    const { period, recent } = this;
    const price = typicalPrice(high, low, close);
    const mean = this.average.update(price);
    if (!recent.push(price)) return NaN;
    const { start, values } = recent;
    let deviations = 0;
    for (let k = start; k < start + period; k += 1) deviations += Math.abs((values[k] as number) - mean);
    // On a flat window the typical price and its mean are one number, and so the deviations exactly 0.
    return deviations === 0 ? 0 : (price - mean) / ((SCALE * deviations) / period);
  }
}

/** By Lambert, so that most values fall between -100 and 100. */
const SCALE = 0.015;

export const cciSpec = (period = 20): IndicatorSpec<'value'> =>
  barSpec(
    'cci',
    [period],
    ({ highs, lows, closes }) => cci(highs, lows, closes, period),
    () => {
      const indicator = new IncrementalCci(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
