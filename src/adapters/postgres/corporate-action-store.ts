import type { Pool } from 'pg';
import type { Adjustment } from '../../domain/bar.js';
import type { CorporateAction, CorporateActionKind } from '../../domain/corporate-action.js';
import type { DataSource } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { finestStored } from './bar-aggregation.js';
import { pgTransaction } from './transaction.js';

interface ActionRow {
  readonly symbol: string;
  /** Milliseconds of the epoch: a date would be read in the machine's own zone. */
  readonly ex_date: number;
  readonly kind: CorporateActionKind;
  readonly value: number;
  readonly basis: Adjustment;
}

/** Corporate actions in PostgreSQL. */
export class PgCorporateActionStore implements CorporateActionStore {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async save(tx: Transaction, actions: readonly CorporateAction[], source: DataSource): Promise<number> {
    // One row may not be changed twice by one statement: of equal keys the last counts. Sorted for all writers alike.
    const distinct = [...new Map(actions.map((each) => [`${each.symbol} ${each.exDate} ${each.kind}`, each]))]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, action]) => action);
    if (distinct.length === 0) return 0;
    const { rowCount } = await pgTransaction(tx).query(
      `INSERT INTO corporate_actions AS stored (symbol, ex_date, kind, value, basis, source)
       SELECT *, $6 FROM unnest($1::text[], $2::date[], $3::text[], $4::float8[], $5::text[])
       ON CONFLICT (symbol, ex_date, kind) DO UPDATE
         SET value = excluded.value, basis = excluded.basis, source = excluded.source, updated_at = now()
         WHERE (stored.source <> 'csv' OR excluded.source = 'csv')
           AND (stored.value, stored.basis) IS DISTINCT FROM (excluded.value, excluded.basis)`,
      [
        distinct.map(({ symbol }) => symbol),
        distinct.map(({ exDate }) => new Date(exDate).toISOString().slice(0, 10)),
        distinct.map(({ kind }) => kind),
        distinct.map(({ value }) => value),
        distinct.map(({ basis }) => basis),
        source,
      ],
    );
    return rowCount ?? 0;
  }

  async actionsOf(symbols: readonly string[]): Promise<readonly CorporateAction[]> {
    const { rows } = await this.pool.query<ActionRow>(
      `SELECT symbol, extract(epoch FROM ex_date)::float8 * 1000 AS ex_date, kind, value, basis FROM corporate_actions
       WHERE symbol = ANY ($1) ORDER BY symbol, ex_date, kind DESC`,
      [symbols],
    );
    return rows.map(({ symbol, ex_date, kind, value, basis }) => ({ symbol, exDate: ex_date, kind, value, basis }));
  }

  async adjustmentOf(symbol: string, timeframe: Timeframe): Promise<Adjustment | 'MIXED' | null> {
    const base = await finestStored(this.pool, symbol, timeframe);
    const { rows } = await this.pool.query<{ adjustment: Adjustment }>(
      `SELECT DISTINCT adjustment FROM market_data WHERE symbol = $1 AND timeframe = $2`,
      [symbol, base ?? timeframe],
    );
    const [first, second] = rows;
    return second === undefined ? (first?.adjustment ?? null) : 'MIXED';
  }
}
