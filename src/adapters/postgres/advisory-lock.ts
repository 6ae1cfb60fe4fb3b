import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

/** Ours among the advisory locks of a database that others may share: the first key of the pair. */
const NAMESPACE = 0x7472_6164;
const LOCKS = { schema: 1, 'first start': 2 } as const;
export type LockName = keyof typeof LOCKS;

const ASK_EVERY_MS = 100;
const ANSWER_MS = 10_000;

export interface LockOptions {
  /** Called once, when another process holds it. */
  readonly onWait?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * Does `work` while no other process does work under the same name: held by a session of its own, so that it is free as
 * soon as its process is gone. Asks again and again instead of waiting in the server, where a time-out or a stop of
 * the program would have no say.
 */
export async function withAdvisoryLock<T>(
  connectionString: string,
  name: LockName,
  work: () => Promise<T>,
  { onWait, signal }: LockOptions = {},
): Promise<T> {
  const client = new Client({
    connectionString,
    application_name: 'tradegraph-lock',
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  // A session that is lost frees the lock: what is done under one must be safe to be done twice, if not at one time.
  client.on('error', () => undefined);
  await client.connect();
  try {
    let asked = false;
    while (!(await isTaken(client, name))) {
      if (!asked) onWait?.();
      asked = true;
      await wait(ASK_EVERY_MS, undefined, { signal });
    }
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isTaken(client: Client, name: LockName): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
    NAMESPACE,
    LOCKS[name],
  ]);
  return rows[0]?.taken === true;
}
