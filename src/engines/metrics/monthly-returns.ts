import type { Instrument } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { DAY_MS, firstDayOfMonth, monthOfDay } from './calendar-months.js';
import { dayStartMs } from './trading-days.js';

/** One row of the monthly table: returns in percent, compounded within the month. */
export interface YearOfReturns {
  readonly year: number;
  /** Twelve, January first; null where the run has no instant or the month began with nothing. */
  readonly monthsPct: readonly (number | null)[];
  /** The months of the year compounded. */
  readonly yearPct: number | null;
}

/**
 * Returns of each calendar month (session days for US equities, UTC for crypto), from the last equity of the month
 * before. All of them compounded are the total return.
 * @param times instants, epoch milliseconds, ascending
 * @param startingEquity what the first month begins with
 */
export function monthlyReturns(
  times: Float64Array,
  equity: Float64Array,
  about: { readonly calendar: Instrument['calendar']; readonly timeframe: Timeframe },
  startingEquity: number = equity[0] ?? NaN,
): YearOfReturns[] {
  const startMs = dayStartMs(about.calendar, about.timeframe);
  const years: { year: number; monthsPct: (number | null)[]; yearPct: number | null }[] = [];
  let yearBegan = startingEquity;
  let monthBegan = startingEquity;
  let i = 0;
  while (i < times.length) {
    const month = monthOfDay(Math.floor(((times[i] as number) - startMs) / DAY_MS));
    const nextMonth = firstDayOfMonth(month + 1) * DAY_MS + startMs;
    while (i < times.length && (times[i] as number) < nextMonth) i += 1;
    const monthEnded = equity[i - 1] as number;
    const year = Math.floor(month / 12);
    let row = years.at(-1);
    if (row?.year !== year) {
      row = { year, monthsPct: Array.from({ length: 12 }, () => null), yearPct: null };
      years.push(row);
      yearBegan = monthBegan;
    }
    row.monthsPct[month - year * 12] = percentChange(monthBegan, monthEnded);
    row.yearPct = percentChange(yearBegan, monthEnded);
    monthBegan = monthEnded;
  }
  return years;
}

const percentChange = (from: number, to: number): number | null => (from > 0 ? (to / from - 1) * 100 : null);
