/** Regular session of the US exchanges, in minutes of New York's day: 09:30 to 16:00. Early closes end sooner. */
const OPEN_MINUTE = 9 * 60 + 30;
const CLOSE_MINUTE = 16 * 60;
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

/** Open and close of the session on a calendar date; `date` is any instant of that date in UTC. Epoch milliseconds. */
export function usEquitySession(date: number): { readonly open: number; readonly close: number } {
  const midnight = Math.floor(date / DAY_MS) * DAY_MS;
  return {
    open: newYorkInstant(midnight + OPEN_MINUTE * MINUTE_MS),
    close: newYorkInstant(midnight + CLOSE_MINUTE * MINUTE_MS),
  };
}

/** True from the session's open until `graceMs` after its close, Monday to Friday. Holidays are not known here. */
export function isUsEquitySession(time: number, graceMs: number): boolean {
  const wallTime = newYorkWallTime(time);
  const weekday = new Date(wallTime).getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  const { open, close } = usEquitySession(wallTime);
  return time >= open && time < close + graceMs;
}
