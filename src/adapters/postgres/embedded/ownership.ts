import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { z } from 'zod';
import { DataDirectoryInUseError } from './errors.js';
import { processStart } from './processes.js';

/**
 * The two keys of the advisory lock that the owning program's session holds as long as it lives. The kernel closes the
 * session's socket when the program dies, however it dies, and PostgreSQL then frees the lock: there is nothing stale to
 * clean up. Any two numbers do; these spell "trad" and "ownr".
 */
const LOCK_KEYS = [0x74726164, 0x6f776e72] as const;

/** How long a dead owner's session is given to be noticed by the server. It takes milliseconds on an idle machine. */
const DEAD_OWNER_GRACE_MS = 10_000;
const RETRY_EVERY_MS = 20;

const holderRow = z.object({ label: z.string(), since: z.date() });

/** The session's application_name, by which others learn who the owner is. At most 63 bytes, PostgreSQL's limit. */
export function ownerLabel(): string {
  return `tradegraph-owner ${process.pid} ${processStart(process.pid) ?? '-'}`;
}

/**
 * Makes `client`'s session the owner of its cluster, until the session ends. The client must be connected to the database
 * `postgres` (advisory locks are per database) with `ownerLabel()` as its application_name.
 * @throws DataDirectoryInUseError when a live program owns it.
 */
export async function acquireOwnership(client: Client, dataDir: string): Promise<void> {
  const deadline = Date.now() + DEAD_OWNER_GRACE_MS;
  for (;;) {
    const locked = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', [
      ...LOCK_KEYS,
    ]);
    if (locked.rows[0]?.locked === true) return;
    const holder = await readHolder(client);
    // Without a holder it was just freed, and is asked for again.
    if (holder !== null && (holder.alive || Date.now() > deadline)) {
      throw new DataDirectoryInUseError(dataDir, holder.pid, holder.since);
    }
    await delay(RETRY_EVERY_MS);
  }
}

async function readHolder(client: Client): Promise<{ pid: number; since: Date; alive: boolean } | null> {
  const { rows } = await client.query(
    `SELECT a.application_name AS label, a.backend_start AS since
       FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.classid = $1 AND l.objid = $2 AND a.datname = current_database()`,
    [...LOCK_KEYS],
  );
  if (rows[0] === undefined) return null;
  const { label, since } = holderRow.parse(rows[0]);
  const [, pid = 'NaN', start] = label.split(' ');
  return { pid: Number(pid), since, alive: processStart(Number(pid)) === start };
}
