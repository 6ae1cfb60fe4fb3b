import { JobNotRetriableError } from '../ports/job-queue.js';
import { MarketDataError } from '../ports/market-data-source.js';

/** What the queue should make of a job's error: a source's fault that will not pass is not tried again. */
export function jobFailure(error: unknown): unknown {
  const isHopeless = error instanceof MarketDataError && !error.retriable;
  return isHopeless ? new JobNotRetriableError(`${error.code}: ${error.message}`) : error;
}
