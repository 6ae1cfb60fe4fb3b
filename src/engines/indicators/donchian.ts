import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { WindowMax, windowMaxima, WindowMin, windowMinima } from './windows/window-extreme.js';

const DONCHIAN_OUTPUTS = ['upper', 'middle', 'lower', 'width'] as const;
export type DonchianOutput = (typeof DONCHIAN_OUTPUTS)[number];

/**
 * Donchian channel: highest high and lowest low of the `period` bars BEFORE the current one (as Stock.Indicators), so a
 * close above `upper` is a breakout; `middle` is their mean, `width` their distance as a share of it.
 * @param highs, lows columns of the same bars, oldest first
 * @returns columns in price units, from index `period`
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function donchian(highs: Float64Array, lows: Float64Array, period = 20): Record<DonchianOutput, Float64Array> {
  assertSameLength(highs, lows);
  const highest = windowMaxima(highs, period);
  const lowest = windowMinima(lows, period);
  const { length } = highs;
  const upper = new Float64Array(length);
  const middle = new Float64Array(length);
  const lower = new Float64Array(length);
  const width = new Float64Array(length);
  let high = NaN;
  let low = NaN;
  for (let i = 0; i < length; i += 1) {
    upper[i] = high;
    lower[i] = low;
    middle[i] = (high + low) / 2;
    width[i] = (high - low) / (middle[i] as number);
    high = highest[i] as number;
    low = lowest[i] as number;
  }
  return { upper, middle, lower, width };
}

/** Incremental {@link donchian}. */
export class IncrementalDonchian implements Readonly<Record<DonchianOutput, number>> {
  upper = NaN;
  middle = NaN;
  lower = NaN;
  width = NaN;
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;
  private nextUpper = NaN;
  private nextLower = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 20) {
    this.highest = new WindowMax(period);
    this.lowest = new WindowMin(period);
  }

  /** @returns the channel of the bars before this one. */
  update(high: number, low: number): Readonly<Record<DonchianOutput, number>> {
    this.upper = this.nextUpper;
    this.lower = this.nextLower;
    this.middle = (this.upper + this.lower) / 2;
    this.width = (this.upper - this.lower) / this.middle;
    this.nextUpper = this.highest.update(high);
    this.nextLower = this.lowest.update(low);
    return this;
  }
}

export const donchianSpec = (period = 20): IndicatorSpec<DonchianOutput> =>
  barLinesSpec(
    'donchian',
    [period],
    DONCHIAN_OUTPUTS,
    ({ highs, lows }) => donchian(highs, lows, period),
    () => {
      const indicator = new IncrementalDonchian(period);
      return (bar) => indicator.update(bar.high, bar.low);
    },
  );
