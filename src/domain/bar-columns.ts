import type { BarSeries } from './bar.js';
import type { Timeframe } from './timeframe.js';

/** The columns of a BarSeries in the order in which they lie in memory, in files and in hashes. */
export const BAR_SERIES_COLUMNS = ['timestamps', 'opens', 'highs', 'lows', 'closes', 'volumes'] as const;

/** A series whose six columns lie one after the other in `buffer` from `byteOffset` on (a multiple of 8), each `length` long. */
export function barSeriesIn(
  buffer: ArrayBuffer,
  byteOffset: number,
  length: number,
  symbol: string,
  timeframe: Timeframe,
): BarSeries {
  const column = (index: number) => new Float64Array(buffer, byteOffset + index * length * 8, length);
  const [timestamps, opens, highs, lows, closes, volumes] = [0, 1, 2, 3, 4, 5].map(column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { symbol, timeframe, timestamps, opens, highs, lows, closes, volumes };
}

/** A series of `length` bars that are all 0, in one buffer, and its columns in order. */
export function barColumns(
  symbol: string,
  timeframe: Timeframe,
  length: number,
): { readonly series: BarSeries; readonly columns: readonly Float64Array[] } {
  const series = barSeriesIn(new ArrayBuffer(length * 48), 0, length, symbol, timeframe);
  return { series, columns: BAR_SERIES_COLUMNS.map((name) => series[name]) };
}
