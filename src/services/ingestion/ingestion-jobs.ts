import type { Timeframe } from '../../domain/timeframe.js';

/** What the use cases ask of the job queue, by name of the job; made of a JobQueue and its definitions in src/jobs. */
export interface IngestionJobs {
  /** Queues a poll now; answers the job's id. */
  poll(symbol: string, timeframe: Timeframe): Promise<string>;
  /** Queues the loading of a series' past; answers the job's id. */
  loadHistory(symbol: string, timeframe: Timeframe, from: number): Promise<string>;
  /** Makes the schedules equal to what is tracked now. */
  reschedule(): Promise<void>;
}
