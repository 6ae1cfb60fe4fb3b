import { IncrementalAtr } from './atr.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertPositive, assertSameLength } from './period.js';
import { TrailingBands } from './trailing-bands.js';

const ATR_STOP_OUTPUTS = ['stop', 'direction'] as const;
export type AtrStopOutput = (typeof ATR_STOP_OUTPUTS)[number];

/**
 * Trailing stop `multiplier` average true ranges from the close, in price units, and the `direction` it protects: 1 long
 * (the stop lies below) or -1 short. It turns when the close gets through the stop.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns columns, from index `period`
 * @throws RangeError for columns of different lengths, a period that is not a whole number >= 1 or a multiplier <= 0
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function atrStop(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 21,
  multiplier = 3,
): Record<AtrStopOutput, Float64Array> {
  assertSameLength(highs, lows, closes);
  const columns = { stop: new Float64Array(closes.length), direction: new Float64Array(closes.length) };
  const indicator = new IncrementalAtrStop(period, multiplier);
  for (let i = 0; i < closes.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
    columns.stop[i] = now.stop;
    columns.direction[i] = now.direction;
  }
  return columns;
}

/** Incremental {@link atrStop}. */
export class IncrementalAtrStop implements Readonly<Record<AtrStopOutput, number>> {
  stop = NaN;
  direction = NaN;
  private readonly range: IncrementalAtr;
  private readonly multiplier: number;
  private readonly bands = new TrailingBands();
  private previousClose = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1 or a multiplier <= 0 */
  constructor(period = 21, multiplier = 3) {
    assertPositive('multiplier', multiplier);
    this.range = new IncrementalAtr(period);
    this.multiplier = multiplier;
  }

  /** @returns the values after this bar. */
  update(high: number, low: number, close: number): Readonly<Record<AtrStopOutput, number>> {
    const { bands, previousClose } = this;
    const distance = this.multiplier * this.range.update(high, low, close);
    this.previousClose = close;
    if (Number.isNaN(distance)) return this;
    this.stop = bands.update(close + distance, close - distance, close, previousClose, close >= previousClose);
    this.direction = bands.direction;
    return this;
  }
}

export const atrStopSpec = (period = 21, multiplier = 3): IndicatorSpec<AtrStopOutput> =>
  barLinesSpec(
    'atrStop',
    [period, multiplier],
    ATR_STOP_OUTPUTS,
    ({ highs, lows, closes }) => atrStop(highs, lows, closes, period, multiplier),
    () => {
      const indicator = new IncrementalAtrStop(period, multiplier);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
