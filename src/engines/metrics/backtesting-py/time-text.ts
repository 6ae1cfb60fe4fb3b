import { DAY_MS } from '../calendar-months.js';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A length of time as pandas prints it: `3116 days 00:00:00`. */
export function durationText(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY_MS);
  const rest = milliseconds - days * DAY_MS;
  if (rest === 0) return `${days} days 00:00:00`;
  const seconds = Math.floor(rest / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  // pandas prints microseconds, and only when there are some.
  const fraction = rest % 1000 === 0 ? '' : `.${String(Math.round((rest % 1000) * 1000)).padStart(6, '0')}`;
  return `${days} days ${clock}${fraction}`;
}

/** An instant as the reference's statistics show it: ISO 8601 of the UTC wall time, without a zone. */
export const instantText = (time: number): string => new Date(time).toISOString().replace(/(\.000)?Z$/, '');

/** Instants as pandas writes them into a CSV column: dates alone when every one is midnight. */
export function columnTexts(times: readonly number[]): string[] {
  if (times.every((time) => time % DAY_MS === 0)) return times.map((time) => instantText(time).slice(0, 10));
  return times.map((time) => instantText(time).replace('T', ' '));
}
