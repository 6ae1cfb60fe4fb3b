import { describe, expect, it } from 'vitest';
import type { GroupLag } from '../ports/event-bus.js';
import { eventLagCheck, Readiness } from './readiness.js';

describe('the readiness of a process', () => {
  it('begins when it has started and ends when it drains, whatever its checks say', async () => {
    const readiness = new Readiness();
    readiness.add('database', () => Promise.resolve({ ok: true }));
    const asked = () =>
      Promise.all(Object.entries(readiness.checks).map(async ([name, check]) => [name, await check()]));
    expect(await asked()).toEqual([['process', { ok: false, detail: 'starting' }]]);
    readiness.started();
    expect(await asked()).toEqual([['database', { ok: true }]]);
    readiness.drain();
    readiness.started();
    expect(await asked()).toEqual([['process', { ok: false, detail: 'draining' }]]);
  });

  it('is lost by the backlog of its own groups, not by that of others', async () => {
    const lag: GroupLag[] = [
      { group: 'ml-service', topic: 'market_data', events: 20_000 },
      { group: 'account:replay-lstm', topic: 'market_data', events: 30_000 },
    ];
    const checked = async (roles: Parameters<typeof eventLagCheck>[1]) =>
      (await eventLagCheck({ lag: () => Promise.resolve(lag) }, roles)()).ok;
    expect(await Promise.all([checked(['ml']), checked(['trading']), checked(['api'])])).toEqual([false, false, true]);
  });
});
