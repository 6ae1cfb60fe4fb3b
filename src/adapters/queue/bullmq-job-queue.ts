import { setTimeout as wait } from 'node:timers/promises';
import { UnrecoverableError, type Job } from 'bullmq';
import {
  JobNotRetriableError,
  type JobDefinition,
  type JobQueue,
  type JobQueueStatus,
  type JobSchedule,
} from '../../ports/job-queue.js';
import type { Logger } from '../../ports/logger.js';
import type { BackendQueue, BackendWorker, JobBackend } from './job-backend.js';

/** Kept for a look at what happened, no more: jobs that run each second would fill the database. */
const KEEP_COMPLETED = 20;
const KEEP_FAILED = 100;
/** Before the second attempt; doubles with each further one. */
const RETRY_DELAY_MS = 1000;
/** A job whose process died is free after this, and taken up by another two checks later at most. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;
/** Times that a job's process may die before the job is failed: a start that is killed twice must not lose its training. */
const STALLED_MAX = 5;
/** An idle worker looks for jobs that no notification told it of. */
const IDLE_CHECK_SECONDS = 5;

/** BullMQ asks again so soon after a fault of the connection. */
const RECONNECT_MS = 1_000;

/** Background jobs on BullMQ: one BullMQ queue for each kind of job, on PostgreSQL or Redis. */
export class BullMqJobQueue implements JobQueue {
  private readonly queues = new Map<string, BackendQueue>();
  private readonly workers = new Map<string, BackendWorker>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly backend: JobBackend,
    private readonly logger: Logger,
  ) {}

  async enqueue<P>(job: JobDefinition<P>, payload: P, options: { readonly id?: string } = {}): Promise<string> {
    const data = job.parse(payload);
    const queued = await this.ask(job, (queue) =>
      queue.add(job.name, data, {
        ...jobOptions(job),
        ...(options.id === undefined ? {} : { deduplication: { id: options.id } }),
      }),
    );
    if (queued.id === undefined) throw new Error(`${job.name}: the queue gave the job no id`);
    return queued.id;
  }

  async schedule<P>(job: JobDefinition<P>, schedule: JobSchedule<P>): Promise<void> {
    const data = job.parse(schedule.payload);
    await this.ask(job, (queue) => upsertSchedule(queue, job, schedule, data));
  }

  async unschedule<P>(job: JobDefinition<P>, scheduleId: string): Promise<void> {
    await this.ask(job, (queue) => queue.removeJobScheduler(scheduleId));
  }

  async scheduleIds<P>(job: JobDefinition<P>): Promise<readonly string[]> {
    const schedulers = await this.ask(job, (queue) => queue.getJobSchedulers());
    return schedulers.map(({ key }) => key);
  }

  async work<P>(job: JobDefinition<P>): Promise<void> {
    if (this.workers.has(job.name)) throw new Error(`${job.name}: this process works on it already`);
    const worker = this.backend.worker(job.name, (queued) => this.run(job, queued), {
      concurrency: job.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: STALLED_MAX,
      drainDelay: IDLE_CHECK_SECONDS,
      runRetryDelay: RECONNECT_MS,
      ...RETENTION,
    });
    this.workers.set(job.name, worker);
    // Counted in the status from now on, also while nothing was queued here.
    this.queueOf(job);
    // Without a listener an error event would end the process; BullMQ goes on by itself.
    worker.on('error', (error) => this.tellOf(error, { job: job.name, err: error }, 'job worker: trouble'));
    worker.on('failed', (queued, error) => {
      const about = { job: job.name, jobId: queued?.id, attempt: queued?.attemptsMade, err: error };
      if (this.stopping.signal.aborted) this.logger.debug(about, 'job broken off: it begins again at the next start');
      else this.logger.warn(about, 'job failed');
    });
    await worker.waitUntilReady();
  }

  whenLost(putAgain: () => void): void {
    this.backend.whenLost(putAgain);
  }

  async status(): Promise<readonly JobQueueStatus[]> {
    const all = [...this.queues.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return this.explained(async () => {
      await this.backend.check();
      return Promise.all(
        all.map(async ([name, queue]) => {
          const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
          const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
          return { name, waiting, active, delayed, failed };
        }),
      );
    });
  }

  async close(deadlineMs: number): Promise<void> {
    this.stopping.abort(new Error('the program is stopping'));
    const workers = [...this.workers.values()];
    // Pausing waits for the jobs that run; a close that has begun to wait can no longer be told not to.
    const drained = Promise.all(workers.map((worker) => worker.pause())).then(() => true);
    const inTime = await Promise.race([drained, passed(deadlineMs)]);
    if (!inTime) {
      this.logger.warn({ deadlineMs }, 'jobs still run at the deadline; they are taken up again at the next start');
      drained.catch(() => undefined);
    }
    await Promise.all(workers.map((worker) => worker.close(!inTime)));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  private async run<P>(job: JobDefinition<P>, queued: Job<unknown, unknown>): Promise<void> {
    const payload = parsePayload(job, queued.data);
    try {
      await job.run(payload, {
        jobId: queued.id ?? job.name,
        signal: this.stopping.signal,
        progress: (fraction, message) =>
          queued.updateProgress({ fraction, ...(message === undefined ? {} : { message }) }),
      });
    } catch (error) {
      if (error instanceof JobNotRetriableError) throw new UnrecoverableError(error.message);
      throw error;
    }
  }

  private ask<P, T>(job: JobDefinition<P>, question: (queue: BackendQueue) => Promise<T>): Promise<T> {
    return this.explained(() => question(this.queueOf(job)));
  }

  private async explained<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw this.backend.explain(error);
    }
  }

  /** A server that is away is told of once, not by every worker and queue at every attempt to reach it. */
  private tellOf(error: unknown, fields: object, message: string): void {
    if (this.backend.isConnectionFault(error)) this.logger.debug(fields, message);
    else this.logger.warn(fields, message);
  }

  private queueOf<P>(job: JobDefinition<P>): BackendQueue {
    const known = this.queues.get(job.name);
    if (known !== undefined) return known;
    const queue = this.backend.queue(job.name);
    queue.on('error', (error) => this.tellOf(error, { job: job.name, err: error }, 'job queue: trouble'));
    this.queues.set(job.name, queue);
    return queue;
  }
}

async function upsertSchedule<P>(
  queue: BackendQueue,
  job: JobDefinition<P>,
  schedule: JobSchedule<P>,
  data: P,
): Promise<void> {
  const existing = await queue.getJobScheduler(schedule.id);
  const isAlive = existing?.next !== undefined && existing.next > Date.now() - 2 * schedule.everyMs - LOCK_MS;
  const isSame =
    existing?.every === schedule.everyMs && JSON.stringify(existing.template?.data) === JSON.stringify(data);
  // Upserting an unchanged schedule would run its job at once, each time.
  if (isAlive && isSame) return;
  // A changed interval would keep the offset of the old one, and a tick that comes late would then be followed by one
  // that is late by as much (an hour, coming from an hourly schedule).
  if (existing !== undefined && existing.every !== schedule.everyMs) await queue.removeJobScheduler(schedule.id);
  await queue.upsertJobScheduler(
    schedule.id,
    { every: schedule.everyMs },
    { name: job.name, data, opts: jobOptions(job) },
  );
}

async function passed(deadlineMs: number): Promise<false> {
  await wait(deadlineMs, undefined, { ref: false });
  return false;
}

const RETENTION = { removeOnComplete: { count: KEEP_COMPLETED }, removeOnFail: { count: KEEP_FAILED } };

function jobOptions<P>(job: JobDefinition<P>) {
  return { ...RETENTION, attempts: job.attempts, backoff: { type: 'exponential', delay: RETRY_DELAY_MS, jitter: 0.5 } };
}

/** What was queued by an older version, or by hand, is not trusted: it fails once, with the reason. */
function parsePayload<P>(job: JobDefinition<P>, data: unknown): P {
  try {
    return job.parse(data);
  } catch (error) {
    throw new UnrecoverableError(`payload refused: ${error instanceof Error ? error.message : String(error)}`);
  }
}
