import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUsEquityEarlyClose, usEquityHoliday } from './us-equity-holidays.js';
import { isUsEquitySessionDay } from './us-equity-session.js';

const DAY_MS = 86_400_000;

/** Weekdays of the years on which `holds`, as dates. */
function weekdaysOf(first: number, last: number, holds: (date: number) => boolean): string[] {
  const found: string[] = [];
  for (let date = Date.UTC(first, 0, 1); date < Date.UTC(last + 1, 0, 1); date += DAY_MS) {
    if (![0, 6].includes(new Date(date).getUTCDay()) && holds(date))
      found.push(new Date(date).toISOString().slice(0, 10));
  }
  return found;
}

const holidays = (first: number, last: number) => weekdaysOf(first, last, (date) => usEquityHoliday(date) !== null);
const reason = (date: string) => usEquityHoliday(Date.parse(date));
const isEarly = (date: string) => isUsEquityEarlyClose(Date.parse(date));

describe('the holidays of the New York Stock Exchange', () => {
  it('are ten a year, as published for 2024', () => {
    // https://www.nyse.com/markets/hours-calendars
    expect(holidays(2024, 2024)).toEqual(
      '2024-01-01 2024-01-15 2024-02-19 2024-03-29 2024-05-27 2024-06-19 2024-07-04 2024-09-02 2024-11-28 2024-12-25'.split(
        ' ',
      ),
    );
    expect(reason('2024-03-29')).toBe('Good Friday');
  });

  it('are observed on the Friday before a Saturday and the Monday after a Sunday, but no year ends with one', () => {
    expect([reason('2021-12-24'), reason('2021-07-05'), reason('2022-06-20'), reason('2027-06-18')]).toEqual([
      'Christmas Day',
      'Independence Day',
      'Juneteenth',
      'Juneteenth',
    ]);
    expect(reason('2023-01-02')).toBe("New Year's Day");
    expect(reason('2021-12-31')).toBeNull();
    expect(reason('2010-12-31')).toBeNull();
  });

  it('have begun when they did', () => {
    expect([reason('1997-01-20'), reason('1998-01-19')]).toEqual([null, 'Martin Luther King Jr. Day']);
    expect([reason('2021-06-18'), reason('2022-06-20')]).toEqual([null, 'Juneteenth']);
  });

  it('have the closures beside them that were announced for a day', () => {
    expect(reason('2001-09-14')).toBe('Attacks of September 11');
    expect(reason('2001-09-17')).toBeNull();
    expect(reason('2012-10-29')).toBe('Hurricane Sandy');
    expect(reason('2025-01-09')).toBe('Funeral of Jimmy Carter');
  });

  it('are told of any instant of the date, and weekends are no session either way', () => {
    expect(usEquityHoliday(Date.parse('2024-07-04T23:59:59.999Z'))).toBe('Independence Day');
    expect(isUsEquitySessionDay(Date.parse('2024-07-04'))).toBe(false);
    expect(isUsEquitySessionDay(Date.parse('2024-07-06'))).toBe(false);
    expect(isUsEquitySessionDay(Date.parse('2024-07-05'))).toBe(true);
  });
});

describe('early closes', () => {
  it('are the day after Thanksgiving, Christmas Eve and the eve of Independence Day, on weekdays that are no holiday', () => {
    expect(weekdaysOf(2024, 2024, isUsEquityEarlyClose)).toEqual(['2024-07-03', '2024-11-29', '2024-12-24']);
    // July 4 and Christmas are Saturdays, observed on the Fridays; in 2022 they are a Monday and a Sunday.
    expect(weekdaysOf(2026, 2026, isUsEquityEarlyClose)).toEqual(['2026-11-27', '2026-12-24']);
    expect(weekdaysOf(2027, 2027, isUsEquityEarlyClose)).toEqual(['2027-11-26']);
    expect(weekdaysOf(2022, 2022, isUsEquityEarlyClose)).toEqual(['2022-11-25']);
  });

  it('followed a July 4 on a Thursday until 2012, and come before it since', () => {
    expect([isEarly('1996-07-05'), isEarly('2002-07-05'), isEarly('2013-07-03'), isEarly('2019-07-03')]).toEqual(
      Array(4).fill(true),
    );
    expect([isEarly('2002-07-03'), isEarly('2013-07-05')]).toEqual([false, false]);
  });
});

// QuantConnect/Lean (Apache-2.0): Data/market-hours/market-hours-database.json, Equity-usa.
const file = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'calendar/market-hours-usa-equity.json');
const isPresent = existsSync(file);
if (!isPresent) console.warn(`Skipped: no reference data at ${file} (set REFERENCE_DATA)`);

interface MarketHours {
  readonly entries: {
    readonly 'Equity-usa-[*]': {
      readonly holidays: readonly string[];
      readonly earlyCloses: Readonly<Record<string, string>>;
    };
  };
}

const weekdays = (dates: readonly string[]) =>
  dates
    .map((date) => new Date(`${date} UTC`))
    .filter((date) => ![0, 6].includes(date.getUTCDay()))
    .map((date) => date.toISOString().slice(0, 10))
    .toSorted();

describe.skipIf(!isPresent)("Lean's calendar of US equities, 1998 to 2028", () => {
  const usa = isPresent ? (JSON.parse(readFileSync(file, 'utf8')) as MarketHours).entries['Equity-usa-[*]'] : null;

  it('has the same holidays', () => {
    expect(usa?.holidays).toHaveLength(293);
    expect(holidays(1998, 2028)).toEqual(weekdays(usa?.holidays ?? []));
  });

  it('has the same early closes, but for two that it lacks, and those of 1998, where it has none', () => {
    const theirs = usa?.earlyCloses ?? {};
    expect(Object.values(theirs)).toEqual(Array(65).fill('13:00:00'));
    const ours = weekdaysOf(1999, 2028, isUsEquityEarlyClose);
    expect(ours.filter((date) => date !== '1999-12-31')).toEqual(weekdays(Object.keys(theirs)));
    expect(weekdaysOf(1998, 1998, isUsEquityEarlyClose)).toEqual(['1998-11-27', '1998-12-24']);
  });
});
