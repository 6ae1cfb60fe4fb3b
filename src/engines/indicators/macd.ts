import { IncrementalEma } from './ema.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';

const MACD_OUTPUTS = ['macd', 'signal', 'histogram'] as const;
export type MacdOutput = (typeof MACD_OUTPUTS)[number];

/**
 * Moving average convergence and divergence: fast EMA - slow EMA, its EMA as signal, and macd - signal as histogram.
 *
 * Each average is seeded with the simple average of its own first values, as Stock.Indicators does. TA-Lib starts the
 * fast one later, with the slow one, and tulip seeds with the first value: both differ for some hundred bars.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns columns in the values' unit; `macd` is NaN before the `slowPeriod`-th number, the others `signalPeriod` - 1 longer
 * @throws RangeError for a period that is not a whole number >= 1, and unless fast < slow
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function macd(
  values: Float64Array,
  fastPeriod = 12,
  slowPeriod = 26,
  signalPeriod = 9,
): Record<MacdOutput, Float64Array> {
  const columns = {
    macd: new Float64Array(values.length),
    signal: new Float64Array(values.length),
    histogram: new Float64Array(values.length),
  };
  const indicator = new IncrementalMacd(fastPeriod, slowPeriod, signalPeriod);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.macd[i] = now.macd;
    columns.signal[i] = now.signal;
    columns.histogram[i] = now.histogram;
  }
  return columns;
}

/** Incremental {@link macd}. */
export class IncrementalMacd implements Readonly<Record<MacdOutput, number>> {
  macd = NaN;
  signal = NaN;
  histogram = NaN;
  private readonly fast: IncrementalEma;
  private readonly slow: IncrementalEma;
  private readonly signalAverage: IncrementalEma;

  /** @throws RangeError for a period that is not a whole number >= 1, and unless fast < slow. */
  constructor(fastPeriod = 12, slowPeriod = 26, signalPeriod = 9) {
    this.fast = new IncrementalEma(fastPeriod);
    this.slow = new IncrementalEma(slowPeriod);
    this.signalAverage = new IncrementalEma(signalPeriod);
    if (fastPeriod >= slowPeriod) {
      throw new RangeError(`MACD needs fast < slow, not ${fastPeriod} and ${slowPeriod}`);
    }
  }

  /** @returns the values after this one. */
  update(value: number): Readonly<Record<MacdOutput, number>> {
    this.macd = this.fast.update(value) - this.slow.update(value);
    this.signal = this.signalAverage.update(this.macd);
    this.histogram = this.macd - this.signal;
    return this;
  }
}

export const macdSpec = (
  fastPeriod = 12,
  slowPeriod = 26,
  signalPeriod = 9,
  field: PriceField = 'close',
): IndicatorSpec<MacdOutput> =>
  fieldLinesSpec(
    'macd',
    field,
    [fastPeriod, slowPeriod, signalPeriod],
    MACD_OUTPUTS,
    (values) => macd(values, fastPeriod, slowPeriod, signalPeriod),
    () => new IncrementalMacd(fastPeriod, slowPeriod, signalPeriod),
  );
