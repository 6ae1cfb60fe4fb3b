import { expect, it } from 'vitest';
import { makeSeries } from '../../../tests/support/bar-series.js';
import { BITCOIN } from '../../../tests/support/bars.js';
import { SeriesToTrain } from './series-to-train.js';

const MINUTE_MS = 60_000;

/** One tracked series of `barCount` bars; `read` lists how many bars were asked for at a time. */
function open(barCount: number, overrides: { ready?: boolean; endedAt?: number } = {}) {
  const clock = { ms: 0 };
  const world = { barCount, isTracked: true, read: [] as number[] };
  const lacking = new SeriesToTrain({
    bars: {
      lastBars: async (_symbol, _timeframe, _through, count) => {
        world.read.push(count);
        return makeSeries(Array.from({ length: Math.min(count, world.barCount) }, () => 100));
      },
    },
    instruments: {
      tracked: async () =>
        world.isTracked
          ? [
              {
                instrument: BITCOIN,
                timeframe: 'ONE_MINUTE' as const,
                endedAt: overrides.endedAt ?? null,
                historyFrom: null,
              },
            ]
          : [],
    },
    store: { readyModel: async () => (overrides.ready === true ? ({} as never) : null) },
    clock: { isReplay: true, now: () => 0 },
    monotonicMs: () => clock.ms,
  });
  return { clock, world, lacking };
}
const series = { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE' } as const;

it('a series without models is trainable once it has bars enough, and reads no more than those', async () => {
  const { world, lacking } = open(499);
  expect(await lacking.look()).toEqual([{ ...series, state: 'TOO_FEW_BARS', barCount: 499, limit: 500 }]);
  world.barCount = 100_000;
  expect(await lacking.look()).toEqual([{ ...series, state: 'TRAINABLE' }]);
  expect(world.read).toEqual([500, 500]);
});

it('a series that has its models, or has ended, lacks none', async () => {
  expect(await open(900, { ready: true }).lacking.look()).toEqual([]);
  expect(await open(900, { endedAt: 1 }).lacking.look()).toEqual([]);
});

it('a series whose training fails is tried after a minute, then ever more rarely, an hour apart at most', async () => {
  const { clock, world, lacking } = open(900);
  const waits: number[] = [];
  for (let failure = 1; failure <= 9; failure += 1) {
    lacking.failed(series);
    const [state] = await lacking.look();
    if (state?.state !== 'BACKING_OFF') throw new Error('it does not back off');
    expect(state.failures).toBe(failure);
    waits.push(state.retryInMs / MINUTE_MS);
    clock.ms += state.retryInMs;
    expect(await lacking.look()).toEqual([{ ...series, state: 'TRAINABLE' }]);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  world.isTracked = false;
  await lacking.look();
  world.isTracked = true;
  lacking.failed(series);
  expect(await lacking.look()).toMatchObject([{ failures: 1 }]);
});
