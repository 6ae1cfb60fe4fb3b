import { describe, expect, it } from 'vitest';
import { MarketDataError } from '../../ports/market-data-source.js';
import { retry, type RetryOptions } from './retry.js';

const limited = (retryAfterMs: number | null = null) =>
  new MarketDataError('RATE_LIMITED', 'slow down', true, retryAfterMs);
const unknown = new MarketDataError('UNKNOWN_SYMBOL', 'no such symbol', false);

/** Runs answers in turn: errors are thrown. Answers how often it was called and what was waited. */
async function run(answers: readonly (Error | string)[], overrides: Partial<RetryOptions> = {}, signal?: AbortSignal) {
  const waits: number[] = [];
  let calls = 0;
  const outcome = await retry(
    async () => {
      const answer = answers[calls];
      calls += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    {
      attempts: 4,
      firstDelayMs: 100,
      maxDelayMs: 300,
      deadlineMs: 10_000,
      random: () => 0.5,
      sleep: async (ms) => void waits.push(ms),
      ...overrides,
    },
    signal,
  ).catch((error: unknown) => error);
  return { outcome, calls, waits };
}

describe('retry', () => {
  it('answers at once when the first attempt succeeds', async () => {
    expect(await run(['fine'])).toEqual({ outcome: 'fine', calls: 1, waits: [] });
  });

  it('doubles the wait up to its bound, with jitter, and gives up after the last attempt', async () => {
    const { outcome, calls, waits } = await run([limited(), limited(), limited(), limited(), 'too late']);
    expect({ calls, waits }).toEqual({ calls: 4, waits: [50, 100, 150] });
    expect(outcome).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('waits at least as long as the source asks for, and not beyond the deadline', async () => {
    expect(await run([limited(2000), 'fine'])).toEqual({ outcome: 'fine', calls: 2, waits: [2000] });
    expect(await run([limited(60_000), 'fine'])).toMatchObject({
      calls: 1,
      waits: [],
      outcome: { code: 'RATE_LIMITED' },
    });
  });

  it('does not try again what cannot succeed', async () => {
    expect(await run([unknown, 'fine'])).toEqual({ outcome: unknown, calls: 1, waits: [] });
    const bug = new TypeError('a bug');
    expect(await run([bug, 'fine'])).toEqual({ outcome: bug, calls: 1, waits: [] });
  });

  it('throws the reason of an abort, also while it waits', async () => {
    expect(await run(['fine'], {}, AbortSignal.abort(new Error('shutdown')))).toMatchObject({
      calls: 0,
      outcome: { message: 'shutdown' },
    });
    const controller = new AbortController();
    const sleep = async () => {
      controller.abort(new Error('shutdown'));
      throw controller.signal.reason;
    };
    expect(await run([limited(), 'fine'], { sleep }, controller.signal)).toMatchObject({
      calls: 1,
      outcome: { message: 'shutdown' },
    });
  });

  it('aborts an attempt that outlasts the deadline and says so', async () => {
    const never = retry(
      (signal) => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { attempts: 3, firstDelayMs: 1, maxDelayMs: 1, deadlineMs: 20 },
    );
    await expect(never).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'no answer within 20 ms' });
  });
});
