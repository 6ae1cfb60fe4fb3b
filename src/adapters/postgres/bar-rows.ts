import type { Bar, BarSeries } from '../../domain/bar.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { CopyWriter } from './copy-format.js';

/** The columns of a bar as it comes in, in the order in which both the unnest and the COPY path give them. */
export const BAR_COLUMNS =
  'symbol, timeframe, "timestamp", close_time, open, high, low, close, volume, vwap, adjustment, source';
const BAR_COLUMN_COUNT = 12;
/** What a row takes on the wire, roughly: the fixed parts and short names. */
const BYTES_A_ROW = 180;

const isAfter = (a: Bar, b: Bar): boolean =>
  a.symbol === b.symbol && a.timeframe === b.timeframe && a.timestamp > b.timestamp;

function compareBars(a: Bar, b: Bar): number {
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1;
  if (a.timeframe !== b.timeframe) return a.timeframe < b.timeframe ? -1 : 1;
  return a.timestamp - b.timestamp;
}

/**
 * Bars sorted by key, one a key: of several, the last one given, which is the source's latest word. One order for all
 * writers, so that two of them cannot wait for each other's rows.
 */
export function latestOfEachKey(bars: readonly Bar[]): readonly Bar[] {
  const ascending = bars.every((bar, index) => {
    const previous = bars[index - 1];
    return previous === undefined || isAfter(bar, previous);
  });
  if (ascending) return bars;
  const sorted = bars.toSorted(compareBars);
  return sorted.filter((bar, index) => {
    const next = sorted[index + 1];
    return next === undefined || compareBars(bar, next) !== 0;
  });
}

/** Bars as rows of PostgreSQL's binary COPY, columns as in BAR_COLUMNS. */
export function encodeBars(bars: readonly Bar[]): Buffer {
  const writer = new CopyWriter(bars.length * BYTES_A_ROW);
  for (const bar of bars) {
    writer.row(BAR_COLUMN_COUNT);
    writer.text(bar.symbol);
    writer.text(bar.timeframe);
    writer.timestamptz(bar.timestamp);
    writer.timestamptz(bar.closeTime);
    writer.float8(bar.open);
    writer.float8(bar.high);
    writer.float8(bar.low);
    writer.float8(bar.close);
    writer.float8(bar.volume);
    writer.float8(bar.vwap);
    writer.text(bar.adjustment);
    writer.text(bar.source);
  }
  return writer.finish();
}

const iso = (time: number): string => new Date(time).toISOString();

/** Bars as the parameters of UNNEST_BARS. */
export function barArrays(bars: readonly Bar[]): unknown[] {
  return [
    bars.map((bar) => bar.symbol),
    bars.map((bar) => bar.timeframe),
    bars.map((bar) => iso(bar.timestamp)),
    bars.map((bar) => iso(bar.closeTime)),
    bars.map((bar) => bar.open),
    bars.map((bar) => bar.high),
    bars.map((bar) => bar.low),
    bars.map((bar) => bar.close),
    bars.map((bar) => bar.volume),
    bars.map((bar) => bar.vwap),
    bars.map((bar) => bar.adjustment),
    bars.map((bar) => bar.source),
  ];
}

export const UNNEST_BARS = `SELECT * FROM unnest(
  $1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::float8[], $6::float8[], $7::float8[],
  $8::float8[], $9::float8[], $10::float8[], $11::text[], $12::text[])`;

const EMPTY = new Float64Array(0);

/** Columns in the order timestamp, open, high, low, close, volume. */
export function toSeries(symbol: string, timeframe: Timeframe, columns: readonly Float64Array[]): BarSeries {
  const [timestamps = EMPTY, opens = EMPTY, highs = EMPTY, lows = EMPTY, closes = EMPTY, volumes = EMPTY] = columns;
  return { symbol, timeframe, timestamps, opens, highs, lows, closes, volumes };
}
