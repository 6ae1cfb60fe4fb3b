import { IncrementalAtr } from './atr.js';
import { IncrementalEma } from './ema.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertPositive, assertSameLength } from './period.js';

const KELTNER_OUTPUTS = ['upper', 'middle', 'lower', 'width'] as const;
export type KeltnerOutput = (typeof KELTNER_OUTPUTS)[number];

/**
 * Keltner channel: EMA of the closes and `multiplier` average true ranges above and below it, in price units; `width`
 * is the distance of the bounds as a share of the middle.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns columns, from index max(emaPeriod - 1, atrPeriod)
 * @throws RangeError for columns of different lengths, a period that is not a whole number >= 1 or a multiplier <= 0
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function keltner(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  emaPeriod = 20,
  multiplier = 2,
  atrPeriod = 10,
): Record<KeltnerOutput, Float64Array> {
  assertSameLength(highs, lows, closes);
  const columns = {
    upper: new Float64Array(closes.length),
    middle: new Float64Array(closes.length),
    lower: new Float64Array(closes.length),
    width: new Float64Array(closes.length),
  };
  const indicator = new IncrementalKeltner(emaPeriod, multiplier, atrPeriod);
  for (let i = 0; i < closes.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
    columns.upper[i] = now.upper;
    columns.middle[i] = now.middle;
    columns.lower[i] = now.lower;
    columns.width[i] = now.width;
  }
  return columns;
}

/** Incremental {@link keltner}. */
export class IncrementalKeltner implements Readonly<Record<KeltnerOutput, number>> {
  upper = NaN;
  middle = NaN;
  lower = NaN;
  width = NaN;
  private readonly average: IncrementalEma;
  private readonly range: IncrementalAtr;
  private readonly multiplier: number;

  /** @throws RangeError for a period that is not a whole number >= 1 or a multiplier <= 0. */
  constructor(emaPeriod = 20, multiplier = 2, atrPeriod = 10) {
    assertPositive('multiplier', multiplier);
    this.average = new IncrementalEma(emaPeriod);
    this.range = new IncrementalAtr(atrPeriod);
    this.multiplier = multiplier;
  }

  /** @returns the values after this bar. */
  update(high: number, low: number, close: number): Readonly<Record<KeltnerOutput, number>> {
    const middle = this.average.update(close);
    const distance = this.multiplier * this.range.update(high, low, close);
    this.middle = Number.isNaN(distance) ? NaN : middle;
    this.upper = middle + distance;
    this.lower = middle - distance;
    this.width = (this.upper - this.lower) / middle;
    return this;
  }
}

export const keltnerSpec = (emaPeriod = 20, multiplier = 2, atrPeriod = 10): IndicatorSpec<KeltnerOutput> =>
  barLinesSpec(
    'keltner',
    [emaPeriod, multiplier, atrPeriod],
    KELTNER_OUTPUTS,
    ({ highs, lows, closes }) => keltner(highs, lows, closes, emaPeriod, multiplier, atrPeriod),
    () => {
      const indicator = new IncrementalKeltner(emaPeriod, multiplier, atrPeriod);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
