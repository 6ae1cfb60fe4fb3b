import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import type { JobBackend } from './job-backend.js';
import { BULLMQ_SCHEMA, queuePool } from './queue-pool.js';

// Bound once: a queue made without the factory would silently look for Redis.
const { Queue, Worker } = withBackend(createPostgresBackend);
export type PostgresQueue = InstanceType<typeof Queue>;
export type PostgresWorker = InstanceType<typeof Worker>;

export interface PostgresBackendOptions {
  readonly connectionString: string;
  /** Connections at most: one for each kind of job that is worked on, the others shared by all queues. */
  readonly connections?: number;
  /** Nobody else works on this database: jobs that are under way belong to a process that was killed. */
  readonly isAlone?: boolean;
}

/** Each worker holds one connection for LISTEN; were there no others, every query would wait for ever. */
const QUERY_CONNECTIONS = 3;

/** BullMQ's PostgreSQL backend, in a schema of its own, all on one pool. Throws when the database does not answer. */
export async function openPostgresBackend(options: PostgresBackendOptions): Promise<JobBackend> {
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
  let workers = 0;
  return {
    queue: (name) => new Queue(name, { connection: pool }),
    worker(name, run, workerOptions) {
      if (workers >= pool.options.max - QUERY_CONNECTIONS) {
        throw new Error(`${name}: ${pool.options.max} connections leave none for its worker, raise their number`);
      }
      workers += 1;
      return new Worker<unknown, unknown>(name, run, { ...workerOptions, connection: pool });
    },
    async check() {
      await pool.query('SELECT 1');
    },
    explain: (error) => error,
    isConnectionFault: () => false,
    // The database that would have lost the jobs has lost everything else as well.
    whenLost: () => undefined,
    close: () => pool.end(),
  };
}

/** BullMQ's own check for stalled jobs does the same, but a minute later, and fails a job at its second time. */
const TAKE_BACK_JOBS = `
  UPDATE ${BULLMQ_SCHEMA}.job SET state = 'waiting', lock_token = NULL, locked_until_ms = NULL, stalled_marked = false
  WHERE state = 'active'`;
