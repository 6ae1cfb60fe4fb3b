import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BarSeries } from '../../src/domain/bar.js';
import type { CorporateAction } from '../../src/domain/corporate-action.js';
import { DAY_MS } from './scripted-backtest.js';

const reference = process.env['REFERENCE_DATA'] ?? '../shared/reference';
export const RAW_BARS_FILE = join(reference, 'bars/us-equity-daily-raw.csv.gz');

/** Unadjusted daily bars of one symbol of the reference data, stamped at midnight UTC of their day. */
export function readRawDays(symbol: string): BarSeries {
  const rows = gunzipSync(readFileSync(RAW_BARS_FILE))
    .toString()
    .split('\n')
    .filter((line) => line.startsWith(`${symbol},`))
    .map((line) => line.split(','));
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row[index]));
  return {
    symbol,
    timeframe: 'ONE_DAY',
    timestamps: Float64Array.from(rows, (row) => Date.parse(row[1]!)),
    opens: column(2),
    highs: column(3),
    lows: column(4),
    closes: column(5),
    volumes: column(6),
  };
}

/** One row of a Lean factor file: prices up to and including this day are multiplied by both factors. */
export interface FactorRow {
  readonly day: number;
  readonly priceFactor: number;
  readonly splitFactor: number;
  /** Raw close of that day. */
  readonly close: number;
}

export function readFactorRows(symbol: string): readonly FactorRow[] {
  const path = join(reference, `calendar/factor-files/${symbol.toLowerCase()}.csv`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [date = '', priceFactor, splitFactor, close] = line.split(',');
      const day = Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`);
      return { day, priceFactor: Number(priceFactor), splitFactor: Number(splitFactor), close: Number(close) };
    });
}

/**
 * The actions that a factor file tells of: what changes after a row's day happened before the next open. Ratios of
 * splits are whole numbers or fractions of small ones, which the file rounds.
 */
export function actionsOfFactors(symbol: string, rows: readonly FactorRow[]): readonly CorporateAction[] {
  return rows.slice(0, -1).flatMap((row, index): CorporateAction[] => {
    const next = rows[index + 1]!;
    const exDate = row.day + DAY_MS;
    const ratio = next.splitFactor / row.splitFactor;
    const dividend = row.close * (1 - row.priceFactor / next.priceFactor);
    const split = { symbol, exDate, kind: 'SPLIT', value: ratio, basis: 'RAW' } as const;
    const paid = { symbol, exDate, kind: 'DIVIDEND', value: dividend / ratio, basis: 'RAW' } as const;
    return [...(Math.abs(ratio - 1) > 1e-9 ? [split] : []), ...(Math.abs(dividend) > 1e-9 ? [paid] : [])];
  });
}

/** The product of both factors on a day. */
export function factorOn(rows: readonly FactorRow[], day: number): number {
  const row = rows.find((each) => day <= each.day);
  return row === undefined ? 1 : row.priceFactor * row.splitFactor;
}
