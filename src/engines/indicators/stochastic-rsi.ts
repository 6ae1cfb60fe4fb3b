import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import { emptyColumns, emptyValues } from './output-columns.js';
import type { PriceField } from './price-field.js';
import { IncrementalRsi } from './rsi.js';
import { IncrementalSma } from './sma.js';
import { placeInRange } from './stochastic.js';
import { WindowMax, WindowMin } from './windows/window-extreme.js';

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
  const columns = emptyColumns(STOCHASTIC_RSI_OUTPUTS, values.length);
  const indicator = new IncrementalStochasticRsi(rsiPeriod, stochasticPeriod, smoothPeriod, signalPeriod);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.k[i] = now.k;
    columns.d[i] = now.d;
  }
  return columns;
}

/** Incremental {@link stochasticRsi}. */
export class IncrementalStochasticRsi {
  private readonly rsi: IncrementalRsi;
  private readonly highest: WindowMax;
  private readonly lowest: WindowMin;
  private readonly smooth: IncrementalSma;
  private readonly signal: IncrementalSma;
  private readonly now = emptyValues(STOCHASTIC_RSI_OUTPUTS);

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(rsiPeriod = 14, stochasticPeriod = 14, smoothPeriod = 1, signalPeriod = 3) {
    this.rsi = new IncrementalRsi(rsiPeriod);
    this.highest = new WindowMax(stochasticPeriod);
    this.lowest = new WindowMin(stochasticPeriod);
    this.smooth = new IncrementalSma(smoothPeriod);
    this.signal = new IncrementalSma(signalPeriod);
  }

  /** @returns the values after this one, the same object each time. */
  update(value: number): Readonly<Record<StochasticRsiOutput, number>> {
    const { now } = this;
    const strength = this.rsi.update(value);
    now.k = this.smooth.update(placeInRange(strength, this.lowest.update(strength), this.highest.update(strength)));
    now.d = this.signal.update(now.k);
    return now;
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
