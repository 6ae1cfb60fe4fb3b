import { setTimeout as wait } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { JobQueueUnavailableError } from '../../ports/job-queue.js';
import type { Logger } from '../../ports/logger.js';
import { describeAddress, type RedisAddress } from './redis-address.js';
import { isRefusal } from './redis-faults.js';

export interface RedisConnectionOptions {
  readonly address: RedisAddress;
  /** PEM of the authorities that a rediss:// server's certificate is checked against; the system's when left out. */
  readonly ca?: string | undefined;
  readonly logger: Logger;
  /** Attempts to reach the server at the start, at least 1; 8 when left out: some ten seconds. */
  readonly attempts?: number;
}

const CONNECT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;
const ATTEMPTS = 8;
/** A worker's blocking command answers within 10 s: a line that is silent for longer is dead, whatever TCP believes. */
const SILENCE_MS = 20_000;
/** Whoever queues something waits for an answer, perhaps a client of the API. */
const COMMAND_MS = 5_000;

/** Exponential, with full jitter. `random` is half-open [0, 1). @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  // Not sooner than a tenth: a server that refuses at once must not be asked in a loop.
  return Math.round(ceiling * Math.max(0.1, random()));
}

function shared({ address, ca }: RedisConnectionOptions): RedisOptions {
  const { host, port, username, password, db, isTls } = address;
  return {
    host,
    port,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isTls ? { tls: ca === undefined ? {} : { ca } } : {}),
    connectTimeout: CONNECT_MS,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: (attempt) => reconnectDelayMs(attempt),
    // A replica that was the primary: the connection must be made again to find the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    lazyConnect: true,
  };
}

/** For what is queued and asked: while the server is away every command fails at once instead of waiting for it. */
export function commandConnection(options: RedisConnectionOptions): Redis {
  return new Redis({
    ...shared(options),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_MS,
    socketTimeout: SILENCE_MS,
  });
}

/** For workers: what they have to tell the server waits until it is back. BullMQ asks for just this. */
export function workerConnection(options: RedisConnectionOptions): Redis {
  return new Redis({ ...shared(options), maxRetriesPerRequest: null, socketTimeout: SILENCE_MS, lazyConnect: false });
}

/**
 * The server's INFO, asked for again with back-off while it does not answer.
 * @throws JobQueueUnavailableError naming the address when it never answered, or refuses user or password
 */
export async function askServer(options: RedisConnectionOptions): Promise<string> {
  const { address, logger, attempts = ATTEMPTS } = options;
  const name = describeAddress(address);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await askOnce(options);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (isRefusal(error)) throw new JobQueueUnavailableError(`${name} refuses us: ${reason}`, { cause: error });
      if (attempt >= attempts) {
        const tries = attempts === 1 ? '' : ` (asked ${attempts} times)`;
        throw new JobQueueUnavailableError(`${name} does not answer: ${reason}${tries}`, { cause: error });
      }
      const delayMs = reconnectDelayMs(attempt);
      logger.warn({ redis: name, attempt, delayMs }, `Redis does not answer (${reason}); it is asked again`);
      await wait(delayMs);
    }
  }
}

async function askOnce(options: RedisConnectionOptions): Promise<string> {
  const probe = new Redis({
    ...shared(options),
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_MS,
  });
  let fault: Error | null = null;
  // The reason comes as an event; the promise only says that the connection is closed.
  probe.on('error', (error: Error) => (fault = error));
  try {
    await probe.connect();
    return await probe.info();
  } catch (error) {
    throw fault ?? error;
  } finally {
    probe.disconnect();
  }
}
