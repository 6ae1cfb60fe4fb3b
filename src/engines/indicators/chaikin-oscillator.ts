import { IncrementalAdl } from './adl.js';
import { IncrementalEma } from './ema.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';

/**
 * Chaikin oscillator: fast EMA less slow EMA of the accumulation/distribution line, in units of the instrument. The averages
 * are seeded with simple averages (TA-Lib and tulip seed them with the first value).
 * @param highs, lows, closes, volumes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `slowPeriod` - 1
 * @throws RangeError for columns of different lengths, a period that is not a whole number >= 1, and unless fast < slow
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function chaikinOscillator(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  volumes: Float64Array,
  fastPeriod = 3,
  slowPeriod = 10,
): Float64Array {
  assertSameLength(highs, lows, closes, volumes);
  const out = new Float64Array(volumes.length);
  const indicator = new IncrementalChaikinOscillator(fastPeriod, slowPeriod);
  for (let i = 0; i < volumes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number, volumes[i] as number);
  }
  return out;
}

/** Incremental {@link chaikinOscillator}. */
export class IncrementalChaikinOscillator {
  private readonly line = new IncrementalAdl();
  private readonly fast: IncrementalEma;
  private readonly slow: IncrementalEma;

  /** @throws RangeError for a period that is not a whole number >= 1, and unless fast < slow */
  constructor(fastPeriod = 3, slowPeriod = 10) {
    this.fast = new IncrementalEma(fastPeriod);
    this.slow = new IncrementalEma(slowPeriod);
    if (fastPeriod >= slowPeriod) {
      throw new RangeError(`The Chaikin oscillator needs fast < slow, not ${fastPeriod} and ${slowPeriod}`);
    }
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number, volume: number): number {
    const line = this.line.update(high, low, close, volume);
    return this.fast.update(line) - this.slow.update(line);
  }
}

export const chaikinOscillatorSpec = (fastPeriod = 3, slowPeriod = 10): IndicatorSpec<'value'> =>
  barSpec(
    'chaikinOscillator',
    [fastPeriod, slowPeriod],
    ({ highs, lows, closes, volumes }) => chaikinOscillator(highs, lows, closes, volumes, fastPeriod, slowPeriod),
    () => {
      const indicator = new IncrementalChaikinOscillator(fastPeriod, slowPeriod);
      return (bar) => indicator.update(bar.high, bar.low, bar.close, bar.volume);
    },
  );
