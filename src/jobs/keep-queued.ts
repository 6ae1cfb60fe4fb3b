import { setTimeout as wait } from 'node:timers/promises';
import type { JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';

export interface KeepQueuedOptions {
  readonly queue: Pick<JobQueue, 'whenLost'>;
  /** Puts into the queue what has to be there; doing it again changes nothing. */
  readonly put: () => Promise<void>;
  /** For the log: "schedules". */
  readonly what: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** A minute when left out. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;

/**
 * Makes the queue follow the database, each minute and as soon as the queue has lost what was in it, until `signal` is
 * aborted. The first time is the caller's, so that a start that cannot fill its queue fails.
 */
export async function keepQueued({
  queue,
  put,
  what,
  logger,
  signal,
  everyMs = EVERY_MS,
}: KeepQueuedOptions): Promise<void> {
  let lost = new AbortController();
  queue.whenLost(() => lost.abort());
  while (!signal.aborted) {
    const early = AbortSignal.any([signal, lost.signal]);
    await wait(everyMs, undefined, { signal: early, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    // Before it is put there: what is lost meanwhile has to be put there once more.
    lost = new AbortController();
    try {
      await put();
    } catch (error) {
      logger.warn({ err: error }, `${what} could not be put into the job queue; it is tried again`);
    }
  }
}
