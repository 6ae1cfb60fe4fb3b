import type { IndicatorSpec } from './indicator-spec.js';
import { fieldSpec } from './make-spec.js';
import { assertPeriod, firstNumberIndex } from './period.js';
import type { PriceField } from './price-field.js';

/**
 * Relative strength index of Wilder, in [0, 100].
 *
 * The first average gain and loss are plain means of the first `period` changes, later ones Wilder's smoothing
 * (prev x (period - 1) + change) / period. Without any loss it is 100 (also for a flat series, as in Stock.Indicators).
 * @param closes oldest first; NaN before the first number is passed over, later values must be finite
 * @returns Float64Array of the same length; NaN before the (`period` + 1)-th number
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function rsi(closes: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const first = firstNumberIndex(closes);
  const out = new Float64Array(closes.length);
  out.fill(NaN, 0, Math.min(first + period, closes.length));
  let averageGain = 0;
  let averageLoss = 0;
  for (let i = first + 1; i < closes.length; i += 1) {
    const change = (closes[i] as number) - (closes[i - 1] as number);
    const gain = change > 0 ? change : 0;
    const loss = change < 0 ? -change : 0;
    if (i <= first + period) {
      averageGain += gain / period;
      averageLoss += loss / period;
    } else {
      averageGain = (averageGain * (period - 1) + gain) / period;
      averageLoss = (averageLoss * (period - 1) + loss) / period;
    }
    if (i >= first + period) out[i] = strengthIndex(averageGain, averageLoss);
  }
  return out;
}

/** Incremental {@link rsi}; equal to the batch function bit for bit. */
export class IncrementalRsi {
  private readonly period: number;
  private previousClose = NaN;
  private changeCount = 0;
  private averageGain = 0;
  private averageLoss = 0;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
  }

  /** @returns the index after this close, NaN until `period` changes were seen. */
  update(close: number): number {
    const change = close - this.previousClose;
    const isFirst = Number.isNaN(this.previousClose);
    this.previousClose = close;
    if (isFirst) return NaN;
    const { period } = this;
    const gain = change > 0 ? change : 0;
    const loss = change < 0 ? -change : 0;
    if (this.changeCount < period) {
      this.changeCount += 1;
      this.averageGain += gain / period;
      this.averageLoss += loss / period;
    } else {
      this.averageGain = (this.averageGain * (period - 1) + gain) / period;
      this.averageLoss = (this.averageLoss * (period - 1) + loss) / period;
    }
    return this.changeCount < period ? NaN : strengthIndex(this.averageGain, this.averageLoss);
  }
}

function strengthIndex(averageGain: number, averageLoss: number): number {
  return averageLoss > 0 ? 100 - 100 / (1 + averageGain / averageLoss) : 100;
}

export const rsiSpec = (period = 14, field: PriceField = 'close'): IndicatorSpec<'value'> =>
  fieldSpec(
    'rsi',
    field,
    [period],
    (values) => rsi(values, period),
    () => new IncrementalRsi(period),
  );
