import { IncrementalEma } from './ema.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import { emptyColumns, emptyValues } from './output-columns.js';
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
  const columns = emptyColumns(TSI_OUTPUTS, values.length);
  const indicator = new IncrementalTsi(period, smoothPeriod, signalPeriod);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.tsi[i] = now.tsi;
    columns.signal[i] = now.signal;
  }
  return columns;
}

/** Incremental {@link tsi}. */
export class IncrementalTsi {
  private readonly change: IncrementalEma;
  private readonly smoothChange: IncrementalEma;
  private readonly size: IncrementalEma;
  private readonly smoothSize: IncrementalEma;
  private readonly signal: IncrementalEma;
  private readonly now = emptyValues(TSI_OUTPUTS);
  private previous = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period = 25, smoothPeriod = 13, signalPeriod = 7) {
    this.change = new IncrementalEma(period);
    this.smoothChange = new IncrementalEma(smoothPeriod);
    this.size = new IncrementalEma(period);
    this.smoothSize = new IncrementalEma(smoothPeriod);
    this.signal = new IncrementalEma(signalPeriod);
  }

  /** @returns the values after this one, the same object each time. */
  update(value: number): Readonly<Record<TsiOutput, number>> {
    const { now } = this;
    const change = value - this.previous;
    this.previous = value;
    const changes = this.smoothChange.update(this.change.update(change));
    const sizes = this.smoothSize.update(this.size.update(Math.abs(change)));
    now.tsi = sizes === 0 ? 0 : (100 * changes) / sizes;
    now.signal = this.signal.update(now.tsi);
    return now;
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
