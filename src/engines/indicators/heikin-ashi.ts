import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertSameLength } from './period.js';

const HEIKIN_ASHI_OUTPUTS = ['open', 'high', 'low', 'close'] as const;
export type HeikinAshiOutput = (typeof HEIKIN_ASHI_OUTPUTS)[number];

/**
 * Heikin-Ashi bars: `close` is the mean of the bar's four prices, `open` the middle of the previous Heikin-Ashi body (of the
 * bar's own at first), `high` and `low` reach over both. They are smoothed prices: nothing was ever traded at them.
 * @param opens, highs, lows, closes columns of the same bars, oldest first
 * @returns columns in price units, from the first bar
 * @throws RangeError for columns of different lengths
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function heikinAshi(
  opens: Float64Array,
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
): Record<HeikinAshiOutput, Float64Array> {
  assertSameLength(opens, highs, lows, closes);
  const columns = {
    open: new Float64Array(closes.length),
    high: new Float64Array(closes.length),
    low: new Float64Array(closes.length),
    close: new Float64Array(closes.length),
  };
  const indicator = new IncrementalHeikinAshi();
  for (let i = 0; i < closes.length; i += 1) {
    const now = indicator.update(opens[i] as number, highs[i] as number, lows[i] as number, closes[i] as number);
    columns.open[i] = now.open;
    columns.high[i] = now.high;
    columns.low[i] = now.low;
    columns.close[i] = now.close;
  }
  return columns;
}

/** Incremental {@link heikinAshi}. */
export class IncrementalHeikinAshi implements Readonly<Record<HeikinAshiOutput, number>> {
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  private previousOpen = NaN;
  private previousClose = NaN;

  /** @returns the values after this bar. */
  update(open: number, high: number, low: number, close: number): Readonly<Record<HeikinAshiOutput, number>> {
    const isFirst = Number.isNaN(this.previousOpen);
    this.close = (open + high + low + close) / 4;
    this.open = isFirst ? (open + close) / 2 : (this.previousOpen + this.previousClose) / 2;
    this.high = Math.max(high, this.open, this.close);
    this.low = Math.min(low, this.open, this.close);
    this.previousOpen = this.open;
    this.previousClose = this.close;
    return this;
  }
}

export const heikinAshiSpec = (): IndicatorSpec<HeikinAshiOutput> =>
  barLinesSpec(
    'heikinAshi',
    [],
    HEIKIN_ASHI_OUTPUTS,
    ({ opens, highs, lows, closes }) => heikinAshi(opens, highs, lows, closes),
    () => {
      const indicator = new IncrementalHeikinAshi();
      return (bar) => indicator.update(bar.open, bar.high, bar.low, bar.close);
    },
  );
