import { IncrementalEma } from './ema.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import type { PriceField } from './price-field.js';

const PMO_OUTPUTS = ['pmo', 'signal'] as const;
export type PmoOutput = (typeof PMO_OUTPUTS)[number];

/**
 * Price momentum oscillator of DecisionPoint: ten times the one-bar rate of change in percent, smoothed by 2 / `period`
 * and then by 2 / `smoothPeriod`; `signal` is its EMA over `signalPeriod`.
 *
 * The first smoothing is seeded with the simple average of `period` rates, the second with that of `smoothPeriod` values.
 * @param values not 0, oldest first; NaN before the first number is passed over, later values must be finite
 * @returns columns; `pmo` from index period + smoothPeriod - 1, `signal` signalPeriod - 1 bars later
 * @throws RangeError for a period that is not a whole number >= 2 (`signalPeriod` >= 1)
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function pmo(
  values: Float64Array,
  period = 35,
  smoothPeriod = 20,
  signalPeriod = 10,
): Record<PmoOutput, Float64Array> {
  const columns = { pmo: new Float64Array(values.length), signal: new Float64Array(values.length) };
  const indicator = new IncrementalPmo(period, smoothPeriod, signalPeriod);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.pmo[i] = now.pmo;
    columns.signal[i] = now.signal;
  }
  return columns;
}

/** Incremental {@link pmo}. */
export class IncrementalPmo implements Readonly<Record<PmoOutput, number>> {
  pmo = NaN;
  signal = NaN;
  private readonly rates: IncrementalEma;
  private readonly smooth: IncrementalEma;
  private readonly signalAverage: IncrementalEma;
  private previous = NaN;

  /** @throws RangeError for a period that is not a whole number >= 2 (`signalPeriod` >= 1). */
  constructor(period = 35, smoothPeriod = 20, signalPeriod = 10) {
    assertPeriod(period, 2);
    assertPeriod(smoothPeriod, 2);
    this.rates = new IncrementalEma(period, 2 / period);
    this.smooth = new IncrementalEma(smoothPeriod, 2 / smoothPeriod);
    this.signalAverage = new IncrementalEma(signalPeriod);
  }

  /** @returns the values after this one. */
  update(value: number): Readonly<Record<PmoOutput, number>> {
    const ratePct = 100 * (value / this.previous - 1);
    this.previous = value;
    this.pmo = this.smooth.update(10 * this.rates.update(ratePct));
    this.signal = this.signalAverage.update(this.pmo);
    return this;
  }
}

export const pmoSpec = (
  period = 35,
  smoothPeriod = 20,
  signalPeriod = 10,
  field: PriceField = 'close',
): IndicatorSpec<PmoOutput> =>
  fieldLinesSpec(
    'pmo',
    field,
    [period, smoothPeriod, signalPeriod],
    PMO_OUTPUTS,
    (values) => pmo(values, period, smoothPeriod, signalPeriod),
    () => new IncrementalPmo(period, smoothPeriod, signalPeriod),
  );
