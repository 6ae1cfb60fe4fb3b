import { isUsEquityEarlyClose, usEquityHoliday } from './us-equity-holidays.js';

/** Session of the US exchanges, in minutes of New York's day: 09:30 to 16:00, or to 13:00 around some holidays. */
const OPEN_MINUTE = 9 * 60 + 30;
const CLOSE_MINUTE = 16 * 60;
const EARLY_CLOSE_MINUTE = 13 * 60;
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

const newYorkParts = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** New York's wall time at an instant, written as if it were UTC; epoch milliseconds, whole minutes. */
function newYorkWallTime(time: number): number {
  const parts = Object.fromEntries(newYorkParts.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

/**
 * The instant at which New York's clocks show a wall time (given as if it were UTC; epoch milliseconds). In the hour
 * that is skipped or repeated when clocks change, which no session touches, one of the two.
 */
export function newYorkInstant(wallTime: number): number {
  const winter = wallTime + 5 * 60 * MINUTE_MS;
  return winter - (newYorkWallTime(winter) - Math.floor(wallTime / MINUTE_MS) * MINUTE_MS);
}

/**
 * Open and close of the session on a calendar date; `date` is any instant of that date in UTC. Of a date without a session,
 * those that it would have. Epoch milliseconds.
 */
export function usEquitySession(date: number): { readonly open: number; readonly close: number } {
  const midnight = Math.floor(date / DAY_MS) * DAY_MS;
  const open = newYorkInstant(midnight + OPEN_MINUTE * MINUTE_MS);
  return { open, close: open + usEquitySessionMs(midnight) };
}

/** Length of the session on a calendar date, in milliseconds; `date` as for usEquitySession. Clocks never change within one. */
export const usEquitySessionMs = (date: number): number =>
  ((isUsEquityEarlyClose(date) ? EARLY_CLOSE_MINUTE : CLOSE_MINUTE) - OPEN_MINUTE) * MINUTE_MS;

/** True when the exchanges hold a session on a calendar date; `date` as for usEquitySession. */
export function isUsEquitySessionDay(date: number): boolean {
  const weekday = new Date(date).getUTCDay();
  return weekday !== 0 && weekday !== 6 && usEquityHoliday(date) === null;
}

/** True from a session's open until `graceMs` after its close; never on weekends and holidays. */
export function isUsEquitySession(time: number, graceMs: number): boolean {
  const wallTime = newYorkWallTime(time);
  if (!isUsEquitySessionDay(wallTime)) return false;
  const { open, close } = usEquitySession(wallTime);
  return time >= open && time < close + graceMs;
}

/**
 * From when on a bar that opened at `open` can be seen: after its length, or at the end of the session that it opened in,
 * whichever is first. `open` and the answer are epoch milliseconds UTC.
 */
export function usEquityBarClose(open: number, lengthMs: number): number {
  const session = usEquitySession(open);
  const isWithin = open >= session.open && open < session.close;
  return isWithin ? Math.min(open + lengthMs, session.close) : open + lengthMs;
}

/**
 * The instant before which everything that has opened is whole once a bar is there: the close of its session where the bar
 * reaches it, else the start of its day in New York. A bin that would be longer than its session ends with it.
 * @param timestamp open of the newest bar, as `closeTime` and the answer in epoch milliseconds UTC
 */
export function usEquityWholeBefore(timestamp: number, closeTime: number): number {
  const date = Math.floor(newYorkWallTime(timestamp) / DAY_MS) * DAY_MS;
  const { close } = usEquitySession(date);
  return closeTime >= close ? close : newYorkInstant(date);
}
