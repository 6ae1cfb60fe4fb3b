import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { emptyColumns, emptyValues } from './output-columns.js';
import { assertSameLength } from './period.js';
import { WindowMax, WindowMin } from './windows/window-extreme.js';

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
  const columns = emptyColumns(DONCHIAN_OUTPUTS, highs.length);
  const indicator = new IncrementalDonchian(period);
  for (let i = 0; i < highs.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number);
    columns.upper[i] = now.upper;
    columns.middle[i] = now.middle;
    columns.lower[i] = now.lower;
    columns.width[i] = now.width;
  }
  return columns;
}

/** Incremental {@link donchian}. */
export class IncrementalDonchian {
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;
  private readonly now = emptyValues(DONCHIAN_OUTPUTS);
  private nextUpper = NaN;
  private nextLower = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 20) {
    this.highest = new WindowMax(period);
    this.lowest = new WindowMin(period);
  }

  /** @returns the channel of the bars before this one, the same object each time. */
  update(high: number, low: number): Readonly<Record<DonchianOutput, number>> {
    const { now } = this;
    now.upper = this.nextUpper;
    now.lower = this.nextLower;
    now.middle = (now.upper + now.lower) / 2;
    now.width = (now.upper - now.lower) / now.middle;
    this.nextUpper = this.highest.update(high);
    this.nextLower = this.lowest.update(low);
    return now;
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
