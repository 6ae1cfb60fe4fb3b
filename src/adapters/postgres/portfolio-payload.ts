import type { PortfolioPayload } from '../../domain/events.js';
import { invariant } from '../../domain/result.js';
import { iso } from './trading-rows.js';
import type { PgTransaction } from './transaction.js';

/**
 * Ends the booking of an account's slice of `asOf`: the deferred guards and `update_portfolio_value` run now. Answers the
 * snapshot that was written, with the open positions.
 */
export async function closeSlice(tx: PgTransaction, accountId: string, asOf: number): Promise<PortfolioPayload> {
  const { rows } = await tx.query<{ portfolio: Omit<PortfolioPayload, 'account_id' | 'timestamp'> | null }>({
    name: 'trading-close-slice',
    text: 'SELECT close_slice($1) AS portfolio',
    values: [accountId],
  });
  const portfolio = rows[0]?.portfolio ?? null;
  invariant(portfolio !== null, `update_portfolio_value has written the snapshot of ${accountId}`);
  return { account_id: accountId, ...portfolio, timestamp: iso(asOf) };
}
