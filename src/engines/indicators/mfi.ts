import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { typicalPrice } from './price-field.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Money flow index in [0, 100]: an RSI of typical price x volume over `period` bars, flows taken as positive or negative by
 * the direction of the typical price and left out where it stands still; 100 without a negative flow.
 * @param highs, lows, closes, volumes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `period`
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function mfi(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  volumes: Float64Array,
  period = 14,
): Float64Array {
  assertSameLength(highs, lows, closes, volumes);
  const out = new Float64Array(volumes.length);
  const indicator = new IncrementalMfi(period);
  for (let i = 0; i < volumes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number, volumes[i] as number);
  }
  return out;
}

/** Incremental {@link mfi}. */
export class IncrementalMfi {
  private readonly positive: WindowSum;
  private readonly negative: WindowSum;
  private previousPrice = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(period = 14) {
    this.positive = new WindowSum(period);
    this.negative = new WindowSum(period);
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number, volume: number): number {
    const price = typicalPrice(high, low, close);
    const change = price - this.previousPrice;
    this.previousPrice = price;
    if (Number.isNaN(change)) return NaN;
    const positive = this.positive.update(change > 0 ? price * volume : 0);
    const negative = this.negative.update(change < 0 ? price * volume : 0);
    return negative === 0 ? 100 : 100 - 100 / (1 + positive / negative);
  }
}

export const mfiSpec = (period = 14): IndicatorSpec<'value'> =>
  barSpec(
    'mfi',
    [period],
    ({ highs, lows, closes, volumes }) => mfi(highs, lows, closes, volumes, period),
    () => {
      const indicator = new IncrementalMfi(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close, bar.volume);
    },
  );
