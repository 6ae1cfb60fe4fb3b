import { createReadStream } from 'node:fs';
import {
  byExDate,
  CORPORATE_ACTION_KINDS,
  faultOfAction,
  type CorporateAction,
  type CorporateActionKind,
} from '../../domain/corporate-action.js';
import { parseSymbol } from '../../domain/symbol.js';
import { ActionFileError } from '../../ports/corporate-actions.js';
import { parseTime } from './parse-time.js';
import { fieldsOf } from './read-bar-file.js';
import { readLines } from './read-lines.js';

const COLUMNS = ['symbol', 'date', 'kind', 'value'] as const;
type Column = (typeof COLUMNS)[number];
type Fields = Readonly<Record<Column, string>>;

const BYTE_ORDER_MARK = '\uFEFF';
/** `3:2` and `3/2` are three new shares for two old ones: thirds have no decimals. */
const RATIO = /^(\d+(?:\.\d+)?)\s*[:/]\s*(\d+(?:\.\d+)?)$/;
/** Splits and dividends of every listed share of a century are fewer. */
const ROWS_MAX = 1_000_000;

/**
 * Corporate actions of a CSV file with the columns symbol, date (the ex-date, as in 2020-08-31), kind (SPLIT or DIVIDEND)
 * and value (new shares for one old as in 4, 0.1 or 3:2; cash a share of that day), in any order and case, beside any
 * others. Answers them by symbol and ex-date.
 * @throws ActionFileError naming the line and the field of the first that is wrong, and what the file system throws
 */
export async function readActionsFile(path: string): Promise<readonly CorporateAction[]> {
  return readActions(createReadStream(path, { encoding: 'utf8' }));
}

/** As readActionsFile, of a text that comes in pieces. */
export async function readActions(chunks: AsyncIterable<string>): Promise<readonly CorporateAction[]> {
  let columns: Readonly<Record<Column, number>> | null = null;
  const actions: CorporateAction[] = [];
  const lineOf = new Map<string, number>();
  for await (const { number: line, text } of readLines(chunks)) {
    if (text === null) throw new ActionFileError(`line ${line} is too long`);
    if (text.trim() === '') continue;
    if (columns === null) {
      columns = readHeader(text);
      continue;
    }
    const action = readRow(line, fieldsUnder(columns, fieldsOf(text)));
    const key = `${action.symbol} ${action.exDate} ${action.kind}`;
    const earlier = lineOf.get(key);
    if (earlier !== undefined) {
      const day = new Date(action.exDate).toISOString().slice(0, 10);
      const message = `a second ${action.kind} of ${action.symbol} on ${day} (the first is in line ${earlier}): one row for both`;
      throw new ActionFileError(`line ${line}: date: ${message}`);
    }
    lineOf.set(key, line);
    if (actions.push(action) > ROWS_MAX) throw new ActionFileError(`line ${line}: more than ${ROWS_MAX} actions`);
  }
  if (columns === null) throw new ActionFileError('the file is empty');
  return actions.toSorted((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : byExDate(a, b)));
}

function readHeader(text: string): Readonly<Record<Column, number>> {
  const bare = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const names = fieldsOf(bare).map((name) => name.toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new ActionFileError(`line 1: the header does not name ${missing.join(', ')}`);
  const [symbol = 0, date = 0, kind = 0, value = 0] = COLUMNS.map((name) => names.indexOf(name));
  return { symbol, date, kind, value };
}

const fieldsUnder = (columns: Readonly<Record<Column, number>>, fields: readonly string[]): Fields => ({
  symbol: fields[columns.symbol] ?? '',
  date: fields[columns.date] ?? '',
  kind: fields[columns.kind] ?? '',
  value: fields[columns.value] ?? '',
});

function readRow(line: number, fields: Fields): CorporateAction {
  const refuse = (field: Column, what: string): never => {
    throw new ActionFileError(`line ${line}: ${field}: ${what}`);
  };
  const symbol = parseSymbol(fields.symbol);
  if (!symbol.ok) return refuse('symbol', symbol.error.message.replace(/^symbol: /, ''));
  const date = parseTime(fields.date, 'UTC');
  if (date === null || !date.isDate) return refuse('date', `"${fields.date.slice(0, 40)}" is no date as in 2020-08-31`);
  const kind = fields.kind.toUpperCase() as CorporateActionKind;
  if (!CORPORATE_ACTION_KINDS.includes(kind)) {
    return refuse('kind', `"${fields.kind.slice(0, 40)}" is neither SPLIT nor DIVIDEND`);
  }
  const value = valueOf(kind, fields.value);
  if (Number.isNaN(value)) return refuse('value', `"${fields.value.slice(0, 40)}" is no number`);
  const fault = faultOfAction(kind, value);
  if (fault !== null) return refuse('value', fault);
  return { symbol: symbol.value, exDate: date.time, kind, value, basis: 'RAW' };
}

function valueOf(kind: CorporateActionKind, text: string): number {
  const ratio = kind === 'SPLIT' ? RATIO.exec(text) : null;
  if (ratio !== null) return Number(ratio[1]) / Number(ratio[2]);
  return text === '' ? NaN : Number(text);
}
