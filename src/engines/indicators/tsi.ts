import { IncrementalEma } from './ema.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import type { PriceField } from './price-field.js';

const TSI_OUTPUTS = ['tsi', 'signal'] as const;
export type TsiOutput = (typeof TSI_OUTPUTS)[number];

/**
 * True strength index of Blau in [-100, 100]: the changes from bar to bar, smoothed twice, over their sizes smoothed the
 * same way; `signal` is its EMA. 0 where nothing moved.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns columns; `tsi` from index period + smoothPeriod - 1, `signal` signalPeriod - 1 bars later
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function tsi(
  values: Float64Array,
  period = 25,
  smoothPeriod = 13,
  signalPeriod = 7,
): Record<TsiOutput, Float64Array> {
  const columns = { tsi: new Float64Array(values.length), signal: new Float64Array(values.length) };
  const indicator = new IncrementalTsi(period, smoothPeriod, signalPeriod);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.tsi[i] = now.tsi;
    columns.signal[i] = now.signal;
  }
  return columns;
}

/** Incremental {@link tsi}. */
export class IncrementalTsi implements Readonly<Record<TsiOutput, number>> {
  tsi = NaN;
  signal = NaN;
  private readonly change: IncrementalEma;
  private readonly smoothChange: IncrementalEma;
  private readonly size: IncrementalEma;
  private readonly smoothSize: IncrementalEma;
  private readonly signalAverage: IncrementalEma;
  private previous = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 25, smoothPeriod = 13, signalPeriod = 7) {
    this.change = new IncrementalEma(period);
    this.smoothChange = new IncrementalEma(smoothPeriod);
    this.size = new IncrementalEma(period);
    this.smoothSize = new IncrementalEma(smoothPeriod);
    this.signalAverage = new IncrementalEma(signalPeriod);
  }

  /** @returns the values after this one. */
  update(value: number): Readonly<Record<TsiOutput, number>> {
    const change = value - this.previous;
    this.previous = value;
    const changes = this.smoothChange.update(this.change.update(change));
    const sizes = this.smoothSize.update(this.size.update(Math.abs(change)));
    this.tsi = sizes === 0 ? 0 : (100 * changes) / sizes;
    this.signal = this.signalAverage.update(this.tsi);
    return this;
  }
}

export const tsiSpec = (
  period = 25,
  smoothPeriod = 13,
  signalPeriod = 7,
  field: PriceField = 'close',
): IndicatorSpec<TsiOutput> =>
  fieldLinesSpec(
    'tsi',
    field,
    [period, smoothPeriod, signalPeriod],
    TSI_OUTPUTS,
    (values) => tsi(values, period, smoothPeriod, signalPeriod),
    () => new IncrementalTsi(period, smoothPeriod, signalPeriod),
  );
