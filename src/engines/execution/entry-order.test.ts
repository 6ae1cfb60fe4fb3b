import { describe, expect, it } from 'vitest';
import {
  makeBar,
  makeSettings,
  makeSignal,
  makeSlice,
  makeState,
  SYMBOL,
} from '../../../tests/support/trading-engine.js';
import { isOrderEvent, type TradingEvent } from '../../domain/trading-event.js';
import { AccountDraft } from './account-draft.js';
import { advanceSlice, processSlice } from './process-slice.js';
import type { EntryTerms, SliceSignal } from './slice.js';

const ONE = 100_000_000;
const TERMS: EntryTerms = { fraction: null, units: null, limitPrice: null, stopPrice: null, timeInForce: null };
const settings = makeSettings();
const buy = (minute: number, terms: Partial<EntryTerms>, change: Partial<SliceSignal> = {}) =>
  makeSignal(minute, 'BUY', { entry: { ...TERMS, ...terms }, ...change });

/** One BUY after one bar at 100: the order that it makes, or the code it is denied with. */
function asked(terms: Partial<EntryTerms>, change: Partial<SliceSignal> = {}) {
  const slice = makeSlice(0, [makeBar(0, { open: 100 })], { signals: [buy(0, terms, change)] });
  const { state, events } = processSlice(makeState(), slice, settings);
  const denied = events.flatMap((event) => (event.type === 'risk_decided' ? [event.decision.deniedCode] : []));
  return [...state.orders.values()][0] ?? denied[0];
}

const story = (events: readonly TradingEvent[]): string[] =>
  events.filter(isOrderEvent).map(({ type, order }) => `${type} ${order.orderType} ${order.endReason ?? ''}`.trim());

describe('an entry that a signal asks for', () => {
  it('takes the fraction or the units that the signal names', () => {
    expect(asked({ fraction: 0.05 })).toMatchObject({ orderType: 'MARKET', lots: 50 * ONE });
    expect(asked({ units: 1.5 })).toMatchObject({ lots: 1.5 * ONE, timeInForce: 'GTC' });
    expect(asked({ timeInForce: 'DAY' })).toMatchObject({ timeInForce: 'DAY' });
    expect(asked({ fraction: 0.9 })).toBe('MAX_POSITION');
  });

  it('waits at its limit or stop price, rounded to where it asks for more', () => {
    expect(asked({ limitPrice: 98.019 })).toMatchObject({ orderType: 'LIMIT', limitTicks: 9801, stopTicks: null });
    expect(asked({ stopPrice: 101.011 })).toMatchObject({ orderType: 'STOP', stopTicks: 10_102, limitTicks: null });
    // A tenth of the equity at its own price.
    expect(asked({ limitPrice: 50 })).toMatchObject({ lots: 200 * ONE });
  });

  it('is denied with a stop or a target on the wrong side', () => {
    expect(asked({}, { stopDistance: -1 })).toBe('PROTECTION_ON_WRONG_SIDE');
    expect(asked({}, { takeProfitDistance: 0 })).toBe('PROTECTION_ON_WRONG_SIDE');
  });

  it('gives way to a newer one while it waits for its price', () => {
    const draft = new AccountDraft(makeState(), settings);
    advanceSlice(draft, makeSlice(0, [makeBar(0, { open: 100 })], { signals: [buy(0, { limitPrice: 90 })] }));
    draft.takeEvents();
    advanceSlice(draft, makeSlice(1, [makeBar(1, { open: 100 })], { signals: [buy(1, { limitPrice: 91 })] }));
    expect(story(draft.takeEvents())).toEqual(['order_ended LIMIT SUPERSEDED_BY_SIGNAL', 'order_created LIMIT']);
    expect([...draft.orders.values()]).toMatchObject([{ limitTicks: 9100 }]);
  });
});

describe('a strategy that is asked within a slice', () => {
  it('sees the account after the fills and marks of the bar, and is acted on in the same slice', () => {
    const first = makeSlice(0, [makeBar(0, { open: 100 })], { signals: [makeSignal(0, 'BUY')] });
    const { state } = processSlice(makeState(), first, settings);
    const seen: unknown[] = [];
    const { events } = processSlice(
      state,
      makeSlice(1, [makeBar(1, { open: 100, close: 110 })]),
      settings,
      (account) => {
        seen.push([account.positionLots(SYMBOL), account.cashCents, account.equityCents]);
        return [makeSignal(1, 'SELL')];
      },
    );
    expect(seen).toEqual([[100 * ONE, 9_000_000, 10_100_000]]);
    expect(events.at(-1)).toMatchObject({ type: 'order_created', order: { cause: 'EXIT_SIGNAL' } });
  });
});

describe('a draft that lives on', () => {
  it('acts as a new state a slice does', () => {
    const slices = [0, 1, 2, 3].map((minute) =>
      makeSlice(minute, [makeBar(minute, { open: 100 + minute })], {
        signals: [makeSignal(minute, minute === 2 ? 'SELL' : 'BUY', { stopDistance: 3, takeProfitDistance: 5 })],
      }),
    );
    const draft = new AccountDraft(makeState(), settings);
    let state = makeState();
    for (const slice of slices) {
      advanceSlice(draft, slice);
      const outcome = processSlice(state, slice, settings);
      expect(draft.takeEvents()).toEqual(outcome.events);
      state = outcome.state;
      expect(draft.finish(slice.time)).toEqual({ ...state, markets: draft.markets });
    }
    expect(() => advanceSlice(draft, slices[3]!)).toThrow(/slice/);
  });
});
