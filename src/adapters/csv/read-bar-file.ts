import { createReadStream } from 'node:fs';
import type { Adjustment, Bar } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { usEquitySession } from '../../domain/us-equity-session.js';
import { BarFileError, type BarFileRow } from '../../ports/bar-file.js';
import { parseTime, type CsvZone } from './parse-time.js';
import { readLines } from './read-lines.js';

export interface BarFileOptions {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly adjustment: Adjustment;
  /** A plain date opens and closes with its session, or at midnight UTC. */
  readonly calendar: Instrument['calendar'];
  /** What a time without a zone means. */
  readonly zone: CsvZone;
}

const TIME_NAMES = ['timestamp', 'date', 'time', 'datetime', ''];
export const PRICE_NAMES = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Where in a row the fields lie. */
export interface BarFileColumns {
  readonly time: number;
  readonly values: Readonly<Record<(typeof PRICE_NAMES)[number], number>>;
}

/**
 * Rows of a CSV file with a header: a time (Timestamp, Date, Time, Datetime or without a name), Open, High, Low, Close and
 * Volume, in any order and case, beside any others. Read piece by piece: a file may be larger than the memory.
 * Throws BarFileError when the header does not name these, and what the file system throws.
 */
export async function* readBarFile(path: string, options: BarFileOptions): AsyncGenerator<BarFileRow> {
  yield* readBarRows(createReadStream(path, { encoding: 'utf8' }), options);
}

/** As readBarFile, of a text that comes in pieces. */
export async function* readBarRows(chunks: AsyncIterable<string>, options: BarFileOptions): AsyncGenerator<BarFileRow> {
  let columns: BarFileColumns | null = null;
  for await (const { number: line, text } of readLines(chunks)) {
    if (text === null) {
      if (columns === null) throw new BarFileError('line 1 is too long to be a header');
      yield { line, problem: 'the line is too long to be a row' };
    } else if (columns === null) {
      columns = readHeader(text);
    } else if (text.trim() !== '') {
      yield readRow(line, fieldsOf(text), columns, options);
    }
  }
  if (columns === null) throw new BarFileError('the file is empty');
}

const BYTE_ORDER_MARK = '\uFEFF';

export function readHeader(text: string): BarFileColumns {
  const names = fieldsOf(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).map((name) => name.toLowerCase());
  const time = TIME_NAMES.map((name) => names.indexOf(name)).find((index) => index !== -1);
  const missing = PRICE_NAMES.filter((name) => !names.includes(name));
  if (time === undefined) throw new BarFileError('the header names no Timestamp, Date or Time');
  if (missing.length > 0) throw new BarFileError(`the header does not name ${missing.join(', ')}`);
  const [open = 0, high = 0, low = 0, close = 0, volume = 0] = PRICE_NAMES.map((name) => names.indexOf(name));
  return { time, values: { open, high, low, close, volume } };
}

function readRow(
  line: number,
  fields: readonly string[],
  columns: BarFileColumns,
  options: BarFileOptions,
): BarFileRow {
  const timeText = fields[columns.time] ?? '';
  const time = parseTime(timeText, options.zone);
  if (time === null) return { line, problem: `"${timeText.slice(0, 40)}" is no time` };
  const values = { open: 0, high: 0, low: 0, close: 0, volume: 0 };
  for (const name of PRICE_NAMES) {
    const text = fields[columns.values[name]] ?? '';
    // An empty text would be read as 0.
    values[name] = text === '' ? Number.NaN : Number(text);
    if (Number.isNaN(values[name])) return { line, problem: `${name}: "${text.slice(0, 40)}" is no number` };
  }
  return { line, bar: toBar(time.time, time.isDate, values, options) };
}

function toBar(
  time: number,
  isDate: boolean,
  values: Pick<Bar, (typeof PRICE_NAMES)[number]>,
  options: BarFileOptions,
): Bar {
  const { symbol, timeframe, adjustment, calendar } = options;
  const session = isDate && timeframe === 'ONE_DAY' && calendar === 'us-equity' ? usEquitySession(time) : null;
  const timestamp = session?.open ?? time;
  const closeTime = session?.close ?? timestamp + timeframeMs(timeframe);
  return { symbol, timeframe, timestamp, closeTime, ...values, vwap: null, adjustment, source: 'csv' };
}

/** Fields of a line; quotes around one are taken off. Bars hold no commas, so none are looked for inside of quotes. */
export function fieldsOf(text: string): string[] {
  return text.split(',').map(bare);
}

/** Most fields begin with a digit and end with one: looking at their ends is ten times faster than at all of them. */
function bare(field: string): string {
  const isBare = isDigit(field.charCodeAt(0)) && isDigit(field.charCodeAt(field.length - 1));
  return isBare ? field : field.trim().replace(/^"(.*)"$/, '$1');
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
