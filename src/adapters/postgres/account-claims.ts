import type { Pool } from 'pg';
import type { Instrument } from '../../domain/instrument.js';
import type { ClaimedAccount } from '../../ports/trading-store.js';

/** Takes free and expired accounts, renews those of `owner`. One whose row is locked right now is left for the next time. */
export async function claimAccounts(
  pool: Pool,
  owner: string,
  dataSource: Instrument['dataSource'],
  leaseMs: number,
): Promise<readonly ClaimedAccount[]> {
  const { rows } = await pool.query<{ id: string; epoch: number }>(
    `UPDATE accounts a SET owner = $1, lease_until = now() + $3 * interval '1 millisecond',
       epoch = CASE WHEN a.owner IS DISTINCT FROM $1 THEN a.epoch + 1 ELSE a.epoch END
     FROM (
       SELECT id FROM accounts
       WHERE data_source = $2 AND (owner IS NULL OR owner = $1 OR lease_until < now())
       ORDER BY id FOR UPDATE SKIP LOCKED
     ) free
     WHERE a.id = free.id RETURNING a.id, a.epoch`,
    [owner, dataSource, leaseMs],
  );
  return rows.map(({ id, epoch }) => ({ accountId: id, epoch }));
}
