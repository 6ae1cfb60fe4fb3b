import type { Pool } from 'pg';
import type { Instrument } from '../../domain/instrument.js';
import type { AccountShare, ClaimedAccount } from '../../ports/trading-store.js';

type DataSource = Instrument['dataSource'];

/** Who trades a data source's accounts, as a group of consumers that share them out. */
const groupOf = (dataSource: DataSource): string => `accounts of ${dataSource}`;
const LEASE_END = (parameter: string): string => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

/**
 * Renews what `owner` holds and brings it to its fair share of all accounts: takes free and expired ones up to it, gives
 * back what is beyond it. An account whose row is locked right now is left for the next time.
 */
export async function claimAccounts(
  pool: Pool,
  owner: string,
  dataSource: DataSource,
  leaseMs: number,
): Promise<AccountShare> {
  const share = await shareOf(pool, owner, dataSource, leaseMs);
  const { rows: renewed } = await pool.query<ClaimedAccount>(
    `UPDATE accounts a SET lease_until = ${LEASE_END('$3')}
     FROM (SELECT id FROM accounts WHERE data_source = $2 AND owner = $1 ORDER BY id FOR UPDATE SKIP LOCKED) held
     WHERE a.id = held.id RETURNING a.id AS "accountId", a.epoch::float8 AS epoch`,
    [owner, dataSource, leaseMs],
  );
  const { rows: counted } = await pool.query<{ held: number }>(
    'SELECT count(*)::int AS held FROM accounts WHERE data_source = $2 AND owner = $1',
    [owner, dataSource],
  );
  const held = counted[0]?.held ?? 0;
  const taken = held < share ? await takeFree(pool, owner, dataSource, leaseMs, share - held) : [];
  const givenBack = held > share ? await giveBack(pool, owner, dataSource, held - share) : [];
  return { claimed: [...renewed, ...taken].filter(({ accountId }) => !givenBack.includes(accountId)), givenBack };
}

/** Gives all accounts back and leaves the group: the others' share grows. */
export async function releaseAccounts(pool: Pool, owner: string): Promise<void> {
  await pool.query('UPDATE accounts SET owner = NULL, lease_until = NULL WHERE owner = $1', [owner]);
  await pool.query('DELETE FROM consumer_members WHERE owner = $1', [owner]);
}

/** Says that `owner` is alive, forgets those that are not, and answers how many accounts are for each to have. */
async function shareOf(pool: Pool, owner: string, dataSource: DataSource, leaseMs: number): Promise<number> {
  await pool.query(
    `WITH gone AS (
       DELETE FROM consumer_members WHERE (grp, owner) IN (
         SELECT grp, owner FROM consumer_members
         WHERE grp = $1 AND owner <> $2 AND lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED)
     )
     INSERT INTO consumer_members (grp, owner, lease_until) VALUES ($1, $2, ${LEASE_END('$3')})
     ON CONFLICT (grp, owner) DO UPDATE SET lease_until = excluded.lease_until`,
    [groupOf(dataSource), owner, leaseMs],
  );
  const { rows } = await pool.query<{ accounts: number; members: number }>(
    `SELECT (SELECT count(*) FROM accounts WHERE data_source = $2)::int AS accounts,
            (SELECT count(*) FROM consumer_members WHERE grp = $1)::int AS members`,
    [groupOf(dataSource), dataSource],
  );
  const { accounts = 0, members = 1 } = rows[0] ?? {};
  return Math.ceil(accounts / Math.max(members, 1));
}

async function takeFree(
  pool: Pool,
  owner: string,
  dataSource: DataSource,
  leaseMs: number,
  count: number,
): Promise<readonly ClaimedAccount[]> {
  const { rows } = await pool.query<ClaimedAccount>(
    `UPDATE accounts a SET owner = $1, lease_until = ${LEASE_END('$3')}, epoch = a.epoch + 1
     FROM (
       SELECT id FROM accounts
       WHERE data_source = $2 AND (owner IS NULL OR (owner <> $1 AND lease_until < clock_timestamp()))
       ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED
     ) free
     WHERE a.id = free.id RETURNING a.id AS "accountId", a.epoch::float8 AS epoch`,
    [owner, dataSource, leaseMs, count],
  );
  return rows;
}

async function giveBack(pool: Pool, owner: string, dataSource: DataSource, count: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `UPDATE accounts a SET owner = NULL, lease_until = NULL
     FROM (
       SELECT id FROM accounts WHERE data_source = $2 AND owner = $1 ORDER BY id DESC LIMIT $3 FOR UPDATE SKIP LOCKED
     ) surplus
     WHERE a.id = surplus.id RETURNING a.id`,
    [owner, dataSource, count],
  );
  return rows.map(({ id }) => id);
}
