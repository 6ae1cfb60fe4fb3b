import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Ultimate oscillator of Larry Williams in [0, 100]: buying pressure (close less true low) over true range, summed over
 * three periods and weighted 4, 2 and 1. NaN where a period has no range.
 * @param highs, lows, closes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index max of the periods
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function ultimateOscillator(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  shortPeriod = 7,
  middlePeriod = 14,
  longPeriod = 28,
): Float64Array {
  assertSameLength(highs, lows, closes);
  const out = new Float64Array(closes.length);
  const indicator = new IncrementalUltimateOscillator(shortPeriod, middlePeriod, longPeriod);
  for (let i = 0; i < closes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number);
  }
  return out;
}

/** Incremental {@link ultimateOscillator}. */
export class IncrementalUltimateOscillator {
  private readonly pressures: readonly WindowSum[];
  private readonly ranges: readonly WindowSum[];
  private previousClose = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(shortPeriod = 7, middlePeriod = 14, longPeriod = 28) {
    const periods = [shortPeriod, middlePeriod, longPeriod];
    this.pressures = periods.map((period) => new WindowSum(period));
    this.ranges = periods.map((period) => new WindowSum(period));
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number): number {
    const trueLow = Math.min(low, this.previousClose);
    const range = Math.max(high, this.previousClose) - trueLow;
    const pressure = close - trueLow;
    this.previousClose = close;
    let weighted = 0;
    for (let k = 0; k < WEIGHTS.length; k += 1) {
      const share = (this.pressures[k] as WindowSum).update(pressure) / (this.ranges[k] as WindowSum).update(range);
      weighted += (WEIGHTS[k] as number) * share;
    }
    return (100 * weighted) / 7;
  }
}

/** Of the short, middle and long period; they add up to 7. */
const WEIGHTS = [4, 2, 1] as const;

export const ultimateOscillatorSpec = (shortPeriod = 7, middlePeriod = 14, longPeriod = 28): IndicatorSpec<'value'> =>
  barSpec(
    'ultimateOscillator',
    [shortPeriod, middlePeriod, longPeriod],
    ({ highs, lows, closes }) => ultimateOscillator(highs, lows, closes, shortPeriod, middlePeriod, longPeriod),
    () => {
      const indicator = new IncrementalUltimateOscillator(shortPeriod, middlePeriod, longPeriod);
      return (bar) => indicator.update(bar.high, bar.low, bar.close);
    },
  );
