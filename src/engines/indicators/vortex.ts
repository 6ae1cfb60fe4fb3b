import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { trueRange } from './true-range.js';
import { WindowSum } from './windows/window-sum.js';

const VORTEX_OUTPUTS = ['plus', 'minus'] as const;
export type VortexOutput = (typeof VORTEX_OUTPUTS)[number];

/**
 * Vortex indicator: the upward (|high - previous low|) and downward (|low - previous high|) movement of `period` bars over
 * their true ranges, about 1 each; `plus` above `minus` is an upward trend. NaN where nothing moved.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns columns, from index `period`
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function vortex(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 14,
): Record<VortexOutput, Float64Array> {
  assertSameLength(highs, lows, closes);
  const columns = { plus: new Float64Array(closes.length), minus: new Float64Array(closes.length) };
  const indicator = new IncrementalVortex(period);
  for (let i = 0; i < closes.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
    columns.plus[i] = now.plus;
    columns.minus[i] = now.minus;
  }
  return columns;
}

/** Incremental {@link vortex}. */
export class IncrementalVortex implements Readonly<Record<VortexOutput, number>> {
  plus = NaN;
  minus = NaN;
  private readonly upward: WindowSum;
  private readonly downward: WindowSum;
  private readonly range: WindowSum;
  private previousHigh = NaN;
  private previousLow = NaN;
  private previousClose = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(period = 14) {
    this.upward = new WindowSum(period);
    this.downward = new WindowSum(period);
    this.range = new WindowSum(period);
  }

  /** @returns the values after this bar. */
  update(high: number, low: number, close: number): Readonly<Record<VortexOutput, number>> {
    const range = this.range.update(trueRange(high, low, this.previousClose));
    this.plus = this.upward.update(Math.abs(high - this.previousLow)) / range;
    this.minus = this.downward.update(Math.abs(low - this.previousHigh)) / range;
    this.previousHigh = high;
    this.previousLow = low;
    this.previousClose = close;
    return this;
  }
}

export const vortexSpec = (period = 14): IndicatorSpec<VortexOutput> =>
  barLinesSpec(
    'vortex',
    [period],
    VORTEX_OUTPUTS,
    ({ highs, lows, closes }) => vortex(highs, lows, closes, period),
    () => {
      const indicator = new IncrementalVortex(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
