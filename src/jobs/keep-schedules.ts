import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../ports/logger.js';
import type { IngestionJobs } from '../services/ingestion/ingestion-jobs.js';

const EVERY_MS = 60_000;

/** Makes the schedules follow the database each minute until `signal` is aborted; the first time is the caller's. */
export async function keepSchedules(
  jobs: Pick<IngestionJobs, 'reschedule'>,
  logger: Logger,
  signal: AbortSignal,
  everyMs: number = EVERY_MS,
): Promise<void> {
  while (!signal.aborted) {
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await jobs.reschedule();
    } catch (error) {
      logger.warn({ err: error }, 'schedules could not be renewed; it is tried again in a minute');
    }
  }
}
