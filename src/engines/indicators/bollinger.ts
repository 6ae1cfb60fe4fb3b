import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import { emptyColumns, emptyValues } from './output-columns.js';
import { assertPositive } from './period.js';
import type { PriceField } from './price-field.js';
import { WindowVariance } from './windows/window-variance.js';

const BOLLINGER_OUTPUTS = ['upper', 'middle', 'lower', 'percentB', 'zScore', 'width'] as const;
export type BollingerOutput = (typeof BOLLINGER_OUTPUTS)[number];

/**
 * Bollinger bands: the simple average and `deviations` population standard deviations above and below it.
 *
 * `percentB` is 0 at the lower band and 1 at the upper, `zScore` the distance from the middle in deviations (both NaN
 * where the deviation is 0), `width` the distance of the bands as a share of the middle.
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @returns columns, NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 1 or deviations <= 0
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function bollinger(values: Float64Array, period = 20, deviations = 2): Record<BollingerOutput, Float64Array> {
  const columns = emptyColumns(BOLLINGER_OUTPUTS, values.length);
  const indicator = new IncrementalBollinger(period, deviations);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.upper[i] = now.upper;
    columns.middle[i] = now.middle;
    columns.lower[i] = now.lower;
    columns.percentB[i] = now.percentB;
    columns.zScore[i] = now.zScore;
    columns.width[i] = now.width;
  }
  return columns;
}

/** Incremental {@link bollinger}. */
export class IncrementalBollinger {
  private readonly window: WindowVariance;
  private readonly deviations: number;
  private readonly now = emptyValues(BOLLINGER_OUTPUTS);

  /** @throws RangeError for a period that is not a whole number >= 1 or deviations <= 0. */
  constructor(period = 20, deviations = 2) {
    this.window = new WindowVariance(period);
    assertPositive('deviations', deviations);
    this.deviations = deviations;
  }

  /** @returns the values after this one, the same object each time. */
  update(value: number): Readonly<Record<BollingerOutput, number>> {
    const { now, window } = this;
    const deviation = Math.sqrt(window.update(value));
    const middle = window.mean;
    const distance = this.deviations * deviation;
    now.middle = middle;
    now.upper = middle + distance;
    now.lower = middle - distance;
    now.percentB = (value - now.lower) / (now.upper - now.lower);
    now.zScore = (value - middle) / deviation;
    now.width = (now.upper - now.lower) / middle;
    return now;
  }
}

export const bollingerSpec = (
  period = 20,
  deviations = 2,
  field: PriceField = 'close',
): IndicatorSpec<BollingerOutput> =>
  fieldLinesSpec(
    'bollinger',
    field,
    [period, deviations],
    BOLLINGER_OUTPUTS,
    (values) => bollinger(values, period, deviations),
    () => new IncrementalBollinger(period, deviations),
  );
