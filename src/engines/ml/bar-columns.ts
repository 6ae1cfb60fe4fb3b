import type { BarSeries } from '../../domain/bar.js';
import { assertSameLength } from '../indicators/period.js';

/** The columns the engines read of validated bars, oldest first: finite, low <= open, close <= high, low > 0, volume >= 0. */
export type BarColumns = Pick<BarSeries, 'timestamps' | 'opens' | 'highs' | 'lows' | 'closes' | 'volumes'>;

/**
 * Refuses columns of which a feature would be NaN or infinite.
 * @throws RangeError for columns of different lengths, times that do not rise, prices not above 0, high < low,
 *   a close outside of its bar, a negative volume, NaN or Infinity; it names the first bad bar
 */
export function assertBarColumns(bars: BarColumns): void {
  const { timestamps, opens, highs, lows, closes, volumes } = bars;
  assertSameLength(timestamps, opens, highs, lows, closes, volumes);
  for (let i = 0; i < timestamps.length; i += 1) {
    const low = lows[i] as number;
    const high = highs[i] as number;
    const isInside = (price: number): boolean => price >= low && price <= high;
    const isRising = i === 0 || (timestamps[i] as number) > (timestamps[i - 1] as number);
    const isSound =
      Number.isFinite(timestamps[i]) &&
      isRising &&
      low > 0 &&
      high < Infinity &&
      isInside(opens[i] as number) &&
      isInside(closes[i] as number) &&
      (volumes[i] as number) >= 0 &&
      (volumes[i] as number) < Infinity;
    if (!isSound) throw new RangeError(`Bar ${i} of ${timestamps.length} is not a valid bar after the one before it`);
  }
}
