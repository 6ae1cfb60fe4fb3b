import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { medianPrice } from './price-field.js';
import { IncrementalSma } from './sma.js';

/**
 * Awesome oscillator of Bill Williams: fast less slow simple average of the middle of the bars, in price units.
 * @param highs, lows columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `slowPeriod` - 1
 * @throws RangeError for columns of different lengths, a period that is not a whole number >= 1, and unless fast < slow
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function awesomeOscillator(
  highs: Float64Array,
  lows: Float64Array,
  fastPeriod = 5,
  slowPeriod = 34,
): Float64Array {
  assertSameLength(highs, lows);
  const out = new Float64Array(lows.length);
  const indicator = new IncrementalAwesomeOscillator(fastPeriod, slowPeriod);
  for (let i = 0; i < lows.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number);
  }
  return out;
}

/** Incremental {@link awesomeOscillator}. */
export class IncrementalAwesomeOscillator {
  private readonly fast: IncrementalSma;
  private readonly slow: IncrementalSma;

  /** @throws RangeError for a period that is not a whole number >= 1, and unless fast < slow */
  constructor(fastPeriod = 5, slowPeriod = 34) {
    this.fast = new IncrementalSma(fastPeriod);
    this.slow = new IncrementalSma(slowPeriod);
    if (fastPeriod >= slowPeriod) {
      throw new RangeError(`The awesome oscillator needs fast < slow, not ${fastPeriod} and ${slowPeriod}`);
    }
  }

  /** @returns the value after this bar. */
  update(high: number, low: number): number {
    const middle = medianPrice(high, low);
    return this.fast.update(middle) - this.slow.update(middle);
  }
}

export const awesomeOscillatorSpec = (fastPeriod = 5, slowPeriod = 34): IndicatorSpec<'value'> =>
  barSpec(
    'awesomeOscillator',
    [fastPeriod, slowPeriod],
    ({ highs, lows }) => awesomeOscillator(highs, lows, fastPeriod, slowPeriod),
    () => {
      const indicator = new IncrementalAwesomeOscillator(fastPeriod, slowPeriod);
      return (bar) => indicator.update(bar.high, bar.low);
    },
  );
