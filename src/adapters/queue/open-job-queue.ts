import type { JobQueue } from '../../ports/job-queue.js';
import type { Logger } from '../../ports/logger.js';
import { BullMqJobQueue } from './bullmq-job-queue.js';
import { openPostgresBackend, type PostgresBackendOptions } from './postgres-backend.js';
import { openRedisBackend, type RedisBackendOptions } from './redis-backend.js';

/** Background jobs in the database. Throws when it does not answer. */
export async function openPostgresJobQueue(
  options: PostgresBackendOptions & { readonly logger: Logger },
): Promise<JobQueue> {
  return new BullMqJobQueue(await openPostgresBackend(options), options.logger);
}

/** Background jobs on a Redis. @throws JobQueueUnavailableError when it cannot be reached, refuses us, or is too old */
export async function openRedisJobQueue(options: RedisBackendOptions): Promise<JobQueue> {
  return new BullMqJobQueue(await openRedisBackend(options), options.logger);
}
