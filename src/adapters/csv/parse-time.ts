import { newYorkInstant } from '../../domain/us-equity-session.js';

/** What a time without a zone means. */
export type CsvZone = 'UTC' | 'America/New_York';

export interface CsvTime {
  /** Epoch milliseconds UTC; of a plain date, midnight UTC. */
  readonly time: number;
  /** True for a plain date. */
  readonly isDate: boolean;
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
/** Month first, as in the United States. */
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const EPOCH_SECONDS = /^\d{9,10}$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;

/** Reads the times that bar files hold; null for anything else, and for a day that is not in the calendar. */
export function parseTime(text: string, zone: CsvZone): CsvTime | null {
  const trimmed = text.trim();
  if (EPOCH_SECONDS.test(trimmed)) return { time: Number(trimmed) * 1000, isDate: false };
  if (EPOCH_MILLISECONDS.test(trimmed)) return { time: Number(trimmed), isDate: false };
  const iso = ISO.exec(trimmed);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, offset] = iso;
    return toTime([year, month, day, hour, minute, second], offset, zone);
  }
  const slashed = SLASHED.exec(trimmed);
  if (slashed === null) return null;
  const [, month, day, year = '', hour, minute, second] = slashed;
  return toTime([year.length === 2 ? `20${year}` : year, month, day, hour, minute, second], undefined, zone);
}

function toTime(parts: readonly (string | undefined)[], offset: string | undefined, zone: CsvZone): CsvTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const wallTime = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(wallTime);
  const isInCalendar =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isInCalendar) return null;
  const isDate = parts[3] === undefined;
  if (isDate) return { time: wallTime, isDate };
  return { time: offset === undefined ? inZone(wallTime, zone) : wallTime - offsetMs(offset), isDate };
}

const inZone = (wallTime: number, zone: CsvZone): number => (zone === 'UTC' ? wallTime : newYorkInstant(wallTime));

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const digits = offset.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
