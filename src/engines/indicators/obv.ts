import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { CompensatedSum } from './windows/compensated-sum.js';

/**
 * On-balance volume: the sum of the volumes of bars that closed higher less those that closed lower, from 0 at the first
 * bar (TA-Lib starts with the first bar's volume, and so lies that much higher).
 * @param closes, volumes columns of the same bars, oldest first
 * @returns Float64Array of the same length, in units of the instrument
 * @throws RangeError for columns of different lengths
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function obv(closes: Float64Array, volumes: Float64Array): Float64Array {
  assertSameLength(closes, volumes);
  const out = new Float64Array(volumes.length);
  const indicator = new IncrementalObv();
  for (let i = 0; i < volumes.length; i += 1) {
    out[i] = indicator.update(closes[i] as number, volumes[i] as number);
  }
  return out;
}

/** Incremental {@link obv}. */
export class IncrementalObv {
  private readonly balance = new CompensatedSum();
  private previousClose = NaN;

  /** @returns the value after this bar. */
  update(close: number, volume: number): number {
    const direction = Math.sign(close - this.previousClose);
    this.previousClose = close;
    return this.balance.add(Number.isNaN(direction) ? 0 : direction * volume);
  }
}

export const obvSpec = (): IndicatorSpec<'value'> =>
  barSpec(
    'obv',
    [],
    ({ closes, volumes }) => obv(closes, volumes),
    () => {
      const indicator = new IncrementalObv();
      return (bar) => indicator.update(bar.close, bar.volume);
    },
  );
