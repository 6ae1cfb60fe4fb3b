import { readFile } from 'node:fs/promises';
import { openPostgresJobQueue, openRedisJobQueue } from '../adapters/queue/open-job-queue.js';
import { redisAddress } from '../adapters/queue/redis-address.js';
import { readServerInfo, type RedisServerInfo } from '../adapters/queue/redis-server-info.js';
import type { Config } from '../config/config.js';
import { JobQueueUnavailableError, type JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import { ExplainedError } from './explained-error.js';

type QueueConfig = Pick<Config, 'DATABASE_URL' | 'REDIS_URL' | 'REDIS_PREFIX' | 'REDIS_CA_FILE'>;

/** The job queue of this configuration: on the Redis that REDIS_URL names, or in the database. */
export async function openJobQueue(config: QueueConfig, connectionString: string, logger: Logger): Promise<JobQueue> {
  const { DATABASE_URL, REDIS_URL: url, REDIS_PREFIX: prefix } = config;
  if (url === undefined) {
    // The embedded server has one owner at a time, and that is this process.
    return openPostgresJobQueue({ connectionString, logger, isAlone: DATABASE_URL === undefined });
  }
  const ca = await readCertificate(config.REDIS_CA_FILE);
  return openRedisJobQueue({ url, prefix, ca, logger }).catch((error: unknown) => {
    throw error instanceof JobQueueUnavailableError ? new ExplainedError(`REDIS_URL: ${error.message}`) : error;
  });
}

/** What the Redis of this configuration says of itself, asked once. @throws Error that says why it cannot be used */
export async function describeRedis(url: string, { REDIS_CA_FILE }: QueueConfig): Promise<RedisServerInfo> {
  const ca = await readCertificate(REDIS_CA_FILE);
  return readServerInfo({ address: redisAddress(url), ca, logger: SILENT, attempts: 1 });
}

const ignore = (): void => undefined;
const SILENT: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

async function readCertificate(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new ExplainedError(
      `REDIS_CA_FILE: ${path} cannot be read (${error instanceof Error ? error.message : error})`,
    );
  });
}
