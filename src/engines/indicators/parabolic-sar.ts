import type { IndicatorSpec } from './indicator-spec.js';
import { barLinesSpec } from './make-spec.js';
import { assertPositive, assertSameLength } from './period.js';

const PARABOLIC_SAR_OUTPUTS = ['sar', 'trend'] as const;
export type ParabolicSarOutput = (typeof PARABOLIC_SAR_OUTPUTS)[number];

/**
 * Parabolic stop and reverse of Wilder: `sar` in price units and the `trend` it stands against, 1 rising or -1 falling.
 *
 * The first trend is a guess (rising), so there is no value up to and including the first reversal, as in
 * Stock.Indicators; TA-Lib guesses by the first two bars and shows values from the second.
 * @param highs, lows columns of the same bars, oldest first
 * @param step by which the acceleration begins and grows with each new extreme, up to `maximum`
 * @returns columns, NaN up to the first reversal
 * @throws RangeError for columns of different lengths, step <= 0 or maximum < step
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function parabolicSar(
  highs: Float64Array,
  lows: Float64Array,
  step = 0.02,
  maximum = 0.2,
): Record<ParabolicSarOutput, Float64Array> {
  assertSameLength(highs, lows);
  const columns = { sar: new Float64Array(highs.length), trend: new Float64Array(highs.length) };
  const indicator = new IncrementalParabolicSar(step, maximum);
  for (let i = 0; i < highs.length; i += 1) {
    const now = indicator.update(highs[i] as number, lows[i] as number);
    columns.sar[i] = now.sar;
    columns.trend[i] = now.trend;
  }
  return columns;
}

/** Incremental {@link parabolicSar}. */
export class IncrementalParabolicSar implements Readonly<Record<ParabolicSarOutput, number>> {
  sar = NaN;
  trend = NaN;
  private readonly step: number;
  private readonly maximum: number;
  private count = 0;
  private hasReversed = false;
  private side = 1;
  private acceleration: number;
  private extreme = NaN;
  private stop = NaN;
  private previousHigh = NaN;
  private previousLow = NaN;
  private highBefore = NaN;
  private lowBefore = NaN;

  /** @throws RangeError for step <= 0 or maximum < step. */
  constructor(step = 0.02, maximum = 0.2) {
    assertPositive('step', step);
    assertPositive('maximum', maximum);
    if (maximum < step) throw new RangeError(`maximum must not be below step, as are ${maximum} and ${step}`);
    this.step = step;
    this.maximum = maximum;
    this.acceleration = step;
  }

  /** @returns the values after this bar. */
  update(high: number, low: number): Readonly<Record<ParabolicSarOutput, number>> {
    if (this.count === 0) {
      this.extreme = high;
      this.stop = low;
    } else {
      const reversed = this.move(high, low);
      if (this.hasReversed) {
        this.sar = this.stop;
        this.trend = this.side;
      }
      this.hasReversed ||= reversed;
    }
    this.count += 1;
    this.highBefore = this.previousHigh;
    this.lowBefore = this.previousLow;
    this.previousHigh = high;
    this.previousLow = low;
    return this;
  }

  /** @returns true when the trend reversed. */
  private move(high: number, low: number): boolean {
    let sar = this.stop + this.acceleration * (this.extreme - this.stop);
    // The stop never stands inside the two bars before.
    if (this.count >= 2) {
      sar =
        this.side > 0
          ? Math.min(sar, this.previousLow, this.lowBefore)
          : Math.max(sar, this.previousHigh, this.highBefore);
    }
    if (this.side > 0 ? low < sar : high > sar) {
      this.stop = this.extreme;
      this.extreme = this.side > 0 ? low : high;
      this.side = -this.side;
      this.acceleration = this.step;
      return true;
    }
    this.stop = sar;
    if (this.side > 0 ? high > this.extreme : low < this.extreme) {
      this.extreme = this.side > 0 ? high : low;
      this.acceleration = Math.min(this.acceleration + this.step, this.maximum);
    }
    return false;
  }
}

export const parabolicSarSpec = (step = 0.02, maximum = 0.2): IndicatorSpec<ParabolicSarOutput> =>
  barLinesSpec(
    'parabolicSar',
    [step, maximum],
    PARABOLIC_SAR_OUTPUTS,
    ({ highs, lows }) => parabolicSar(highs, lows, step, maximum),
    () => {
      const indicator = new IncrementalParabolicSar(step, maximum);
      return (bar) => indicator.update(bar.high, bar.low);
    },
  );
