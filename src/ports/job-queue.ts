/** A kind of background job: what is queued is parsed when it is queued and again when it is run. */
export interface JobDefinition<P> {
  readonly name: string;
  /** Parses an untrusted payload; throws on a bad one. */
  parse(payload: unknown): P;
  run(payload: P, context: JobContext): Promise<void>;
  /** Attempts in all before the job is failed for good. */
  readonly attempts: number;
  /** Jobs of this kind at once in one process. */
  readonly concurrency: number;
}

/** Thrown by a job whose next attempt would fail as well: it is failed for good at once. */
export class JobNotRetriableError extends Error {
  override readonly name = 'JobNotRetriableError';
}

/** The queue's server does not answer. Nothing was queued, as far as is known; asking again later is safe. */
export class JobQueueUnavailableError extends Error {
  override readonly name = 'JobQueueUnavailableError';
  readonly retriable = true;
}

export interface JobContext {
  readonly jobId: string;
  /** Aborted on shutdown. */
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  progress(fraction: number, message?: string): Promise<void>;
}

export interface JobSchedule<P> {
  /** Unique: scheduling again with the same id changes the schedule. */
  readonly id: string;
  readonly everyMs: number;
  readonly payload: P;
}

export interface JobQueueStatus {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/**
 * Durable background jobs. The truth about what should be scheduled is in the database, not here. Where the queue has a
 * server of its own and that does not answer, every call but `work` and `close` throws JobQueueUnavailableError within
 * seconds.
 */
export interface JobQueue {
  /** Queues one job; the same `id` while it waits or runs queues nothing new. Answers the job's id. */
  enqueue<P>(job: JobDefinition<P>, payload: P, options?: { readonly id?: string }): Promise<string>;
  schedule<P>(job: JobDefinition<P>, schedule: JobSchedule<P>): Promise<void>;
  unschedule<P>(job: JobDefinition<P>, scheduleId: string): Promise<void>;
  /** Ids of the schedules of this kind of job, also of those that an earlier run of the program made. */
  scheduleIds<P>(job: JobDefinition<P>): Promise<readonly string[]>;
  /** Begins to run jobs of this kind in this process. */
  work<P>(job: JobDefinition<P>): Promise<void>;
  /** Asks the queue's server, also while no kind of job is known here. */
  status(): Promise<readonly JobQueueStatus[]>;
  /**
   * Calls `putAgain` whenever the queue has lost what was in it: schedules and waiting jobs. Whoever put them there puts
   * them there again.
   */
  whenLost(putAgain: () => void): void;
  /** Stops taking jobs and waits for those that run, `deadlineMs` at most. */
  close(deadlineMs: number): Promise<void>;
}
