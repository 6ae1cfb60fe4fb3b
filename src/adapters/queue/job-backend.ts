import type { Job, WorkerOptions } from 'bullmq';
import type { PostgresQueue, PostgresWorker } from './postgres-backend.js';
import type { RedisQueue, RedisWorker } from './redis-backend.js';

/** The same class of BullMQ's on each of its backends: they differ in the connection that they are given. */
export type BackendQueue = PostgresQueue | RedisQueue;
export type BackendWorker = PostgresWorker | RedisWorker;

export type BackendWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** Where BullMQ keeps its jobs: connections, their bounds and their faults. */
export interface JobBackend {
  queue(name: string): BackendQueue;
  /** Throws when its connections leave none for a further worker. */
  worker(
    name: string,
    run: (job: Job<unknown, unknown>) => Promise<unknown>,
    options: BackendWorkerOptions,
  ): BackendWorker;
  /** Resolves when the server answers. */
  check(): Promise<void>;
  /** The error to throw in place of BullMQ's: one that says which server does not answer. */
  explain(error: unknown): unknown;
  /** True for a fault of the connection, which the backend itself has told of and heals. */
  isConnectionFault(error: unknown): boolean;
  whenLost(putAgain: () => void): void;
  close(): Promise<void>;
}
