import { setTimeout as wait } from 'node:timers/promises';
import { MarketDataError } from '../../ports/market-data-source.js';

export interface RetryOptions {
  /** Attempts in all, at least 1. */
  readonly attempts: number;
  /** Wait before the second attempt, before jitter; doubles with each further one. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** All attempts and waits together; the attempt at hand is aborted when it has passed. */
  readonly deadlineMs: number;
  /** Half-open [0, 1); spreads clients that failed together. */
  readonly random?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const sleepFor = async (ms: number, signal: AbortSignal): Promise<void> => {
  await wait(ms, undefined, { signal });
};

/**
 * Runs `work` again while it throws a retriable MarketDataError: exponential back-off with full jitter, never sooner than
 * the source asked for. Throws the last such error when attempts or time are used up, any other error at once, and
 * `signal`'s reason when that is aborted.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (full jitter)
 */
export async function retry<T>(
  work: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<T> {
  const { attempts, firstDelayMs, maxDelayMs, deadlineMs, random = Math.random, sleep = sleepFor } = options;
  const deadline = AbortSignal.timeout(deadlineMs);
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  let last: MarketDataError | null = null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      either.throwIfAborted();
      return await work(either);
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.aborted) throw last ?? outOfTime(deadlineMs);
      if (!(error instanceof MarketDataError) || !error.retriable) throw error;
      last = error;
    }
    if (attempt >= attempts) throw last;
    const ceiling = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
    const delay = Math.max(ceiling * random(), last.retryAfterMs ?? 0);
    if (delay >= deadlineMs) throw last;
    await sleepUnlessAborted(sleep, delay, either, signal, last);
  }
}

async function sleepUnlessAborted(
  sleep: NonNullable<RetryOptions['sleep']>,
  delay: number,
  either: AbortSignal,
  signal: AbortSignal | undefined,
  last: MarketDataError,
): Promise<void> {
  try {
    await sleep(delay, either);
  } catch {
    signal?.throwIfAborted();
    throw last;
  }
}

const outOfTime = (deadlineMs: number): MarketDataError =>
  new MarketDataError('UNAVAILABLE', `no answer within ${deadlineMs} ms`, true);
