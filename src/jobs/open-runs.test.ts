import { expect, it } from 'vitest';
import type { OpenRun } from '../ports/backtest-store.js';
import { OpenRuns } from './open-runs.js';

it('queues what waits at once, and what runs only at the start or when it has been silent for a minute', async () => {
  let runs: readonly OpenRun[] = [
    { id: 'waits', isRunning: false, version: 1 },
    { id: 'runs', isRunning: true, version: 7 },
  ];
  let now = 0;
  let queued: string[] = [];
  const open = new OpenRuns({
    open: async () => runs,
    enqueue: async (id) => void queued.push(id),
    now: () => now,
  });
  const look = async (): Promise<string[]> => {
    queued = [];
    await open.queue();
    return queued;
  };
  expect(await look()).toEqual(['waits', 'runs']);
  now = 59_999;
  expect(await look()).toEqual(['waits']);
  now = 60_000;
  expect(await look()).toEqual(['waits', 'runs']);
  runs = [{ id: 'runs', isRunning: true, version: 8 }];
  expect(await look()).toEqual([]);
  now = 100_000;
  expect(await look()).toEqual([]);
  now = 120_000;
  expect(await look()).toEqual(['runs']);
});
