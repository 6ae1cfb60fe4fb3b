import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarFileRow } from '../../ports/bar-file.js';
import { parseTime } from './parse-time.js';
import { readBarRows, type BarFileOptions } from './read-bar-file.js';

const OPTIONS: BarFileOptions = {
  symbol: 'X',
  timeframe: 'ONE_MINUTE',
  adjustment: 'RAW',
  calendar: 'crypto',
  zone: 'UTC',
};

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

async function read(text: string, overrides: Partial<BarFileOptions> = {}, pieceSize = 1000): Promise<BarFileRow[]> {
  const rows: BarFileRow[] = [];
  for await (const row of readBarRows(inPieces(text, pieceSize), { ...OPTIONS, ...overrides })) rows.push(row);
  return rows;
}

const at = (text: string) => Date.parse(text);

describe('reading a file of bars', () => {
  it('finds its columns by name in any case and order, beside others, after a byte order mark', async () => {
    const rows = await read('\uFEFF"VOLUME",note,close,Low,High,open,Date\r\n5,hi,3,1,4,2,2024-01-02 03:04\r\n\r\n');
    expect(rows).toEqual([
      {
        line: 2,
        bar: {
          symbol: 'X',
          timeframe: 'ONE_MINUTE',
          timestamp: at('2024-01-02T03:04:00Z'),
          closeTime: at('2024-01-02T03:05:00Z'),
          open: 2,
          high: 4,
          low: 1,
          close: 3,
          volume: 5,
          vwap: null,
          adjustment: 'RAW',
          source: 'csv',
        },
      },
    ]);
  });

  it('says which line is no bar and why, and goes on', async () => {
    const rows = await read(
      [
        'Date,Open,High,Low,Close,Volume',
        'soon,1,1,1,1,1',
        '2024-01-02,1,1,1,,1',
        '2024-01-02,1,abc',
        `2024-01-02,${'9'.repeat(20_000)}`,
        '2024-01-02,1,1,1,1,1',
      ].join('\n'),
    );
    expect(rows.map((row) => ('problem' in row ? `${row.line}: ${row.problem}` : row.line))).toEqual([
      '2: "soon" is no time',
      '3: close: "" is no number',
      '4: high: "abc" is no number',
      '5: the line is too long to be a row',
      6,
    ]);
  });

  it('refuses a file that is empty, has no header, or is one endless line', async () => {
    await expect(read('')).rejects.toThrow('the file is empty');
    await expect(read('Date,Open,High,Low\n')).rejects.toThrow('does not name close, volume');
    await expect(read('1,2,3,4,5,6\n')).rejects.toThrow('names no Timestamp');
    await expect(read('x'.repeat(1_000_000))).rejects.toThrow('too long');
  });

  it('reads the same rows however the text is cut', async () => {
    const text =
      'Date,Open,High,Low,Close,Volume\r\n2024-01-02,1,2,1,2,1\r\n\n2024-01-03,1,2,1,2,ä\n2024-01-04,1,2,1,2,3';
    const whole = await read(text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        expect(await read(text, {}, size)).toEqual(whole);
      }),
    );
  });

  it('opens and closes a plain date with the session of a US equity', async () => {
    const text = 'Date,Open,High,Low,Close,Volume\n2024-07-08,1,2,1,2,1';
    const [equity] = await read(text, { timeframe: 'ONE_DAY', calendar: 'us-equity' });
    expect(equity).toMatchObject({
      bar: { timestamp: at('2024-07-08T13:30:00Z'), closeTime: at('2024-07-08T20:00:00Z') },
    });
    const [crypto] = await read(text, { timeframe: 'ONE_DAY' });
    expect(crypto).toMatchObject({ bar: { timestamp: at('2024-07-08'), closeTime: at('2024-07-09') } });
  });
});

const time = (text: string, zone: BarFileOptions['zone'] = 'UTC') => parseTime(text, zone)?.time;

describe('the times of a file', () => {
  it('are read in the forms that files use', () => {
    expect(time('2024-03-05')).toBe(at('2024-03-05'));
    expect(time('3/5/2024')).toBe(at('2024-03-05'));
    expect(time('03/05/24')).toBe(at('2024-03-05'));
    expect(time('2024-03-05T14:30:00Z', 'America/New_York')).toBe(at('2024-03-05T14:30:00Z'));
    expect(time('2024-03-05 14:30:00+01:00')).toBe(at('2024-03-05T13:30:00Z'));
    expect(time('2024-03-05 09:30-0500')).toBe(at('2024-03-05T14:30:00Z'));
    expect(time('2020-12-15 09:30', 'America/New_York')).toBe(at('2020-12-15T14:30:00Z'));
    expect(time('1709649000')).toBe(1_709_649_000_000);
    expect(time('1709649000000')).toBe(1_709_649_000_000);
  });

  it('are refused when no calendar has them', () => {
    for (const text of [
      '',
      '2024-02-30',
      '13/01/2024',
      '2024-01-01 24:00',
      '2024-01-01 10:60',
      '5',
      'NaN',
      '2024-1',
      'Infinity',
    ]) {
      expect(parseTime(text, 'UTC')).toBeNull();
    }
  });
});
