import type { DataSource } from './instrument.js';
import { err, ok, type Result } from './result.js';
import { timeframeMs, type Timeframe } from './timeframe.js';

/** RAW: as traded. SPLIT: earlier prices divided by later splits. */
export type Adjustment = 'RAW' | 'SPLIT';

/** One OHLCV bar. Times are epoch milliseconds UTC; prices in the quote currency; volume in units of the instrument. */
export interface Bar {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time. */
  readonly timestamp: number;
  /** The bar is visible from here on, never before. */
  readonly closeTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Volume weighted average price where the source gives one. */
  readonly vwap: number | null;
  readonly adjustment: Adjustment;
  readonly source: DataSource;
}

/**
 * Up to which ex-date splits are in a bar's prices. As traded: up to its day. A source that is asked as time goes by adjusts for
 * all splits until it is asked; of what was adjusted in one go for good, none is left to be booked.
 * @param storedAt when the bar was stored first, epoch milliseconds UTC
 */
export function pricedAt(
  {
    adjustment,
    source,
    timestamp,
  }: { readonly adjustment: string; readonly source: string; readonly timestamp: number },
  storedAt: number,
): number {
  if (adjustment === 'RAW') return timestamp;
  return source === 'yahoo' ? Math.max(timestamp, storedAt) : Infinity;
}

/** A stored bar: revision 0 is the first version, each correction adds one. */
export interface StoredBar extends Bar {
  readonly revision: number;
}

export const BAR_REFUSALS = [
  'NOT_FINITE',
  'PRICE_NOT_POSITIVE',
  'HIGH_BELOW_LOW',
  'OPEN_OUT_OF_RANGE',
  'CLOSE_OUT_OF_RANGE',
  'NEGATIVE_VOLUME',
  'IN_THE_FUTURE',
  'STILL_FORMING',
  'TIMESTAMP_OFF_GRID',
] as const;
export type BarRefusal = (typeof BAR_REFUSALS)[number];

export interface RefusedBar {
  readonly code: BarRefusal;
  /** Names the field, the value and the limit. */
  readonly message: string;
}

/** RFC 3339; a time beyond what a date can hold stays a number. */
const timeText = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time));
const refuse = (code: BarRefusal, message: string) => err({ code, message });

/**
 * Checks a bar against what every bar must be. `nowMs` is the market clock's time: a bar that opens after it is in the
 * future, one that closes after it is still forming. Nothing is repaired.
 */
export function checkBar(bar: Bar, nowMs: number): Result<Bar, RefusedBar> {
  for (const field of ['timestamp', 'closeTime', 'open', 'high', 'low', 'close', 'volume'] as const) {
    if (!Number.isFinite(bar[field])) return refuse('NOT_FINITE', `${field}: ${bar[field]} is not a finite number`);
  }
  if (bar.vwap !== null && !Number.isFinite(bar.vwap)) {
    return refuse('NOT_FINITE', `vwap: ${bar.vwap} is not a finite number`);
  }
  for (const field of ['open', 'high', 'low', 'close'] as const) {
    if (bar[field] <= 0) return refuse('PRICE_NOT_POSITIVE', `${field}: ${bar[field]} must be above 0`);
  }
  if (bar.high < bar.low) return refuse('HIGH_BELOW_LOW', `high: ${bar.high} is below low ${bar.low}`);
  if (bar.open < bar.low || bar.open > bar.high) {
    return refuse('OPEN_OUT_OF_RANGE', `open: ${bar.open} is not within low ${bar.low} and high ${bar.high}`);
  }
  if (bar.close < bar.low || bar.close > bar.high) {
    return refuse('CLOSE_OUT_OF_RANGE', `close: ${bar.close} is not within low ${bar.low} and high ${bar.high}`);
  }
  if (bar.volume < 0) return refuse('NEGATIVE_VOLUME', `volume: ${bar.volume} must not be negative`);
  const length = timeframeMs(bar.timeframe);
  if (length < timeframeMs('ONE_DAY') && bar.timestamp % length !== 0) {
    return refuse('TIMESTAMP_OFF_GRID', `timestamp: ${bar.timestamp} is not a multiple of ${length} ms`);
  }
  if (bar.timestamp > nowMs)
    return refuse('IN_THE_FUTURE', `timestamp: ${timeText(bar.timestamp)} is after now (${timeText(nowMs)})`);
  if (bar.closeTime > nowMs)
    return refuse('STILL_FORMING', `closeTime: ${timeText(bar.closeTime)} is after now (${timeText(nowMs)})`);
  return ok(bar);
}

/** True when two versions of a bar say the same: a repeat changes nothing. */
export function sameBar(a: Bar, b: Bar): boolean {
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    a.volume === b.volume &&
    a.vwap === b.vwap &&
    a.closeTime === b.closeTime &&
    a.adjustment === b.adjustment
  );
}

/** Columns of equal length, oldest first: the shape that engines and charts read. */
export interface BarSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open times, epoch milliseconds UTC. */
  readonly timestamps: Float64Array;
  readonly opens: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly closes: Float64Array;
  readonly volumes: Float64Array;
}
