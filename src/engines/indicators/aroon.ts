import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertPeriod, assertSameLength } from './period.js';
import { AgeOfHighest } from './windows/extreme-age.js';

const AROON_OUTPUTS = ['up', 'down', 'oscillator'] as const;
export type AroonOutput = (typeof AROON_OUTPUTS)[number];

/**
 * Aroon: how recent the highest high (`up`) and the lowest low (`down`) of the last `period` + 1 bars are, 100 for the
 * current bar and 0 for `period` bars ago; `oscillator` is up - down. Of equal highs or lows the earliest counts, as in
 * Stock.Indicators (TA-Lib and tulip take the latest).
 * @param highs, lows columns of the same bars, oldest first
 * @returns columns, from index `period`
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function aroon(highs: Float64Array, lows: Float64Array, period = 25): Record<AroonOutput, Float64Array> {
  assertSameLength(highs, lows);
  const columns = {
    up: new Float64Array(highs.length),
    down: new Float64Array(highs.length),
    oscillator: new Float64Array(highs.length),
  };
  const indicator = new IncrementalAroon(period);
  for (let i = 0; i < highs.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number);
    columns.up[i] = now.up;
    columns.down[i] = now.down;
    columns.oscillator[i] = now.oscillator;
  }
  return columns;
}

/** Incremental {@link aroon}. */
export class IncrementalAroon implements Readonly<Record<AroonOutput, number>> {
  up = NaN;
  down = NaN;
  oscillator = NaN;
  private readonly period: number;
  private readonly sinceHigh: AgeOfHighest;
  private readonly sinceLow: AgeOfHighest;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 25) {
    assertPeriod(period);
    this.period = period;
    this.sinceHigh = new AgeOfHighest(period + 1);
    this.sinceLow = new AgeOfHighest(period + 1);
  }

  /** @returns the values after this bar. */
  update(high: number, low: number): Readonly<Record<AroonOutput, number>> {
    const { period } = this;
    this.up = (100 * (period - this.sinceHigh.update(high))) / period;
    this.down = (100 * (period - this.sinceLow.update(-low))) / period;
    this.oscillator = this.up - this.down;
    return this;
  }
}

export const aroonSpec = (period = 25): IndicatorSpec<AroonOutput> =>
  barLinesSpec(
    'aroon',
    [period],
    AROON_OUTPUTS,
    ({ highs, lows }) => aroon(highs, lows, period),
    () => {
      const indicator = new IncrementalAroon(period);
      return (bar) => indicator.update(bar.high, bar.low);
    },
  );
