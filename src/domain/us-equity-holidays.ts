const DAY_MS = 86_400_000;
const [SUNDAY, MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 2, 4, 5, 6] as const;

/** Days on which the exchange stayed closed that no rule gives. Dates of New York. */
const SPECIAL_CLOSURES: readonly (readonly [date: string, reason: string])[] = [
  ['1985-09-27', 'Hurricane Gloria'],
  ['1994-04-27', 'Funeral of Richard Nixon'],
  ['2001-09-11', 'Attacks of September 11'],
  ['2001-09-12', 'Attacks of September 11'],
  ['2001-09-13', 'Attacks of September 11'],
  ['2001-09-14', 'Attacks of September 11'],
  ['2004-06-11', 'Funeral of Ronald Reagan'],
  ['2007-01-02', 'Funeral of Gerald Ford'],
  ['2012-10-29', 'Hurricane Sandy'],
  ['2012-10-30', 'Hurricane Sandy'],
  ['2018-12-05', 'Funeral of George H. W. Bush'],
  ['2025-01-09', 'Funeral of Jimmy Carter'],
];

/** Sessions that were announced to end at 13:00 and that no rule gives: days by a holiday. */
const SPECIAL_EARLY_CLOSES: readonly string[] = ['1997-12-26', '1999-12-31', '2003-12-26'];

/** From these years on the rules hold. */
const MARTIN_LUTHER_KING_SINCE = 1998;
const JUNETEENTH_SINCE = 2022;
const EARLY_CLOSES_SINCE = 1993;
/** Before it, a July 4 on a Thursday shortened the Friday after it, not the Wednesday before. */
const WEDNESDAY_BEFORE_JULY_4_SINCE = 2013;

interface CalendarYear {
  /** Reason by UTC midnight of the date. */
  readonly closed: ReadonlyMap<number, string>;
  readonly earlyCloses: ReadonlySet<number>;
}

/**
 * Why the New York Stock Exchange has no session on a weekday, or null when it has one: its holidays as observed, and the
 * closures that were announced for a day. `date` is any instant of the date in UTC, epoch milliseconds; weekends are not
 * told. Right from October 1985 on; closures that will be announced are not known.
 * @see NYSE Rule 7.2: a holiday on a Saturday is observed on the Friday before it, unless that ends a year; one on a
 *   Sunday on the Monday after it.
 */
export const usEquityHoliday = (date: number): string | null => yearOf(date).closed.get(midnightOf(date)) ?? null;

/**
 * True when the session of a date is announced to end at 13:00 in New York: around Independence Day, after Thanksgiving and on
 * Christmas Eve. Known from 1993 on. `date` as for usEquityHoliday.
 */
export const isUsEquityEarlyClose = (date: number): boolean => yearOf(date).earlyCloses.has(midnightOf(date));

const midnightOf = (date: number): number => Math.floor(date / DAY_MS) * DAY_MS;

/** More years than any series spans: beyond it, they are worked out anew. */
const YEARS_KEPT = 500;
const years = new Map<number, CalendarYear>();

function yearOf(date: number): CalendarYear {
  const year = new Date(date).getUTCFullYear();
  let calendar = years.get(year);
  if (calendar === undefined) {
    if (years.size >= YEARS_KEPT) years.clear();
    calendar = { closed: closedDays(year), earlyCloses: earlyCloses(year) };
    years.set(year, calendar);
  }
  return calendar;
}

function closedDays(year: number): ReadonlyMap<number, string> {
  const newYear = Date.UTC(year, 0, 1);
  const days: [number, string][] = [
    [weekday(newYear) === SUNDAY ? newYear + DAY_MS : newYear, "New Year's Day"],
    [nth(3, MONDAY, year, 1), "Washington's Birthday"],
    [easterSunday(year) - 2 * DAY_MS, 'Good Friday'],
    [lastMondayOfMay(year), 'Memorial Day'],
    [observed(Date.UTC(year, 6, 4)), 'Independence Day'],
    [nth(1, MONDAY, year, 8), 'Labor Day'],
    [thanksgiving(year), 'Thanksgiving Day'],
    [observed(Date.UTC(year, 11, 25)), 'Christmas Day'],
  ];
  if (year >= MARTIN_LUTHER_KING_SINCE) days.push([nth(3, MONDAY, year, 0), 'Martin Luther King Jr. Day']);
  if (year >= JUNETEENTH_SINCE) days.push([observed(Date.UTC(year, 5, 19)), 'Juneteenth']);
  for (const [date, reason] of SPECIAL_CLOSURES) if (date.startsWith(`${year}-`)) days.push([Date.parse(date), reason]);
  return new Map(days);
}

function earlyCloses(year: number): ReadonlySet<number> {
  if (year < EARLY_CLOSES_SINCE) return new Set();
  const days = SPECIAL_EARLY_CLOSES.filter((date) => date.startsWith(`${year}-`)).map((date) => Date.parse(date));
  days.push(thanksgiving(year) + DAY_MS);
  const christmasEve = Date.UTC(year, 11, 24);
  // On a Friday it is the holiday itself, as observed.
  if (weekday(christmasEve) >= MONDAY && weekday(christmasEve) <= THURSDAY) days.push(christmasEve);
  const july4 = Date.UTC(year, 6, 4);
  const isAfter = weekday(july4) === THURSDAY && year < WEDNESDAY_BEFORE_JULY_4_SINCE;
  if (weekday(july4) >= TUESDAY && weekday(july4) <= FRIDAY) days.push(july4 + (isAfter ? DAY_MS : -DAY_MS));
  return new Set(days);
}

const weekday = (date: number): number => new Date(date).getUTCDay();
const thanksgiving = (year: number): number => nth(4, THURSDAY, year, 10);

/** The n-th weekday of a month; months count from 0, as Date's. */
function nth(n: number, wanted: number, year: number, month: number): number {
  const first = Date.UTC(year, month, 1);
  return first + (((wanted - weekday(first) + 7) % 7) + (n - 1) * 7) * DAY_MS;
}

function lastMondayOfMay(year: number): number {
  const last = Date.UTC(year, 4, 31);
  return last - ((weekday(last) - MONDAY + 7) % 7) * DAY_MS;
}

function observed(date: number): number {
  if (weekday(date) === SATURDAY) return date - DAY_MS;
  return weekday(date) === SUNDAY ? date + DAY_MS : date;
}

/** @see Meeus, Astronomical Algorithms, chapter 8: Easter of the Gregorian calendar. */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const day = epact + toSunday - 7 * late + 114;
  return Date.UTC(year, Math.floor(day / 31) - 1, (day % 31) + 1);
}
