import type { IndicatorSpec } from './indicator-spec.js';
import { fieldLinesSpec } from './make-spec.js';
import { assertPeriod } from './period.js';
import type { PriceField } from './price-field.js';
import { WindowTrend } from './windows/window-trend.js';
import { WindowVariance } from './windows/window-variance.js';

const LINEAR_REGRESSION_OUTPUTS = ['slope', 'intercept', 'end', 'rSquared'] as const;
export type LinearRegressionOutput = (typeof LINEAR_REGRESSION_OUTPUTS)[number];

/**
 * Least-squares line through the last `period` values: its `slope` per bar, its value at the oldest (`intercept`) and at
 * the current bar (`end`), in the values' unit, and the share of the variance it explains (NaN for a flat window).
 *
 * Stock.Indicators counts the intercept's bars from the start of the series: intercept - slope x (index - period + 2).
 * @param values oldest first; NaN before the first number is passed over, later values must be finite
 * @param period bars, 2 at least
 * @returns columns, NaN before the `period`-th number
 * @throws RangeError for a period that is not a whole number >= 2
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function linearRegression(values: Float64Array, period: number): Record<LinearRegressionOutput, Float64Array> {
  const columns = {
    slope: new Float64Array(values.length),
    intercept: new Float64Array(values.length),
    end: new Float64Array(values.length),
    rSquared: new Float64Array(values.length),
  };
  const indicator = new IncrementalLinearRegression(period);
  for (let i = 0; i < values.length; i += 1) {
    const now = indicator.update(values[i] as number);
    columns.slope[i] = now.slope;
    columns.intercept[i] = now.intercept;
    columns.end[i] = now.end;
    columns.rSquared[i] = now.rSquared;
  }
  return columns;
}

/** Incremental {@link linearRegression}. */
export class IncrementalLinearRegression implements Readonly<Record<LinearRegressionOutput, number>> {
  slope = NaN;
  intercept = NaN;
  end = NaN;
  rSquared = NaN;
  private readonly period: number;
  private readonly trend: WindowTrend;
  private readonly variance: WindowVariance;

  /** @throws RangeError for a period that is not a whole number >= 2. */
  constructor(period: number) {
    assertPeriod(period, 2);
    this.period = period;
    this.trend = new WindowTrend(period);
    this.variance = new WindowVariance(period);
  }

  /** @returns the values after this one. */
  update(value: number): Readonly<Record<LinearRegressionOutput, number>> {
    const { period, trend } = this;
    const variance = this.variance.update(value);
    if (!trend.update(value)) return this;
    const halfWay = (period - 1) / 2;
    const barVariance = (period * period - 1) / 12;
    const mean = trend.anchor + trend.sum / period;
    this.slope = (trend.weightedSum - ((period + 1) / 2) * trend.sum) / (period * barVariance);
    this.intercept = mean - this.slope * halfWay;
    this.end = mean + this.slope * halfWay;
    this.rSquared = variance > 0 ? Math.min(1, (this.slope * this.slope * barVariance) / variance) : NaN;
    return this;
  }
}

export const linearRegressionSpec = (
  period: number,
  field: PriceField = 'close',
): IndicatorSpec<LinearRegressionOutput> =>
  fieldLinesSpec(
    'linearRegression',
    field,
    [period],
    LINEAR_REGRESSION_OUTPUTS,
    (values) => linearRegression(values, period),
    () => new IncrementalLinearRegression(period),
  );
