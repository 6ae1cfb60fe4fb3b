import { err, ok, type Result } from '../../domain/result.js';
import { parseSymbol, type InvalidSymbol } from '../../domain/symbol.js';
import type { InstrumentStore } from '../../ports/bar-store.js';
import { JobQueueUnavailableError } from '../../ports/job-queue.js';
import type { IngestionJobs } from './ingestion-jobs.js';

export interface IngestNowOptions {
  readonly instruments: Pick<InstrumentStore, 'tracked'>;
  readonly jobs: Pick<IngestionJobs, 'poll'>;
}

export interface IngestQueued {
  readonly message: string;
  readonly status: 'queued';
  readonly jobId: string;
}

/** Codes of src/domain/error-codes.ts. */
export type IngestRefusal =
  | InvalidSymbol
  | { readonly code: 'NOT_TRACKED'; readonly message: string }
  | { readonly code: 'NO_MORE_BARS'; readonly message: string }
  | { readonly code: 'JOB_QUEUE_UNAVAILABLE'; readonly message: string };

/** Polls a tracked symbol at once instead of at its next turn. */
export class IngestNow {
  constructor(private readonly options: IngestNowOptions) {}

  async ingest(symbol: string): Promise<Result<IngestQueued, IngestRefusal>> {
    const parsed = parseSymbol(symbol);
    if (!parsed.ok) return parsed;
    const tracked = await this.options.instruments.tracked();
    const series = tracked.filter(({ instrument }) => instrument.symbol === parsed.value);
    if (series.length === 0) {
      return err({ code: 'NOT_TRACKED', message: `symbol: ${parsed.value} is not tracked; trackSymbol begins that` });
    }
    const open = series.find(({ endedAt }) => endedAt === null);
    if (open === undefined) {
      return err({
        code: 'NO_MORE_BARS',
        message: `symbol: the series of ${parsed.value} has ended, no further bar will come`,
      });
    }
    try {
      const jobId = await this.options.jobs.poll(parsed.value, open.timeframe);
      return ok({ message: `Data ingestion started for ${parsed.value}`, status: 'queued', jobId });
    } catch (error) {
      if (!(error instanceof JobQueueUnavailableError)) throw error;
      return err({ code: 'JOB_QUEUE_UNAVAILABLE', message: error.message });
    }
  }
}
