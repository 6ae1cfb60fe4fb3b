import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atSessionOpen, calendarOf, readBarColumns, readBarColumnsFrom } from './read-bar-columns.js';

const HEADER = 'Date,Open,High,Low,Close,Volume';
const NOW = Date.UTC(2026, 0, 1);
const OPTIONS = { symbol: 'X', timeframe: null, zone: 'UTC', now: NOW } as const;

async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}
const read = (lines: readonly string[]) => readBarColumnsFrom(whole([HEADER, ...lines].join('\n')), OPTIONS);

const calendar = async (times: readonly string[]) => calendarOf(await read(times.map((time) => `${time},1,1,1,1,1`)));

describe('a file of bars read into columns', () => {
  it('is oldest first whatever its order, and its timeframe is the usual distance of its bars', async () => {
    const { series, areDates } = await read([
      '2024-01-03,3,3,3,3,30',
      '2024-01-05,5,5,5,5,0',
      '2024-01-02,2,2.5,1,2,20',
    ]);
    expect(areDates).toBe(true);
    expect(series.timeframe).toBe('ONE_DAY');
    expect([...series.timestamps]).toEqual(['02', '03', '05'].map((day) => Date.parse(`2024-01-${day}`)));
    expect([...series.highs]).toEqual([2.5, 3, 5]);
    expect([...series.volumes]).toEqual([20, 30, 0]);
    expect([...atSessionOpen({ series, areDates }).timestamps][0]).toBe(Date.parse('2024-01-02T14:30:00Z'));
  });

  it('keeps ten thousand rows in their order', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, i) => `${1_600_000_020 + i * 60},${i + 1},${i + 2},${i + 1},${i + 1},1`,
    );
    const { series } = await read(rows);
    expect(series.timeframe).toBe('ONE_MINUTE');
    expect(series.opens.every((open, index) => open === index + 1)).toBe(true);
  });

  it.each([
    [
      'a text for a price',
      ['2024-01-02,1,1,1,1,1', '2024-01-03,1,abc,1,1,1'],
      'line 3, column High: "abc" is no number',
    ],
    ['an empty price', ['2024-01-02,1,1,1,,1'], 'line 2, column Close: "" is no number'],
    ['a row that is too short', ['2024-01-02,1,1,1,1'], 'line 2, column Volume: "" is no number'],
    ['no time', ['soon,1,1,1,1,1'], 'line 2, column Date: "soon" is no time'],
    ['a price of 0', ['2024-01-02,0,0,0,0,0'], 'line 2, column Open: 0 must be above 0'],
    ['a high below the low', ['2024-01-02,2,1,3,2,1'], 'line 2, column High: 1 is below low 3'],
    ['a close out of its range', ['2024-01-02,2,3,1,9,1'], 'line 2, column Close: 9 is not within'],
    ['a negative volume', ['2024-01-02,2,3,1,2,-1'], 'line 2, column Volume: -1 must not be negative'],
    [
      'a time twice',
      ['2024-01-02,1,1,1,1,1', '2024-01-03,1,1,1,1,1', '2024-01-02,2,2,2,2,1'],
      'line 4, column Date: 2024-01-02T00:00:00.000Z is on line 2 already',
    ],
    ['a bar of the future', ['2027-01-02,1,1,1,1,1'], 'line 2, column Date: 2027-01-02T00:00:00.000Z is after now'],
    [
      'an odd distance',
      ['2024-01-02 00:00,1,1,1,1,1', '2024-01-02 00:07,1,1,1,1,1', '2024-01-02 00:14,1,1,1,1,1'],
      '420 s apart',
    ],
    ['a header alone', [], 'a header and no bars'],
  ])('is refused for %s, with its line and column', async (_what, lines, message) => {
    await expect(read(lines)).rejects.toThrow(message);
  });

  it('is refused when it is empty or has another header', async () => {
    await expect(readBarColumnsFrom(whole(''), OPTIONS)).rejects.toThrow('the file is empty');
    await expect(readBarColumnsFrom(whole('a,b\n1,2\n'), OPTIONS)).rejects.toThrow('names no Timestamp');
  });

  it('tells the calendar that its times fit', async () => {
    expect(await calendar(['2024-01-04', '2024-01-05', '2024-01-08'])).toBe('us-equity');
    expect(await calendar(['2024-01-05', '2024-01-06', '2024-01-07'])).toBe('crypto');
    expect(await calendar(['2024-01-05 14:30', '2024-01-05 14:31'])).toBe('us-equity');
    expect(await calendar(['2024-01-05 09:00', '2024-01-05 10:00'])).toBe('crypto');
  });
});

const folder = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'bars');

describe.skipIf(!existsSync(folder))('the reference files (REFERENCE_DATA)', () => {
  it.each([
    ['GOOG.csv', 2148, 'ONE_DAY', 'us-equity'],
    ['EURUSD.csv', 5000, 'ONE_HOUR', 'crypto'],
    ['SPY-minute-2020-12.csv', 1564, 'ONE_MINUTE', 'crypto'],
  ])('%s has %i bars', async (name, count, timeframe, calendar) => {
    const read = await readBarColumns(join(folder, name), OPTIONS);
    expect(read.series.closes).toHaveLength(count);
    expect(read.series.timeframe).toBe(timeframe);
    expect(calendarOf(read)).toBe(calendar);
  });

  it.each(['bad.csv', 'mismatch.csv', 'penny.csv', 'toobig.csv', 'zeros.csv'])(
    'defective/%s is read, or refused with a line and a column',
    async (name) => {
      const outcome = await readBarColumns(join(folder, 'defective', name), OPTIONS).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome.message).toMatch(/^line \d+, column [A-Z][a-z]+: |apart/);
      else expect(name).toMatch(/penny|mismatch|toobig/);
    },
  );
});
