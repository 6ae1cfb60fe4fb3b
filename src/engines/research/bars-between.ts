import type { BarSeries } from '../../domain/bar.js';
import type { SimulationBars } from '../backtest/simulation.js';

/** The bars that have closed by a time, as if history had ended there. @param closeTimesOf of each bar of a series */
export const barsUntil = (
  bars: SimulationBars,
  time: number,
  closeTimesOf: (series: BarSeries) => Float64Array,
): SimulationBars => ({
  ...bars,
  series: bars.series.map((series) => cut(series, 0, countUntil(closeTimesOf(series), time))),
});

/**
 * The bars of a stretch, with `warmUpBars` bars of each symbol before it that trade nothing.
 * @param from open time of the first bar that trades
 * @param to open time of the last one
 */
export const barsBetween = (bars: SimulationBars, from: number, to: number, warmUpBars: number): SimulationBars => ({
  ...bars,
  tradeFrom: from,
  series: bars.series.map((series) => {
    const first = countBefore(series.timestamps, from);
    return cut(series, Math.max(0, first - warmUpBars), countUntil(series.timestamps, to));
  }),
});

/** Views, not copies: a strategy sees the length of what it is given, and no more. */
const cut = (series: BarSeries, from: number, to: number): BarSeries => ({
  symbol: series.symbol,
  timeframe: series.timeframe,
  timestamps: series.timestamps.subarray(from, to),
  opens: series.opens.subarray(from, to),
  highs: series.highs.subarray(from, to),
  lows: series.lows.subarray(from, to),
  closes: series.closes.subarray(from, to),
  volumes: series.volumes.subarray(from, to),
});

/** How many of ascending times are at or before a time. */
export function countUntil(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of ascending times are before a time. */
export function countBefore(times: Float64Array, time: number): number {
  let count = countUntil(times, time);
  while (count > 0 && times[count - 1] === time) count -= 1;
  return count;
}
