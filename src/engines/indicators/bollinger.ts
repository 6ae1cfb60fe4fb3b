import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import { assertPositive } from './period.js';
import type { PriceField } from './price-field.js';
import { WindowVariance, windowVariances } from './windows/window-variance.js';

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
  assertPositive('deviations', deviations);
  const { means, variances } = windowVariances(values, period);
  const columns = {
    upper: new Float64Array(values.length),
    middle: means,
    lower: new Float64Array(values.length),
    percentB: new Float64Array(values.length),
    zScore: new Float64Array(values.length),
    width: new Float64Array(values.length),
  };
  const { upper, lower, percentB, zScore, width } = columns;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    const middle = means[i] as number;
    const deviation = Math.sqrt(variances[i] as number);
    const above = middle + deviations * deviation;
    const below = middle - deviations * deviation;
    upper[i] = above;
    lower[i] = below;
    percentB[i] = (value - below) / (above - below);
    zScore[i] = (value - middle) / deviation;
    width[i] = (above - below) / middle;
  }
  return columns;
}

/** Incremental {@link bollinger}. */
export class IncrementalBollinger implements Readonly<Record<BollingerOutput, number>> {
  upper = NaN;
  middle = NaN;
  lower = NaN;
  percentB = NaN;
  zScore = NaN;
  width = NaN;
  private readonly window: WindowVariance;
  private readonly deviations: number;

  /** @throws RangeError for a period that is not a whole number >= 1 or deviations <= 0. */
  constructor(period = 20, deviations = 2) {
    this.window = new WindowVariance(period);
    assertPositive('deviations', deviations);
    this.deviations = deviations;
  }

  /** @returns the values after this one. */
  update(value: number): Readonly<Record<BollingerOutput, number>> {
    const { window } = this;
    const deviation = Math.sqrt(window.update(value));
    const middle = window.mean;
    const distance = this.deviations * deviation;
    this.middle = middle;
    this.upper = middle + distance;
    this.lower = middle - distance;
    this.percentB = (value - this.lower) / (this.upper - this.lower);
    this.zScore = (value - middle) / deviation;
    this.width = (this.upper - this.lower) / middle;
    return this;
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
