import { createRedisBackend, withBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import { JobQueueUnavailableError } from '../../ports/job-queue.js';
import type { Logger } from '../../ports/logger.js';
import type { JobBackend } from './job-backend.js';
import { describeAddress, redisAddress } from './redis-address.js';
import { commandConnection, workerConnection } from './redis-connection.js';
import { isConnectionFault, isRefusal, isUnavailable } from './redis-faults.js';
import { watchLoss, type LossWatchOptions } from './redis-loss.js';
import { readServerInfo } from './redis-server-info.js';

const { Queue, Worker } = withBackend(createRedisBackend);
export type RedisQueue = InstanceType<typeof Queue>;
export type RedisWorker = InstanceType<typeof Worker>;

export interface RedisBackendOptions {
  /** redis:// or rediss:// */
  readonly url: string;
  /** Every key begins with it: several deployments can share one database. */
  readonly prefix: string;
  /** PEM; the system's authorities when left out. */
  readonly ca?: string | undefined;
  readonly logger: Logger;
  /** Attempts to reach the server at the start; 8 when left out. */
  readonly attempts?: number;
  /** How often the server is asked whether it has lost everything; 5 s when left out. */
  readonly lossCheckMs?: number;
}

const LOSS_CHECK_MS = 5_000;

/**
 * BullMQ's Redis backend: one connection for everything that is queued and asked, one for all workers, and one more for
 * each worker that waits for jobs.
 * @throws JobQueueUnavailableError when the server cannot be reached, refuses us, or is too old
 */
export async function openRedisBackend(options: RedisBackendOptions): Promise<JobBackend> {
  const { url, prefix, ca, logger, lossCheckMs = LOSS_CHECK_MS } = options;
  const address = redisAddress(url);
  const name = describeAddress(address);
  const connection = { address, ca, logger, ...(options.attempts === undefined ? {} : { attempts: options.attempts }) };
  const { caution } = await readServerInfo(connection);
  if (caution !== null) logger.warn({ redis: name }, caution);
  const commands = commandConnection(connection);
  tellOfAbsence(commands, name, logger);
  const listeners: (() => void)[] = [];
  const onLost = (): void => {
    logger.warn({ redis: name }, 'Redis has lost the job queue; schedules and open work are put there again');
    for (const putAgain of listeners) putAgain();
  };
  const key = `${prefix}:loss-mark`;
  const stopWatching = await connectAndWatch(commands, { key, everyMs: lossCheckMs, onLost }).catch(
    (error: unknown) => {
      commands.disconnect();
      const what = isRefusal(error) ? 'refuses us' : 'does not answer';
      throw new JobQueueUnavailableError(`${name} ${what}: ${messageOf(error)}`, { cause: error });
    },
  );
  let workers: Redis | null = null;
  const forWorkers = (): Redis => {
    if (workers === null) {
      workers = workerConnection(connection);
      // Told of by the other connection; without a listener ioredis prints every attempt.
      workers.on('error', () => undefined);
    }
    return workers;
  };
  return {
    queue: (queueName) =>
      // Without a wait and a look at the version a queue can be made, and refuse its commands, while the server is away.
      new Queue(queueName, { connection: commands, prefix, skipWaitingForReady: true, skipVersionCheck: true }),
    worker: (queueName, run, workerOptions) =>
      new Worker<unknown, unknown>(queueName, run, { ...workerOptions, connection: forWorkers(), prefix }),
    async check() {
      await commands.ping();
    },
    explain: (error) =>
      isUnavailable(error)
        ? new JobQueueUnavailableError(`the job queue does not answer: ${name}: ${messageOf(error)}`, { cause: error })
        : error,
    isConnectionFault,
    whenLost: (putAgain) => void listeners.push(putAgain),
    async close() {
      stopWatching();
      commands.disconnect();
      workers?.disconnect();
    },
  };
}

async function connectAndWatch(client: Redis, options: Omit<LossWatchOptions, 'client'>): Promise<() => void> {
  await client.connect();
  return watchLoss({ client, ...options });
}

const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith("Stream isn't writeable") ? 'there is no connection' : message;
};

/** One line when it goes away and one when it is back, however often it is asked meanwhile. */
function tellOfAbsence(client: Redis, name: string, logger: Logger): void {
  let fault: Error | null = null;
  let isAway = false;
  client.on('error', (error: Error) => (fault = error));
  client.on('reconnecting', () => {
    if (!isAway) logger.warn({ redis: name, err: fault ?? undefined }, 'Redis is away; it is asked again');
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) logger.info({ redis: name }, 'Redis is back');
    isAway = false;
    fault = null;
  });
}
