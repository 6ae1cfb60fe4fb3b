import { setTimeout as wait } from 'node:timers/promises';

export interface RateLimitOptions {
  /** Requests in any stretch of `perMs` at most. */
  readonly requests: number;
  readonly perMs: number;
  /** Milliseconds that never run backwards. */
  readonly monotonicMs?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Lets `requests` through in any `perMs`, in the order in which they came; the others wait. */
export class RateLimit {
  /** When the last `requests` turns were given, oldest first; turns of the future are those that wait. */
  private readonly turns: number[] = [];

  constructor(private readonly options: RateLimitOptions) {}

  /** Resolves when it is this request's turn; rejects with `signal`'s reason when that is aborted before. */
  async turn(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { requests, perMs, monotonicMs = () => performance.now(), sleep = sleepFor } = this.options;
    const now = monotonicMs();
    const oldest = this.turns.length < requests ? undefined : this.turns.shift();
    const at = oldest === undefined ? now : Math.max(now, oldest + perMs);
    this.turns.push(at);
    if (at > now) await sleep(at - now, signal);
  }
}

const sleepFor = async (ms: number, signal?: AbortSignal): Promise<void> => {
  await wait(ms, undefined, { signal });
};
