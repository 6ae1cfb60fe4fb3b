import { describe, expect, it } from 'vitest';
import { makeBar, makeState, MINUTE, START, SYMBOL } from '../../../tests/support/trading-engine.js';
import type { KnownAction } from '../../domain/account-action.js';
import type { AccountState, MarketState } from '../../domain/account-state.js';
import { pricedAt } from '../../domain/bar.js';
import { mayPassExDate, planActions } from './plan-actions.js';
import type { SliceBar } from './slice.js';

const EX_MINUTE = 510;
const EX_DATE = START + EX_MINUTE * MINUTE;
const DAY = 1440 * MINUTE;

const split = (value: number, change: Partial<KnownAction> = {}): KnownAction => ({
  symbol: SYMBOL,
  exDate: EX_DATE,
  kind: 'SPLIT',
  value,
  basis: 'RAW',
  isTaken: false,
  wasHeld: true,
  ...change,
});
const dividend = (value: number, change: Partial<KnownAction> = {}) => split(value, { kind: 'DIVIDEND', ...change });

/** An account that holds ten and has acted on the symbol's bars up to this close. */
function holding(seenUntil: number, market: Partial<MarketState> = {}): AccountState {
  const position = {
    symbol: SYMBOL,
    lots: 10,
    costBasisCents: 400_000,
    realizedPnlCents: 0,
    markTicks: 40_000,
    marketValueCents: 400_000,
    openedAt: START,
    updatedAt: seenUntil,
  };
  const seen = { lastTicks: 40_000, lastCloseTime: seenUntil, pricedAt: seenUntil - MINUTE, timeframeMs: MINUTE };
  return makeState({
    asOf: seenUntil,
    positions: new Map([[SYMBOL, position]]),
    markets: new Map([[SYMBOL, { ...seen, volumes: [], ...market }]]),
  });
}
const barAt = (timestamp: number, priced?: number): SliceBar => ({
  ...makeBar(0, { open: 100 }),
  timestamp,
  closeTime: timestamp + MINUTE,
  ...(priced !== undefined && { pricedAt: priced }),
});
const plan = (state: AccountState, bar: SliceBar, ...actions: KnownAction[]) => {
  const { due, late, markets } = planActions(state, bar, actions, false);
  return { due: due.map(({ kind, value }) => [kind, value]), late: late.map(({ kind }) => kind), markets };
};
const NOTHING = { due: [], late: [], markets: [] };

describe('a corporate action', () => {
  it('is due before the first bar that opens at or after its ex-date, and at no other', () => {
    const markets = [{ symbol: SYMBOL, ratio: 4 }];
    expect(plan(holding(EX_DATE), barAt(EX_DATE), split(4))).toEqual({ due: [['SPLIT', 4]], late: [], markets });
    expect(plan(holding(EX_DATE - MINUTE), barAt(EX_DATE - MINUTE), split(4), dividend(1))).toEqual(NOTHING);
    expect(plan(holding(EX_DATE), barAt(EX_DATE + 5 * DAY), dividend(1)).due).toEqual([['DIVIDEND', 1]]);
    expect(mayPassExDate(holding(EX_DATE), barAt(EX_DATE), false)).toBe(true);
    expect(mayPassExDate(holding(EX_DATE - MINUTE), barAt(EX_DATE - MINUTE), false)).toBe(false);
  });

  it('that is booked already is neither due nor late', () => {
    const taken = split(4, { isTaken: true });
    expect(plan(holding(EX_DATE), barAt(EX_DATE), taken).due).toEqual([]);
    expect(plan(holding(EX_DATE + MINUTE), barAt(EX_DATE + MINUTE), taken).late).toEqual([]);
  });

  it('is late once a bar without it was acted on, for who held before its ex-date', () => {
    const state = holding(EX_DATE + MINUTE);
    expect(plan(state, barAt(EX_DATE + MINUTE), split(4), dividend(1)).late).toEqual(['SPLIT', 'DIVIDEND']);
    expect(plan(state, barAt(EX_DATE + MINUTE), split(4, { wasHeld: false }))).toEqual(NOTHING);
  });

  it('is due to what is held though the bars in between came as history: the market is in the new scale then, the account not', () => {
    const state = holding(EX_DATE - MINUTE, { lastCloseTime: EX_DATE + DAY, pricedAt: EX_DATE + DAY - MINUTE });
    expect(plan(state, barAt(EX_DATE + DAY), split(4))).toEqual({ due: [['SPLIT', 4]], late: [], markets: [] });
  });
});

describe('prices of a source', () => {
  const about = { timestamp: EX_DATE - MINUTE, source: 'yahoo', adjustment: 'SPLIT' };

  it('that adjusts them as time goes by contain the splits until they were asked for', () => {
    const asked = pricedAt(about, EX_DATE + 30 * MINUTE);
    expect(asked).toBe(EX_DATE + 30 * MINUTE);
    // A bar of the day before, asked for on the ex-date: it is in the new scale already, but no dividend is paid yet.
    const bar = barAt(EX_DATE - MINUTE, asked);
    expect(plan(holding(EX_DATE - MINUTE), bar, split(4), dividend(1))).toMatchObject({
      due: [['SPLIT', 4]],
      late: [],
    });
    expect(mayPassExDate(holding(EX_DATE - MINUTE), bar, false)).toBe(true);
    expect(pricedAt(about, EX_DATE - MINUTE + 5_000)).toBe(EX_DATE - MINUTE + 5_000);
  });

  it('that were adjusted for good contain every split, and dividends are told in their shares', () => {
    const bar = barAt(EX_DATE, pricedAt({ ...about, source: 'replay' }, 0));
    const state = holding(EX_DATE, { pricedAt: Infinity });
    expect(plan(state, bar, split(4), dividend(1))).toEqual({ due: [['DIVIDEND', 1]], late: [], markets: [] });
    const later = split(5, { exDate: EX_DATE + 9 * DAY });
    expect(plan(state, bar, dividend(1), later).due).toEqual([['DIVIDEND', 0.2]]);
    expect(plan(state, bar, dividend(1, { basis: 'SPLIT' }), later).due).toEqual([['DIVIDEND', 1]]);
  });

  it("that are raw take a dividend of today's shares in those of its day", () => {
    const later = split(5, { exDate: EX_DATE + 9 * DAY });
    const told = dividend(0.2, { basis: 'SPLIT' });
    expect(plan(holding(EX_DATE), barAt(EX_DATE), told, later).due).toEqual([['DIVIDEND', 1]]);
    expect(pricedAt({ ...about, adjustment: 'RAW' }, EX_DATE + DAY)).toBe(EX_DATE - MINUTE);
  });
});
