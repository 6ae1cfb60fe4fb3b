import { createReadStream } from 'node:fs';
import { barColumns } from '../../domain/bar-columns.js';
import { checkBar, type BarSeries } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { TIMEFRAMES, timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { usEquitySession } from '../../domain/us-equity-session.js';
import { BarFileError } from '../../ports/bar-file.js';
import { parseTime, type CsvZone } from './parse-time.js';
import { fieldsOf, PRICE_NAMES, readHeader, type BarFileColumns } from './read-bar-file.js';
import { LineCutter, type Line } from './read-lines.js';
import { RowColumns } from './row-columns.js';

export interface BarColumnsOptions {
  readonly symbol: string;
  /** Null: the one whose length is the usual distance of the bars. */
  readonly timeframe: Timeframe | null;
  /** What a time without a zone means. */
  readonly zone: CsvZone;
  /** A bar that is not closed by then is refused; epoch milliseconds. */
  readonly now: number;
}

/** A file of bars as columns, with what was found out about it. */
export interface BarFileSeries {
  readonly series: BarSeries;
  /** True where all times are plain dates: `atSessionOpen` gives them the hour at which US equities open. */
  readonly areDates: boolean;
}

/**
 * Reads a whole CSV file (columns as `readBarFile`) into columns, oldest first whatever its order. Unlike an import, which counts bad rows and
 * goes on, the first bad row ends it: a backtest over a file with holes would be one over other data.
 * @throws BarFileError naming the line and the column; what the file system throws
 */
export async function readBarColumns(path: string, options: BarColumnsOptions): Promise<BarFileSeries> {
  return readBarColumnsFrom(createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 20 }), options);
}

/** As readBarColumns, of a text that comes in pieces. */
export async function readBarColumnsFrom(
  chunks: AsyncIterable<string>,
  options: BarColumnsOptions,
): Promise<BarFileSeries> {
  let header: BarFileColumns | null = null;
  const rows = new RowColumns();
  const cutter = new LineCutter();
  const take = ({ number, text }: Line): void => {
    if (text === null) throw new BarFileError(`line ${number} is too long to be a row`);
    if (header === null) header = readHeader(text);
    else if (text.trim() !== '') readRow(number, text, header, options.zone, rows);
  };
  // Whole pieces at a time: a million lines are no million promises.
  for await (const chunk of chunks) cutter.take(chunk).forEach(take);
  cutter.finish().forEach(take);
  if (header === null) throw new BarFileError('the file is empty');
  if (rows.length === 0) throw new BarFileError('the file has a header and no bars');
  const order = rows.orderByTime();
  const timeframe = options.timeframe ?? usualTimeframe(rows, order);
  const { series, columns } = barColumns(options.symbol, timeframe, rows.length);
  rows.writeTo(columns, order);
  checkSeries(series, order, rows, options.now);
  return { series, areDates: rows.areDates };
}

/** Daily bars whose times are dates, moved from midnight UTC to the open of the session of that day. */
export function atSessionOpen({ series, areDates }: BarFileSeries): BarSeries {
  if (!areDates || series.timeframe !== 'ONE_DAY') return series;
  return { ...series, timestamps: series.timestamps.map((date) => usEquitySession(date).open) };
}

/** The calendar that the times of a file fit: whether bars lie outside of the sessions of US equities. */
export function calendarOf({ series, areDates }: BarFileSeries): Instrument['calendar'] {
  const { timestamps } = series;
  if (timestamps.some((time) => [0, 6].includes(new Date(time).getUTCDay()))) return 'crypto';
  if (areDates) return 'us-equity';
  const outside = timestamps.some((time) => {
    const { open, close } = usEquitySession(Math.floor(time / DAY_MS) * DAY_MS);
    return time < open || time >= close;
  });
  return outside ? 'crypto' : 'us-equity';
}

const DAY_MS = 86_400_000;
const LONGEST_WEEKEND_MS = 4 * DAY_MS;

function readRow(line: number, text: string, header: BarFileColumns, zone: CsvZone, rows: RowColumns): void {
  const fields = fieldsOf(text);
  const timeText = fields[header.time] ?? '';
  const time = parseTime(timeText, zone);
  if (time === null) throw new BarFileError(`line ${line}, column Date: "${timeText.slice(0, 40)}" is no time`);
  rows.begin(line, time.time, time.isDate);
  for (const [index, name] of PRICE_NAMES.entries()) {
    const field = fields[header.values[name]] ?? '';
    // An empty text would be read as 0.
    const value = field === '' ? Number.NaN : Number(field);
    if (!Number.isFinite(value))
      throw new BarFileError(`line ${line}, column ${titled(name)}: "${field.slice(0, 40)}" is no number`);
    rows.set(index, value);
  }
}

/** The usual distance of bars as one of the timeframes that there are. */
function usualTimeframe(rows: RowColumns, order: Uint32Array): Timeframe {
  const distances = new Float64Array(Math.max(0, order.length - 1));
  for (let index = 0; index < distances.length; index += 1)
    distances[index] = rows.timeAt(order[index + 1] as number) - rows.timeAt(order[index] as number);
  distances.sort();
  const usual = distances[distances.length >> 1] ?? timeframeMs('ONE_DAY');
  // Dates of few days may have a weekend in the middle of them.
  if (rows.areDates && usual <= LONGEST_WEEKEND_MS) return 'ONE_DAY';
  const found = TIMEFRAMES.find((timeframe) => timeframeMs(timeframe) === usual);
  if (found !== undefined) return found;
  throw new BarFileError(`its bars are usually ${usual / 1000} s apart, which is none of ${TIMEFRAMES.join(', ')}`);
}

function checkSeries(series: BarSeries, order: Uint32Array, rows: RowColumns, now: number): void {
  const { symbol, timeframe, timestamps, opens, highs, lows, closes, volumes } = series;
  const length = timeframeMs(timeframe);
  for (let index = 0; index < order.length; index += 1) {
    const line = rows.lineAt(order[index] as number);
    const timestamp = timestamps[index] as number;
    if (timestamp === timestamps[index - 1]) {
      const other = rows.lineAt(order[index - 1] as number);
      throw new BarFileError(
        `line ${Math.max(line, other)}, column Date: ${new Date(timestamp).toISOString()} is on line ${Math.min(line, other)} already`,
      );
    }
    const checked = checkBar(
      {
        symbol,
        timeframe,
        timestamp,
        closeTime: timestamp + length,
        open: opens[index] as number,
        high: highs[index] as number,
        low: lows[index] as number,
        close: closes[index] as number,
        volume: volumes[index] as number,
        vwap: null,
        adjustment: 'RAW',
        source: 'csv',
      },
      now,
    );
    if (!checked.ok) throw new BarFileError(`line ${line}, column ${columnText(checked.error.message)}`);
  }
}

/** `high: 3 is below low 4` names a field; a file has columns. */
function columnText(message: string): string {
  const [field = '', ...rest] = message.split(': ');
  const column = field === 'timestamp' || field === 'closeTime' ? 'Date' : titled(field);
  return `${column}: ${rest.join(': ')}`;
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
