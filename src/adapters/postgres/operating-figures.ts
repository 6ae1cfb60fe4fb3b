import type { Pool } from 'pg';
import type { Instrument } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';

/** What operators watch, read from the database: it is true whichever process wrote it, and after a restart as well. */

export interface SeriesFigures {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: Instrument['calendar'];
  /** Close of its newest bar, epoch milliseconds; of a series without bars, the time since when it is tracked. */
  readonly latestCloseMs: number;
}

export interface AccountFigures {
  readonly account: string;
  readonly currency: string;
  readonly status: string;
  /** In the account's currency, rounded to floating point. */
  readonly equity: number;
  /** Worth of all that is held over the equity; 0 is all in cash. */
  readonly exposureRatio: number;
  readonly realizedPnl: number;
  readonly unrealizedPnl: number;
  readonly openOrders: number;
}

export interface OpenRunFigures {
  readonly kind: 'backtest' | 'search';
  readonly status: 'QUEUED' | 'RUNNING';
  readonly runs: number;
  /** Since the oldest was asked for; 0 without one. */
  readonly oldestSeconds: number;
}

/** Every series that is tracked and has not ended: one look into an index each. */
export async function readSeriesFigures(pool: Pool): Promise<readonly SeriesFigures[]> {
  const { rows } = await pool.query<Omit<SeriesFigures, 'latestCloseMs'> & { latest_close: Date }>(`
    SELECT t.symbol, t.timeframe, i.calendar, coalesce(latest.close_time, t.created_at) AS latest_close
    FROM tracked_symbols t
    JOIN instruments i USING (symbol)
    LEFT JOIN LATERAL (
      SELECT close_time FROM market_data m
      WHERE m.symbol = t.symbol AND m.timeframe = t.timeframe
      ORDER BY "timestamp" DESC LIMIT 1
    ) latest ON true
    WHERE t.ended_at IS NULL`);
  return rows.map(({ latest_close: latestClose, ...series }) => ({ ...series, latestCloseMs: latestClose.getTime() }));
}

/** Every account of a data source. Money as floating point: these figures are looked at, nothing is computed of them. */
export async function readAccountFigures(pool: Pool, dataSource: string): Promise<readonly AccountFigures[]> {
  const { rows } = await pool.query<AccountFigures>(
    `
    SELECT a.id AS account, a.currency, a.status,
      (a.cash + coalesce(held.value, 0))::float8 AS equity,
      coalesce(held.value / nullif(a.cash + held.value, 0), 0)::float8 AS "exposureRatio",
      coalesce(held.realized, 0)::float8 AS "realizedPnl",
      coalesce(held.unrealized, 0)::float8 AS "unrealizedPnl",
      (SELECT count(*) FROM orders o
       WHERE o.account_id = a.id AND o.status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')) AS "openOrders"
    FROM accounts a
    LEFT JOIN LATERAL (
      SELECT sum(market_value) AS value, sum(realized_pnl) AS realized, sum(market_value - cost_basis) AS unrealized
      FROM positions p WHERE p.account_id = a.id
    ) held ON true
    WHERE a.data_source = $1`,
    [dataSource],
  );
  return rows;
}

/** Backtests and searches that wait or run; a line for each kind and status, also where there are none. */
export async function readOpenRunFigures(pool: Pool): Promise<readonly OpenRunFigures[]> {
  const { rows } = await pool.query<OpenRunFigures>(`
    WITH open_runs AS (
      SELECT 'backtest' AS kind, status, created_at FROM backtests WHERE status IN ('QUEUED', 'RUNNING')
      UNION ALL
      SELECT 'search', status, created_at FROM searches WHERE status IN ('QUEUED', 'RUNNING')
    )
    SELECT kinds.kind, statuses.status, count(open_runs.kind) AS runs,
      coalesce(extract(epoch FROM now() - min(open_runs.created_at)), 0)::float8 AS "oldestSeconds"
    FROM (VALUES ('backtest'), ('search')) AS kinds (kind)
    CROSS JOIN (VALUES ('QUEUED'), ('RUNNING')) AS statuses (status)
    LEFT JOIN open_runs USING (kind, status)
    GROUP BY 1, 2`);
  return rows;
}
