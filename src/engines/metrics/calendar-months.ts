/** Milliseconds of a day of 24 hours: the unit in which day boundaries are divided out of epoch milliseconds. */
export const DAY_MS = 86_400_000;

/** Days from 0000-03-01 to 1970-01-01, and in a 400-year cycle of the Gregorian calendar. */
const EPOCH_OFFSET_DAYS = 719_468;
const CYCLE_DAYS = 146_097;

/**
 * Month of a day of the Gregorian calendar, counted from January of year 0: year x 12 + month (0 to 11).
 * @param day whole days since 1970-01-01
 * @see https://howardhinnant.github.io/date_algorithms.html civil_from_days
 */
export function monthOfDay(day: number): number {
  const shifted = day + EPOCH_OFFSET_DAYS;
  const cycle = Math.floor(shifted / CYCLE_DAYS);
  const dayOfCycle = shifted - cycle * CYCLE_DAYS;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  // Counted from March, so that the leap day is a year's last.
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (cycle * 400 + yearOfCycle) * 12 + monthFromMarch + 2;
}

/** First day of a month that `monthOfDay` counted, in whole days since 1970-01-01. */
export function firstDayOfMonth(month: number): number {
  const fromMarch = month - 2;
  const year = Math.floor(fromMarch / 12);
  const cycle = Math.floor(year / 400);
  const yearOfCycle = year - cycle * 400;
  const monthFromMarch = fromMarch - year * 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5);
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * CYCLE_DAYS + dayOfCycle - EPOCH_OFFSET_DAYS;
}
