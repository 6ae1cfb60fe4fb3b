import type { BarSeries } from '../../domain/bar.js';

/**
 * The bars of `series` from index `start` to before `end`, as views on the same memory: nothing is copied.
 * @param start, end whole numbers, 0 <= start <= end <= length
 */
export function barWindow(series: BarSeries, start: number, end: number): BarSeries {
  return {
    symbol: series.symbol,
    timeframe: series.timeframe,
    timestamps: series.timestamps.subarray(start, end),
    opens: series.opens.subarray(start, end),
    highs: series.highs.subarray(start, end),
    lows: series.lows.subarray(start, end),
    closes: series.closes.subarray(start, end),
    volumes: series.volumes.subarray(start, end),
  };
}

/** The last `count` bars of a series, or all of them when it has fewer. */
export function lastBarsOf(series: BarSeries, count: number): BarSeries {
  const length = series.timestamps.length;
  return barWindow(series, Math.max(0, length - count), length);
}

/** Index of the bar that opens at `timestamp`, or -1; timestamps are ascending. */
export function indexOfBar(series: BarSeries, timestamp: number): number {
  let low = 0;
  let high = series.timestamps.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = series.timestamps[middle] as number;
    if (value === timestamp) return middle;
    if (value < timestamp) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
