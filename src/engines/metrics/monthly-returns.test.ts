import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDayOfMonth, monthOfDay } from './calendar-months.js';
import { monthlyReturns } from './monthly-returns.js';
import { lastInstantOfDays } from './trading-days.js';

const DAY_MS = 86_400_000;
const DAILY = { calendar: 'us-equity', timeframe: 'ONE_DAY' } as const;

const product = (values: readonly (number | null)[]): number =>
  values.reduce<number>((grown, value) => grown * (1 + (value ?? 0) / 100), 1);
const instants = (...texts: string[]) => Float64Array.from(texts, (text) => Date.parse(text));

describe('the monthly table', () => {
  it('compounds within each month and year', () => {
    const times = ['2023-11-15', '2023-11-30', '2023-12-29', '2024-02-01', '2024-02-29'].map((text) =>
      Date.parse(text),
    );
    const table = monthlyReturns(Float64Array.from(times), Float64Array.of(100, 110, 99, 99, 198), DAILY);
    expect(table.map(({ year }) => year)).toEqual([2023, 2024]);
    expect(table[0]!.monthsPct[10]).toBeCloseTo(10, 10);
    expect(table[0]!.monthsPct[11]).toBeCloseTo(-10, 10);
    expect(table[0]!.monthsPct[0]).toBeNull();
    expect(table[0]!.yearPct).toBeCloseTo(-1, 10);
    expect(table[1]!.monthsPct[1]).toBeCloseTo(100, 10);
    expect(table[1]!.yearPct).toBeCloseTo(100, 10);
  });

  it('compounds to the total return of any run', () => {
    const run = fc.array(fc.tuple(fc.integer({ min: 1, max: 45 }), fc.double({ min: 0.5, max: 2, noNaN: true })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(run, (steps) => {
        let [day, money] = [0, 1000];
        const times = Float64Array.from(steps, ([days]) => (day += days) * DAY_MS);
        const equity = Float64Array.from(steps, ([, factor]) => (money *= factor));
        const table = monthlyReturns(times, equity, DAILY, 1000);
        expect(product(table.flatMap(({ monthsPct }) => monthsPct)) / (money / 1000)).toBeCloseTo(1, 9);
        expect(product(table.map(({ yearPct }) => yearPct)) / (money / 1000)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('months and days', () => {
  it('are those of the Gregorian calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (day) => {
        const date = new Date(day * DAY_MS);
        expect(monthOfDay(day)).toBe(date.getUTCFullYear() * 12 + date.getUTCMonth());
        expect(firstDayOfMonth(monthOfDay(day))).toBe(day - date.getUTCDate() + 1);
      }),
    );
  });

  it('keep a US session in one day in summer and winter, and split crypto at midnight UTC', () => {
    const winter = instants('2024-01-08T09:00Z', '2024-01-09T00:30Z', '2024-01-09T09:00Z');
    const summer = instants('2024-07-08T08:00Z', '2024-07-08T23:59Z', '2024-07-09T08:00Z');
    expect([...lastInstantOfDays(winter, 4 * 3_600_000)]).toEqual([1, 2]);
    expect([...lastInstantOfDays(summer, 4 * 3_600_000)]).toEqual([1, 2]);
    expect([...lastInstantOfDays(winter, 0)]).toEqual([0, 2]);
    expect([...lastInstantOfDays(new Float64Array(), 0)]).toEqual([]);
  });
});
