import type { Timeframe } from '../domain/timeframe.js';
import type { InstrumentStore, TrackedSymbol } from '../ports/bar-store.js';
import type { JobDefinition, JobQueue } from '../ports/job-queue.js';
import type { IngestionJobs } from '../services/ingestion/ingestion-jobs.js';
import type { LoadHistoryPayload } from './load-history.js';
import type { PollPayload } from './poll-symbol.js';

export interface QueuedIngestionOptions {
  readonly queue: JobQueue;
  readonly pollJob: JobDefinition<PollPayload>;
  readonly historyJob: JobDefinition<LoadHistoryPayload>;
  readonly instruments: Pick<InstrumentStore, 'tracked'>;
  readonly pollEveryMs: (timeframe: Timeframe) => number;
}

const idOf = ({ instrument, timeframe }: TrackedSymbol): string => `poll ${instrument.symbol} ${timeframe}`;

/** Ingestion's jobs on the job queue. The truth about what is tracked is in the database; the schedules follow it. */
export class QueuedIngestion implements IngestionJobs {
  constructor(private readonly options: QueuedIngestionOptions) {}

  poll(symbol: string, timeframe: Timeframe): Promise<string> {
    const { queue, pollJob } = this.options;
    return queue.enqueue(pollJob, { symbol, timeframe, now: true }, { id: `now ${symbol} ${timeframe}` });
  }

  /**
   * To be called at the start, each minute, and when what is tracked has changed: a queue that has lost its schedules, or
   * the load of a series' past, gets them back.
   */
  async reschedule(): Promise<void> {
    const { queue, pollJob, historyJob, instruments, pollEveryMs } = this.options;
    const open = (await instruments.tracked()).filter(({ endedAt }) => endedAt === null);
    const wanted = new Set(open.map(idOf));
    for (const id of await queue.scheduleIds(pollJob)) {
      if (!wanted.has(id)) await queue.unschedule(pollJob, id);
    }
    for (const series of open) {
      const { timeframe, historyFrom } = series;
      const { symbol } = series.instrument;
      const payload = { symbol, timeframe, now: false };
      // The same id while it waits or runs queues nothing new.
      if (historyFrom !== null) {
        const id = `history ${symbol} ${timeframe}`;
        await queue.enqueue(historyJob, { symbol, timeframe, from: historyFrom }, { id });
      }
      await queue.schedule(pollJob, { id: idOf(series), everyMs: pollEveryMs(timeframe), payload });
    }
  }
}
