import { IncrementalAtr } from './atr.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertPositive, assertSameLength } from './period.js';
import { medianPrice } from './price-field.js';
import { TrailingBands } from './trailing-bands.js';

const SUPER_TREND_OUTPUTS = ['superTrend', 'direction'] as const;
export type SuperTrendOutput = (typeof SUPER_TREND_OUTPUTS)[number];

/**
 * SuperTrend: a stop `multiplier` average true ranges from the middle of the bar that follows the trend, in price units, and
 * the `direction` of the trend, 1 rising (the stop lies below) or -1 falling. It turns when the close gets through the stop.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns columns, from index `period`
 * @throws RangeError for columns of different lengths, a period that is not a whole number >= 1 or a multiplier <= 0
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function superTrend(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 10,
  multiplier = 3,
): Record<SuperTrendOutput, Float64Array> {
  assertSameLength(highs, lows, closes);
  const columns = { superTrend: new Float64Array(closes.length), direction: new Float64Array(closes.length) };
  const indicator = new IncrementalSuperTrend(period, multiplier);
  for (let i = 0; i < closes.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
    columns.superTrend[i] = now.superTrend;
    columns.direction[i] = now.direction;
  }
  return columns;
}

/** Incremental {@link superTrend}. */
export class IncrementalSuperTrend implements Readonly<Record<SuperTrendOutput, number>> {
  superTrend = NaN;
  direction = NaN;
  private readonly range: IncrementalAtr;
  private readonly multiplier: number;
  private readonly bands = new TrailingBands();
  private previousClose = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1 or a multiplier <= 0 */
  constructor(period = 10, multiplier = 3) {
    assertPositive('multiplier', multiplier);
    this.range = new IncrementalAtr(period);
    this.multiplier = multiplier;
  }

  /** @returns the values after this bar. */
  update(high: number, low: number, close: number): Readonly<Record<SuperTrendOutput, number>> {
    const { bands, previousClose } = this;
    const distance = this.multiplier * this.range.update(high, low, close);
    this.previousClose = close;
    if (Number.isNaN(distance)) return this;
    const middle = medianPrice(high, low);
    this.superTrend = bands.update(middle + distance, middle - distance, close, previousClose, close >= middle);
    this.direction = bands.direction;
    return this;
  }
}

export const superTrendSpec = (period = 10, multiplier = 3): IndicatorSpec<SuperTrendOutput> =>
  barLinesSpec(
    'superTrend',
    [period, multiplier],
    SUPER_TREND_OUTPUTS,
    ({ highs, lows, closes }) => superTrend(highs, lows, closes, period, multiplier),
    () => {
      const indicator = new IncrementalSuperTrend(period, multiplier);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
