import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { IncrementalSma, sma } from './sma.js';
import { WindowMax, windowMaxima, WindowMin, windowMinima } from './windows/window-extreme.js';

const STOCHASTIC_OUTPUTS = ['k', 'd', 'j'] as const;
export type StochasticOutput = (typeof STOCHASTIC_OUTPUTS)[number];

/**
 * Stochastic oscillator of Lane: where the close stands between the lowest low (0) and the highest high (100) of
 * `period` bars. `k` is the simple average of that over `smoothPeriod`, `d` the average of `k` over `signalPeriod`,
 * `j` is 3k - 2d and can leave [0, 100]. A range of 0 counts as 0. With `smoothPeriod` 1 it is the fast stochastic.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns columns; `k` from index period + smoothPeriod - 2, `d` and `j` from signalPeriod - 1 bars later
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function stochastic(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 14,
  smoothPeriod = 3,
  signalPeriod = 3,
): Record<StochasticOutput, Float64Array> {
  assertSameLength(highs, lows, closes);
  const place = placesInRange(closes, windowMinima(lows, period), windowMaxima(highs, period));
  const k = sma(place, smoothPeriod);
  const d = sma(k, signalPeriod);
  const j = new Float64Array(k.length);
  for (let i = 0; i < j.length; i += 1) j[i] = 3 * (k[i] as number) - 2 * (d[i] as number);
  return { k, d, j };
}

/** Incremental {@link stochastic}. */
export class IncrementalStochastic implements Readonly<Record<StochasticOutput, number>> {
  k = NaN;
  d = NaN;
  j = NaN;
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;
  private readonly smooth: IncrementalSma;
  private readonly signal: IncrementalSma;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 14, smoothPeriod = 3, signalPeriod = 3) {
    this.highest = new WindowMax(period);
    this.lowest = new WindowMin(period);
    this.smooth = new IncrementalSma(smoothPeriod);
    this.signal = new IncrementalSma(signalPeriod);
  }

  /** @returns the values after this bar. */
  update(high: number, low: number, close: number): Readonly<Record<StochasticOutput, number>> {
    this.k = this.smooth.update(placeInRange(close, this.lowest.update(low), this.highest.update(high)));
    this.d = this.signal.update(this.k);
    this.j = 3 * this.k - 2 * this.d;
    return this;
  }
}

/** Where a value stands between two bounds, in percent; 0 where they are equal. */
export function placeInRange(value: number, lowest: number, highest: number): number {
  return highest === lowest ? 0 : (100 * (value - lowest)) / (highest - lowest);
}

/** {@link placeInRange} of each value. */
export function placesInRange(values: Float64Array, lowest: Float64Array, highest: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) {
    out[i] = placeInRange(values[i] as number, lowest[i] as number, highest[i] as number);
  }
  return out;
}

export const stochasticSpec = (period = 14, smoothPeriod = 3, signalPeriod = 3): IndicatorSpec<StochasticOutput> =>
  barLinesSpec(
    'stochastic',
    [period, smoothPeriod, signalPeriod],
    STOCHASTIC_OUTPUTS,
    ({ highs, lows, closes }) => stochastic(highs, lows, closes, period, smoothPeriod, signalPeriod),
    () => {
      const indicator = new IncrementalStochastic(period, smoothPeriod, signalPeriod);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );

/** The unsmoothed (fast) form of {@link stochasticSpec}. */
export const fastStochasticSpec = (period = 14, signalPeriod = 3): IndicatorSpec<StochasticOutput> =>
  stochasticSpec(period, 1, signalPeriod);
