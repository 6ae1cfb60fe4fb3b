import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresBackend, runMigrations, UnrecoverableError, withBackend, type Job } from 'bullmq';
import { Pool } from 'pg';
import {
  JobNotRetriableError,
  type JobDefinition,
  type JobQueue,
  type JobQueueStatus,
  type JobSchedule,
} from '../../ports/job-queue.js';
import type { Logger } from '../../ports/logger.js';
import { BULLMQ_SCHEMA, queuePool } from './queue-pool.js';

// Bound once: a queue made without the factory would silently look for Redis.
const { Queue, Worker } = withBackend(createPostgresBackend);
type BoundQueue = InstanceType<typeof Queue>;
type BoundWorker = InstanceType<typeof Worker>;

export interface BullMqJobQueueOptions {
  readonly connectionString: string;
  readonly logger: Logger;
  /** Connections at most: one for each kind of job that is worked on, the others shared by all queues. */
  readonly connections?: number;
  /** Nobody else works on this database: jobs that are under way belong to a process that was killed. */
  readonly isAlone?: boolean;
}

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

/** Each worker holds one connection for LISTEN; were there no others, every query would wait for ever. */
const QUERY_CONNECTIONS = 3;

/** Background jobs on BullMQ's PostgreSQL backend: one BullMQ queue for each kind of job, all on one pool. */
export class BullMqJobQueue implements JobQueue {
  private readonly queues = new Map<string, BoundQueue>();
  private readonly workers = new Map<string, BoundWorker>();
  private readonly stopping = new AbortController();

  private constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
  ) {}

  /** Brings BullMQ's own schema up to date. Throws when the database does not answer. */
  static async open(options: BullMqJobQueueOptions): Promise<BullMqJobQueue> {
    const pool = queuePool(options.connectionString, options.connections);
    const client = await pool.connect();
    try {
      await runMigrations(client, BULLMQ_SCHEMA);
      if (options.isAlone === true) await client.query(TAKE_BACK_JOBS);
    } catch (error) {
      client.release(true);
      await pool.end();
      throw error;
    }
    client.release();
    return new BullMqJobQueue(pool, options.logger);
  }

  async enqueue<P>(job: JobDefinition<P>, payload: P, options: { readonly id?: string } = {}): Promise<string> {
    const data = job.parse(payload);
    const queued = await this.queueOf(job).add(job.name, data, {
      ...jobOptions(job),
      ...(options.id === undefined ? {} : { deduplication: { id: options.id } }),
    });
    if (queued.id === undefined) throw new Error(`${job.name}: the queue gave the job no id`);
    return queued.id;
  }

  async schedule<P>(job: JobDefinition<P>, schedule: JobSchedule<P>): Promise<void> {
    const data = job.parse(schedule.payload);
    const queue = this.queueOf(job);
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

  async unschedule<P>(job: JobDefinition<P>, scheduleId: string): Promise<void> {
    await this.queueOf(job).removeJobScheduler(scheduleId);
  }

  async scheduleIds<P>(job: JobDefinition<P>): Promise<readonly string[]> {
    const schedulers = await this.queueOf(job).getJobSchedulers();
    return schedulers.map(({ key }) => key);
  }

  async work<P>(job: JobDefinition<P>): Promise<void> {
    if (this.workers.has(job.name)) throw new Error(`${job.name}: this process works on it already`);
    if (this.workers.size >= this.pool.options.max - QUERY_CONNECTIONS) {
      throw new Error(
        `${job.name}: ${this.pool.options.max} connections leave none for its worker, raise their number`,
      );
    }
    const worker = new Worker(job.name, (queued: Job) => this.run(job, queued), {
      connection: this.pool,
      concurrency: job.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: STALLED_MAX,
      drainDelay: IDLE_CHECK_SECONDS,
      ...RETENTION,
    });
    this.workers.set(job.name, worker);
    // Counted in the status from now on, also while nothing was queued here.
    this.queueOf(job);
    // Without a listener an error event would end the process; BullMQ goes on by itself.
    worker.on('error', (error) => this.logger.warn({ job: job.name, err: error }, 'job worker: trouble'));
    worker.on('failed', (queued, error) => {
      const about = { job: job.name, jobId: queued?.id, attempt: queued?.attemptsMade, err: error };
      if (this.stopping.signal.aborted) this.logger.debug(about, 'job broken off: it begins again at the next start');
      else this.logger.warn(about, 'job failed');
    });
    await worker.waitUntilReady();
  }

  async status(): Promise<readonly JobQueueStatus[]> {
    const all = [...this.queues.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Promise.all(
      all.map(async ([name, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
        const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
        return { name, waiting, active, delayed, failed };
      }),
    );
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
    await this.pool.end();
  }

  private async run<P>(job: JobDefinition<P>, queued: Job): Promise<void> {
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

  private queueOf<P>(job: JobDefinition<P>): BoundQueue {
    const known = this.queues.get(job.name);
    if (known !== undefined) return known;
    const queue = new Queue(job.name, { connection: this.pool });
    queue.on('error', (error) => this.logger.warn({ job: job.name, err: error }, 'job queue: trouble'));
    this.queues.set(job.name, queue);
    return queue;
  }
}

async function passed(deadlineMs: number): Promise<false> {
  await wait(deadlineMs, undefined, { ref: false });
  return false;
}

/** BullMQ's own check for stalled jobs does the same, but a minute later, and fails a job at its second time. */
const TAKE_BACK_JOBS = `
  UPDATE ${BULLMQ_SCHEMA}.job SET state = 'waiting', lock_token = NULL, locked_until_ms = NULL, stalled_marked = false
  WHERE state = 'active'`;

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
