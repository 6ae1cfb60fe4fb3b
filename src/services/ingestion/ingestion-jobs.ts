import type { Timeframe } from '../../domain/timeframe.js';

/** What the use cases ask of the job queue, by name of the job; made of a JobQueue and its definitions in src/jobs. */
export interface IngestionJobs {
  /** Queues a poll now; answers the job's id. */
  poll(symbol: string, timeframe: Timeframe): Promise<string>;
  /** Makes the schedules equal to what is tracked now, and queues the past of series that still lack it. */
  reschedule(): Promise<void>;
}
