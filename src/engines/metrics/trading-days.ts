import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { DAY_MS } from './calendar-months.js';

/** Sessions a year of the US exchanges. */
const SESSIONS_PER_YEAR = 252;
/** Crypto trades every day. */
const CRYPTO_DAYS_PER_YEAR = 365;

/**
 * Where a session's day begins, after midnight UTC. US equities are traded from 04:00 to 20:00 in New York, which is
 * 08:00 to 01:00 UTC over summer and winter: 04:00 UTC lies outside in both, so one boundary serves the whole year.
 */
const US_EQUITY_DAY_START_MS = 4 * 3_600_000;

/** Days a year of a calendar, for annualization: 252 sessions, 365 for crypto. */
export const periodsPerYear = (calendar: Instrument['calendar']): number =>
  calendar === 'crypto' ? CRYPTO_DAYS_PER_YEAR : SESSIONS_PER_YEAR;

/**
 * Offset of the day boundary from midnight UTC, in milliseconds. Crypto's day is UTC's; a daily bar belongs to the date
 * that it is stamped with, whatever the calendar.
 */
export const dayStartMs = (calendar: Instrument['calendar'], timeframe: Timeframe): number =>
  calendar === 'us-equity' && timeframeMs(timeframe) < DAY_MS ? US_EQUITY_DAY_START_MS : 0;

/**
 * Index of the last instant of each day, ascending.
 * @param times instants, epoch milliseconds, ascending
 * @param startMs offset of the day boundary from midnight UTC
 */
export function lastInstantOfDays(times: Float64Array, startMs: number): Int32Array {
  const count = times.length;
  const first = times[0];
  if (first === undefined) return new Int32Array();
  const days = Math.floor(((times[count - 1] as number) - startMs) / DAY_MS) - Math.floor((first - startMs) / DAY_MS);
  const ends = new Int32Array(Math.min(count, days + 1));
  let found = 0;
  let boundary = (Math.floor((first - startMs) / DAY_MS) + 1) * DAY_MS + startMs;
  for (let i = 1; i < count; i += 1) {
    const time = times[i] as number;
    if (time < boundary) continue;
    ends[found] = i - 1;
    found += 1;
    boundary = (Math.floor((time - startMs) / DAY_MS) + 1) * DAY_MS + startMs;
  }
  ends[found] = count - 1;
  return ends.subarray(0, found + 1);
}
