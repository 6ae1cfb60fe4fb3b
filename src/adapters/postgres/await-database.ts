import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { isDatabaseFault } from './event-log/database-fault.js';

/** Older ones lack what the schema is made of. */
export const LEAST_POSTGRES = 15;

const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;
const ANSWER_MS = 5_000;

export interface AwaitDatabaseOptions {
  readonly connectionString: string;
  /** How long a database that does not answer is asked again; milliseconds. */
  readonly patienceMs: number;
  /** Called when it did not answer for the first time. */
  readonly onWait?: (reason: string) => void;
  readonly signal?: AbortSignal;
}

/** The database does not answer, refuses us, or is too old. The message names no password. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

/**
 * Resolves with the major version of PostgreSQL when it answers, new enough. A server that is away or still starting is
 * asked again with back-off; one that refuses the user, the password or the certificate will do so again.
 * @throws DatabaseUnavailableError
 */
export async function awaitDatabase(options: AwaitDatabaseOptions): Promise<number> {
  const { connectionString, patienceMs, onWait, signal } = options;
  const until = performance.now() + patienceMs;
  let major: number;
  for (let attempt = 0; ; attempt += 1) {
    try {
      major = await askVersion(connectionString);
      break;
    } catch (error) {
      if (!isDatabaseFault(error)) throw new DatabaseUnavailableError(explain(error), { cause: error });
      const pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
      if (performance.now() + pauseMs > until) {
        const text = `${explain(error)} (asked for ${Math.round(patienceMs / 1000)} s, DATABASE_WAIT_SECONDS)`;
        throw new DatabaseUnavailableError(text, { cause: error });
      }
      if (attempt === 0) onWait?.(explain(error));
      await wait(pauseMs, undefined, { signal });
    }
  }
  if (major >= LEAST_POSTGRES) return major;
  throw new DatabaseUnavailableError(
    `DATABASE_URL: PostgreSQL ${major} is too old, ${LEAST_POSTGRES} or newer is needed`,
  );
}

async function askVersion(connectionString: string): Promise<number> {
  const client = new Client({ connectionString, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ major: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS major",
    );
    return rows[0]?.major ?? 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explain(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  const texts = causes.map((cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));
  return `DATABASE_URL: ${texts.join('; ')}`;
}
