import { describe, expect, it } from 'vitest';
import { makeState } from '../../../tests/support/trading-engine.js';
import type { LockedAccount } from '../../ports/trading-store.js';
import { openBooks, type TradingDesk } from './books-by-hand.js';
import { NATIVE_PROFILE } from './trading-profile.js';

const LAST_SLICE = Date.parse('2016-01-03T23:58:00Z');
const DAY = { start: Date.parse('2016-01-03T00:00:00Z'), startEquityCents: 10_000_000 };

const openAt = (now: number) => {
  const state = makeState({ asOf: LAST_SLICE, day: DAY, cashCents: 9_400_000 });
  const desk = {
    store: { loadState: () => Promise.resolve({ state, instruments: new Map() }) },
    clock: { now: () => now, isReplay: false },
    profile: NATIVE_PROFILE,
  } as unknown as TradingDesk;
  return openBooks(desk, { append: () => undefined, onCommit: () => undefined }, {
    asOf: LAST_SLICE,
    account: { broker: 'paper' },
  } as LockedAccount);
};

describe('openBooks', () => {
  it('begins the day by the clock, though no bar of the new day has come', async () => {
    expect((await openAt(Date.parse('2016-01-03T23:59:30Z'))).draft.day).toEqual(DAY);
    const { draft } = await openAt(Date.parse('2016-01-04T00:00:30Z'));
    expect(draft.day).toEqual({ start: Date.parse('2016-01-04T00:00:00Z'), startEquityCents: 9_400_000 });
  });

  it('never decides before what the account has acted on', async () => {
    expect((await openAt(LAST_SLICE - 60_000)).now).toBe(LAST_SLICE);
  });
});
