import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';
import { IncrementalRsi, rsi } from './rsi.js';
import { IncrementalSma, sma } from './sma.js';
import { placeInRange, placesInRange } from './stochastic.js';
import { WindowMax, windowMaxima, WindowMin, windowMinima } from './windows/window-extreme.js';

const STOCHASTIC_RSI_OUTPUTS = ['k', 'd'] as const;
export type StochasticRsiOutput = (typeof STOCHASTIC_RSI_OUTPUTS)[number];

/**
 * Stochastic oscillator of the RSI, in [0, 100]: `k` where the RSI stands within its own range of `stochasticPeriod`
 * bars, averaged over `smoothPeriod`; `d` the average of `k` over `signalPeriod`. A range of 0 counts as 0.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns columns; `k` from index rsiPeriod + stochasticPeriod + smoothPeriod - 2, `d` signalPeriod - 1 bars later
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function stochasticRsi(
  values: Float64Array,
  rsiPeriod = 14,
  stochasticPeriod = 14,
  smoothPeriod = 1,
  signalPeriod = 3,
): Record<StochasticRsiOutput, Float64Array> {
  const strength = rsi(values, rsiPeriod);
  const lowest = windowMinima(strength, stochasticPeriod);
  const highest = windowMaxima(strength, stochasticPeriod);
  const k = sma(placesInRange(strength, lowest, highest), smoothPeriod);
  return { k, d: sma(k, signalPeriod) };
}

/** Incremental {@link stochasticRsi}. */
export class IncrementalStochasticRsi implements Readonly<Record<StochasticRsiOutput, number>> {
  k = NaN;
  d = NaN;
  private readonly rsi: IncrementalRsi;
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;
  private readonly smooth: IncrementalSma;
  private readonly signal: IncrementalSma;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(rsiPeriod = 14, stochasticPeriod = 14, smoothPeriod = 1, signalPeriod = 3) {
    this.rsi = new IncrementalRsi(rsiPeriod);
    this.highest = new WindowMax(stochasticPeriod);
    this.lowest = new WindowMin(stochasticPeriod);
    this.smooth = new IncrementalSma(smoothPeriod);
    this.signal = new IncrementalSma(signalPeriod);
  }

  /** @returns the values after this one. */
  update(value: number): Readonly<Record<StochasticRsiOutput, number>> {
    const strength = this.rsi.update(value);
    this.k = this.smooth.update(placeInRange(strength, this.lowest.update(strength), this.highest.update(strength)));
    this.d = this.signal.update(this.k);
    return this;
  }
}

export const stochasticRsiSpec = (
  rsiPeriod = 14,
  stochasticPeriod = 14,
  smoothPeriod = 1,
  signalPeriod = 3,
  field: PriceField = 'close',
): IndicatorSpec<StochasticRsiOutput> =>
  fieldLinesSpec(
    'stochasticRsi',
    field,
    [rsiPeriod, stochasticPeriod, smoothPeriod, signalPeriod],
    STOCHASTIC_RSI_OUTPUTS,
    (values) => stochasticRsi(values, rsiPeriod, stochasticPeriod, smoothPeriod, signalPeriod),
    () => new IncrementalStochasticRsi(rsiPeriod, stochasticPeriod, smoothPeriod, signalPeriod),
  );
