import type { QueryResult, QueryResultRow } from 'pg';
import type { Instrument } from '../../domain/instrument.js';
import { INSTRUMENT_COLUMNS, toInstrument, type InstrumentRow } from './instrument-rows.js';

/** A pool, or a transaction. */
export interface Queryable {
  query<R extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<R>>;
}

/** Instruments that are there, by their symbols. */
export async function instrumentsBySymbol(
  on: Queryable,
  symbols: readonly string[],
): Promise<ReadonlyMap<string, Instrument>> {
  if (symbols.length === 0) return new Map();
  const text = `SELECT ${INSTRUMENT_COLUMNS} FROM instruments WHERE symbol = ANY($1)`;
  const { rows } = await on.query<InstrumentRow>(text, [[...new Set(symbols)]]);
  return new Map(rows.map((row) => [row.symbol, toInstrument(row)]));
}
