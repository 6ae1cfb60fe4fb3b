import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertPeriod, assertSameLength } from './period.js';
import { trueRange } from './true-range.js';

/**
 * Average true range of Wilder, in price units.
 *
 * The first bar has no previous close and so no true range; the first value stands at index `period`, the mean of the
 * true ranges 1 to `period`. Later ones are (prev x (period - 1) + true range) / period.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns Float64Array of the same length; NaN at the first `period` places
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function atr(highs: Float64Array, lows: Float64Array, closes: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  assertSameLength(highs, lows, closes);
  const out = new Float64Array(closes.length);
  out.fill(NaN, 0, Math.min(period, closes.length));
  let average = 0;
  for (let i = 1; i < closes.length; i += 1) {
    const range = trueRange(highs[i] as number, lows[i] as number, closes[i - 1] as number);
    average = i <= period ? average + range / period : (average * (period - 1) + range) / period;
    if (i >= period) out[i] = average;
  }
  return out;
}

/** Incremental {@link atr}; equal to the batch function bit for bit. */
export class IncrementalAtr {
  private readonly period: number;
  private previousClose = NaN;
  private rangeCount = 0;
  private average = 0;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
  }

  /** @returns the average after this bar, NaN until `period` true ranges were seen. */
  update(high: number, low: number, close: number): number {
    const range = trueRange(high, low, this.previousClose);
    const isFirst = Number.isNaN(this.previousClose);
    this.previousClose = close;
    if (isFirst) return NaN;
    const { period } = this;
    if (this.rangeCount < period) {
      this.rangeCount += 1;
      this.average += range / period;
    } else {
      this.average = (this.average * (period - 1) + range) / period;
    }
    return this.rangeCount < period ? NaN : this.average;
  }
}

export const atrSpec = (period = 14): IndicatorSpec<'value'> =>
  barSpec(
    'atr',
    [period],
    ({ highs, lows, closes }) => atr(highs, lows, closes, period),
    () => {
      const indicator = new IncrementalAtr(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
