import type { Pool } from 'pg';
import type { Deployment } from '../../domain/deployment.js';
import type { DeploymentStore, HeldFrom, NewDeployment } from '../../ports/deployment-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { pgTransaction } from './transaction.js';

interface DeploymentRow extends Omit<Deployment, 'warmFrom' | 'tradeAfter' | 'createdAt' | 'endedAt'> {
  readonly warmFrom: Date;
  readonly tradeAfter: Date;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

const COLUMNS = `id, account_id AS "accountId", strategy, reference, params, symbols, timeframe, source, status, failure,
  warm_from AS "warmFrom", trade_after AS "tradeAfter", created_at AS "createdAt", ended_at AS "endedAt"`;

const iso = (time: number): string => new Date(time).toISOString();

/** Deployments in PostgreSQL. */
export class PgDeploymentStore implements DeploymentStore {
  constructor(private readonly pool: Pool) {}

  async begin(tx: Transaction, deployment: NewDeployment): Promise<void> {
    const { id, accountId, strategy, reference, params, symbols, timeframe, source } = deployment;
    const pg = pgTransaction(tx);
    await pg.query(
      `INSERT INTO deployments (id, account_id, strategy, reference, params, symbols, timeframe, source, warm_from, trade_after)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        accountId,
        strategy,
        JSON.stringify(reference),
        JSON.stringify(params),
        JSON.stringify(symbols),
        timeframe,
        source,
        iso(deployment.warmFrom),
        iso(deployment.tradeAfter),
      ],
    );
    await pg.query('UPDATE accounts SET deployment_id = $2, signal_source = $3, version = version + 1 WHERE id = $1', [
      accountId,
      id,
      source,
    ]);
  }

  async end(
    tx: Transaction,
    { id, accountId }: Deployment,
    status: 'STOPPED' | 'FAILED',
    failure: string | null,
  ): Promise<void> {
    const pg = pgTransaction(tx);
    await pg.query(
      "UPDATE deployments SET status = $2, failure = $3, ended_at = now() WHERE id = $1 AND status = 'RUNNING'",
      [id, status, failure],
    );
    await pg.query(
      `UPDATE accounts SET deployment_id = NULL, signal_source = NULL, version = version + 1
       WHERE id = $1 AND deployment_id = $2`,
      [accountId, id],
    );
  }

  async deployment(id: string): Promise<Deployment | null> {
    const { rows } = await this.pool.query<DeploymentRow>(`SELECT ${COLUMNS} FROM deployments WHERE id = $1`, [id]);
    const [row] = rows;
    if (row === undefined) return null;
    return {
      ...row,
      warmFrom: row.warmFrom.getTime(),
      tradeAfter: row.tradeAfter.getTime(),
      createdAt: row.createdAt.getTime(),
      endedAt: row.endedAt?.getTime() ?? null,
    };
  }

  async holdings(accountId: string, symbols: readonly string[]): Promise<readonly HeldFrom[]> {
    const { rows } = await this.pool.query<{ symbol: string; bar: Date; quantity: string }>(
      `SELECT symbol, bar_timestamp AS bar, held AS quantity, 1 AS place, seq FROM fills
       WHERE account_id = $1 AND symbol = ANY($2)
       UNION ALL
       SELECT symbol, bar_timestamp, quantity, 0, seq FROM account_actions
       WHERE account_id = $1 AND symbol = ANY($2) AND kind = 'SPLIT' AND outcome = 'BOOKED'
       ORDER BY bar, place, seq`,
      [accountId, symbols],
    );
    return rows.map(({ symbol, bar, quantity }) => ({ symbol, barTimestamp: bar.getTime(), quantity }));
  }
}
