import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.js';

describe('a rate limit', () => {
  it('never lets more requests through in any stretch of time than it allows', async () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(gaps, fc.integer({ min: 1, max: 5 }), async (gapsMs, requests) => {
        const wall = { ms: 0 };
        const passed: number[] = [];
        const limit = new RateLimit({
          requests,
          perMs: 1000,
          monotonicMs: () => wall.ms,
          sleep: async (ms) => void (wall.ms += ms),
        });
        for (const gap of gapsMs) {
          wall.ms += gap;
          await limit.turn();
          passed.push(wall.ms);
        }
        for (const [index, at] of passed.entries()) {
          const earlier = passed[index - requests];
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(1000);
        }
      }),
    );
  });

  it('lets a burst within the limit through without a wait', async () => {
    const limit = new RateLimit({ requests: 3, perMs: 1000, sleep: () => Promise.reject(new Error('it waited')) });
    await Promise.all([limit.turn(), limit.turn(), limit.turn()]);
    await expect(limit.turn()).rejects.toThrow('it waited');
  });

  it('gives up the wait when that is aborted', async () => {
    const limit = new RateLimit({ requests: 1, perMs: 60_000 });
    await limit.turn();
    const controller = new AbortController();
    const waiting = limit.turn(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });
});
