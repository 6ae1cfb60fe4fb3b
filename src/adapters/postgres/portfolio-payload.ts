import type { PortfolioPayload } from '../../domain/events.js';
import { invariant } from '../../domain/result.js';
import type { PgTransaction } from './transaction.js';

interface SnapshotRow {
  readonly timestamp: Date;
  readonly total_value: string;
  readonly cash: string;
  readonly positions_value: string;
  readonly total_pnl: string;
  readonly realized_pnl: string;
  readonly unrealized_pnl: string;
  readonly fees: string;
  readonly positions: PortfolioPayload['positions'];
}

/** The snapshot that `update_portfolio_value` wrote for the account's as_of, with its open positions. */
export async function readPortfolio(tx: PgTransaction, accountId: string): Promise<PortfolioPayload> {
  const { rows } = await tx.query<SnapshotRow>({
    name: 'trading-portfolio',
    text: `SELECT s."timestamp", s.total_value, s.cash, s.positions_value, s.total_pnl, s.realized_pnl, s.unrealized_pnl, s.fees,
       COALESCE((
         SELECT jsonb_agg(jsonb_build_object(
             'symbol', p.symbol,
             'quantity', p.quantity::text,
             'average_price', trim_scale(round(p.cost_basis / p.quantity, 12))::text,
             'current_price', p.current_price::text,
             'unrealized_pnl', (p.market_value - p.cost_basis)::text,
             'realized_pnl', p.realized_pnl::text
           ) ORDER BY p.symbol)
         FROM positions p WHERE p.account_id = s.account_id AND p.quantity > 0
       ), '[]') AS positions
     FROM accounts a JOIN portfolio_snapshots s ON s.account_id = a.id AND s."timestamp" = a.as_of
     WHERE a.id = $1`,
    values: [accountId],
  });

  const [row] = rows;
  invariant(row !== undefined, `update_portfolio_value has written the snapshot of ${accountId}`);
  return { account_id: accountId, ...row, timestamp: row.timestamp.toISOString() };
}
