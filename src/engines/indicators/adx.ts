import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertPeriod, assertSameLength } from './period.js';
import { IncrementalSmma } from './smma.js';
import { trueRange } from './true-range.js';
import { Delay } from './windows/delay.js';

const ADX_OUTPUTS = ['plusDI', 'minusDI', 'dx', 'adx', 'adxr'] as const;
export type AdxOutput = (typeof ADX_OUTPUTS)[number];

/**
 * Directional movement of Wilder, all in [0, 100]: the directional indicators +DI and -DI, their index DX, its smoothed
 * average ADX, and ADXR, the mean of ADX now and `period` bars ago. 0 where nothing moves.
 *
 * Movements and true ranges are summed over the first `period` bars that have a previous one, then smoothed as
 * previous - previous / period + new; ADX begins with the mean of `period` DX.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns columns; +DI, -DI and DX from index `period`, ADX from 2 x period - 1, ADXR from 3 x period - 1
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function adx(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 14,
): Record<AdxOutput, Float64Array> {
  assertSameLength(highs, lows, closes);
  const columns = {
    plusDI: new Float64Array(closes.length),
    minusDI: new Float64Array(closes.length),
    dx: new Float64Array(closes.length),
    adx: new Float64Array(closes.length),
    adxr: new Float64Array(closes.length),
  };
  const indicator = new IncrementalAdx(period);
  for (let i = 0; i < closes.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
    columns.plusDI[i] = now.plusDI;
    columns.minusDI[i] = now.minusDI;
    columns.dx[i] = now.dx;
    columns.adx[i] = now.adx;
    columns.adxr[i] = now.adxr;
  }
  return columns;
}

/** Incremental {@link adx}. */
export class IncrementalAdx implements Readonly<Record<AdxOutput, number>> {
  plusDI = NaN;
  minusDI = NaN;
  dx = NaN;
  adx = NaN;
  adxr = NaN;
  private readonly period: number;
  private readonly average: IncrementalSmma;
  private readonly earlier: Delay;
  private previousHigh = NaN;
  private previousLow = NaN;
  private previousClose = NaN;
  private count = 0;
  private range = 0;
  private plus = 0;
  private minus = 0;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 14) {
    assertPeriod(period);
    this.period = period;
    this.average = new IncrementalSmma(period);
    this.earlier = new Delay(period);
  }

  /** @returns the values after this bar. */
  update(high: number, low: number, close: number): Readonly<Record<AdxOutput, number>> {
    const up = high - this.previousHigh;
    const down = this.previousLow - low;
    const range = trueRange(high, low, this.previousClose);
    this.previousHigh = high;
    this.previousLow = low;
    this.previousClose = close;
    this.count += 1;
    if (this.count === 1) return this;
    // Past the seed each total loses one part in `period` before it takes the new movement.
    const lost = this.count <= this.period + 1 ? 0 : 1 / this.period;
    this.range += range - this.range * lost;
    this.plus += (up > down && up > 0 ? up : 0) - this.plus * lost;
    this.minus += (down > up && down > 0 ? down : 0) - this.minus * lost;
    if (this.count <= this.period) return this;
    this.plusDI = this.range > 0 ? (100 * this.plus) / this.range : 0;
    this.minusDI = this.range > 0 ? (100 * this.minus) / this.range : 0;
    const total = this.plusDI + this.minusDI;
    this.dx = total > 0 ? (100 * Math.abs(this.plusDI - this.minusDI)) / total : 0;
    this.adx = this.average.update(this.dx);
    this.adxr = (this.adx + this.earlier.update(this.adx)) / 2;
    return this;
  }
}

export const adxSpec = (period = 14): IndicatorSpec<AdxOutput> =>
  barLinesSpec(
    'adx',
    [period],
    ADX_OUTPUTS,
    ({ highs, lows, closes }) => adx(highs, lows, closes, period),
    () => {
      const indicator = new IncrementalAdx(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
