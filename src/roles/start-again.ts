import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../adapters/postgres/await-database.js';
import { isDatabaseFault } from '../adapters/postgres/event-log/database-fault.js';

const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;

export interface StartAgainOptions {
  /** How long starts may fail, from the first failure on; milliseconds. */
  readonly patienceMs: number;
  /** Called before each start but the first, with what the one before has failed with. */
  readonly onFault: (reason: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Starts, and again while the database fails in the middle of it: a connection that breaks then is no other than one that breaks an
 * instant later, which a running program survives. `start` closes what it has opened when it throws.
 * @throws what `start` throws for another reason, or still when the patience is over
 */
export async function startAgainWhileDatabaseFails<T>(
  start: () => Promise<T>,
  { patienceMs, onFault, signal }: StartAgainOptions,
): Promise<T> {
  let until: number | null = null;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      // One that did not come in all the time it was waited for has had its patience.
      if (error instanceof DatabaseUnavailableError || !isDatabaseFault(error) || signal?.aborted === true) throw error;
      const pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
      until ??= performance.now() + patienceMs;
      if (performance.now() + pauseMs > until) throw error;
      onFault(error instanceof Error ? error.message : String(error));
      await wait(pauseMs, undefined, { signal });
    }
  }
}
