import type { AccountState } from '../../domain/account-state.js';
import { type TradingEvent, isOrderEvent } from '../../domain/trading-event.js';
import type { TradingSettings } from './trading-settings.js';
import { describe, expect, it } from 'vitest';
import {
  FREE,
  makeBar,
  makeSettings,
  makeSignal,
  makeSlice,
  makeState,
  MINUTE,
  nativeSettings,
  START,
  SYMBOL,
} from '../../../tests/support/trading-engine.js';
import { AccountDraft } from './account-draft.js';
import { decide } from './decide.js';
import type { OrderIntent } from '../risk/order-intent.js';
import { processSlice } from './process-slice.js';
import type { Slice } from './slice.js';

const ONE = 100_000_000;

/** Runs slices one after the other. */
function run(slices: readonly Slice[], settings: TradingSettings = makeSettings(), from: AccountState = makeState()) {
  let state = from;
  const events: TradingEvent[] = [];
  for (const slice of slices) {
    const outcome = processSlice(state, slice, settings);
    state = outcome.state;
    events.push(...outcome.events);
  }
  return { state, events };
}

const story = (events: readonly TradingEvent[]): string[] =>
  events
    .filter(isOrderEvent)
    .map(
      ({ type, order }) =>
        `${type} ${order.cause} ${order.status}${order.endReason === null ? '' : ` ${order.endReason}`}`,
    );
const fillsOf = (events: readonly TradingEvent[]) =>
  events.filter((event) => event.type === 'fill_booked').map((event) => event.fill);

/** A state with one order by hand in it, decided before the bar of minute 1. */
function withOrder(change: Partial<OrderIntent>, settings = makeSettings(), price = 100): AccountState {
  const seen = run([makeSlice(0, [makeBar(0, { open: price })])], settings).state;
  return place(seen, change, settings);
}

function place(state: AccountState, change: Partial<OrderIntent>, settings = makeSettings()): AccountState {
  const draft = new AccountDraft(state, settings);
  const order = decide(
    draft,
    {
      orderId: `order-${change.clientOrderId ?? 'c'}`,
      clientOrderId: 'c',
      symbol: SYMBOL,
      side: 'BUY',
      orderType: 'MARKET',
      timeInForce: 'GTC',
      cause: 'MANUAL',
      lots: 10 * ONE,
      limitTicks: null,
      stopTicks: null,
      stopDistanceTicks: null,
      takeProfitDistanceTicks: null,
      signalId: null,
      signalTime: null,
      decidedAt: state.asOf,
      ...change,
    },
    { nowMs: state.asOf, decisionId: 'd', status: 'PENDING' },
  );
  expect(order).not.toBeNull();
  return draft.finish(state.asOf);
}

const buyAt = (minute: number, change = {}) =>
  makeSlice(minute, [makeBar(minute, { open: 100 })], { signals: [makeSignal(minute, 'BUY', change)] });

const thin = (minute: number) => makeBar(minute, { open: 100, volume: 400 });

describe('processSlice', () => {
  it('decides at the close and fills at the next open', () => {
    const first = run([buyAt(0)]);
    expect(fillsOf(first.events)).toEqual([]);
    expect(story(first.events)).toEqual(['order_created ENTRY ACCEPTED']);
    const second = run([makeSlice(1, [makeBar(1, { open: 101, close: 105 })])], makeSettings(), first.state);
    expect(fillsOf(second.events)).toMatchObject([{ priceTicks: 10_100, lots: 100 * ONE, timestamp: START + MINUTE }]);
    expect(second.state.positions.get(SYMBOL)).toMatchObject({
      lots: 100 * ONE,
      costBasisCents: 1_010_000,
      marketValueCents: 1_050_000,
    });
    expect(second.state.cashCents).toBe(8_990_000);
  });

  it('pays slippage, half spread and commission in the native profile, and says so on the fill', () => {
    const { events } = run([buyAt(0), makeSlice(1, [makeBar(1, { open: 100 })])], nativeSettings());
    const [fill] = fillsOf(events);
    expect(fill).toMatchObject({
      priceTicks: 10_002,
      feeCents: 2501,
      assumptions: { where: 'AT_OPEN', referenceTicks: 10_000, slippageBps: 1, halfSpreadBps: 1, feeBps: 25 },
    });
  });

  it('fills in parts when the trailing volume is thin', () => {
    const settings = makeSettings({ ...FREE, volumeShare: 0.1 });
    const bought = { ...buyAt(0), bars: [thin(0)] };
    const { state, events } = run(
      [bought, makeSlice(1, [thin(1)]), makeSlice(2, [thin(2)]), makeSlice(3, [thin(3)])],
      settings,
    );
    expect(fillsOf(events).map((fill) => fill.lots / ONE)).toEqual([40, 40, 20]);
    expect(state.orders.size).toBe(0);
  });

  it('anchors stop and target again at the fill price', () => {
    const signal = { stopDistance: 2, takeProfitDistance: 4 };
    const { state } = run([buyAt(0, signal), makeSlice(1, [makeBar(1, { open: 104 })])]);
    const orders = [...state.orders.values()];
    expect(orders).toMatchObject(
      [
        {
          cause: 'STOP_LOSS',
          orderType: 'STOP',
          stopTicks: 10_200,
          lots: 10_000_000_000,
          protectionMode: 'RESTING',
          status: 'ACCEPTED',
        },
        { cause: 'TAKE_PROFIT', orderType: 'LIMIT', limitTicks: 10_800 },
      ].toSorted((a) => (a.cause === orders[0]?.cause ? -1 : 1)),
    );
  });

  it('takes the stop when both prices lie inside one bar, and cancels the target', () => {
    const signal = { stopDistance: 2, takeProfitDistance: 4 };
    const both = makeSlice(2, [makeBar(2, { open: 100, high: 110, low: 90 })]);
    const { state, events } = run([buyAt(0, signal), makeSlice(1, [makeBar(1, { open: 100 })]), both]);
    expect(fillsOf(events).at(-1)).toMatchObject({ side: 'SELL', priceTicks: 9800, assumptions: { where: 'INSIDE' } });
    expect(story(events).slice(-2)).toEqual([
      'order_ended TAKE_PROFIT CANCELED POSITION_CLOSED',
      'order_filled STOP_LOSS FILLED',
    ]);
    expect(state.orders.size).toBe(0);
    expect(state.positions.get(SYMBOL)).toMatchObject({ lots: 0, costBasisCents: 0, realizedPnlCents: -20_000 });
  });

  it('stops out in the very bar whose open filled the entry', () => {
    const { state } = run([buyAt(0, { stopDistance: 2 }), makeSlice(1, [makeBar(1, { open: 100, low: 97 })])]);
    expect(state.positions.get(SYMBOL)?.lots).toBe(0);
  });

  it('takes the target at the open when the bar opens through it, though it falls to the stop later', () => {
    const signal = { stopDistance: 2, takeProfitDistance: 4 };
    const gap = makeSlice(2, [makeBar(2, { open: 106, high: 106, low: 90 })]);
    const { events } = run([buyAt(0, signal), makeSlice(1, [makeBar(1, { open: 100 })]), gap]);
    expect(fillsOf(events).at(-1)).toMatchObject({ priceTicks: 10_600, assumptions: { where: 'AT_OPEN' } });
  });

  it('sells what is left of a stop at the next opens when the bar is too thin', () => {
    const settings = makeSettings({ ...FREE, volumeShare: 0.1 });
    const entry = {
      ...buyAt(0, { stopDistance: 2, takeProfitDistance: 9 }),
      bars: [makeBar(0, { open: 100, volume: 1000 })],
    };
    const dry = [100, 97, 96, 95].map((open, index) => makeSlice(index + 1, [makeBar(index + 1, { open, volume: 0 })]));
    const { state, events } = run([entry, ...dry], settings);
    // The trailing mean falls from 1,000 over 500 and 333 to 250.
    expect(fillsOf(events).map((fill) => [fill.side, fill.priceTicks, Math.round(fill.lots / ONE)])).toEqual([
      ['BUY', 10_000, 100],
      ['SELL', 9700, 50],
      ['SELL', 9600, 33],
      ['SELL', 9500, 17],
    ]);
    expect(state.orders.size).toBe(0);
  });

  it('leaves a long account as it is on BUY and on HOLD', () => {
    const held = run([buyAt(0), makeSlice(1, [makeBar(1, { open: 100 })])]).state;
    for (const action of ['BUY', 'HOLD'] as const) {
      const slice = makeSlice(2, [makeBar(2, { open: 100 })], { signals: [makeSignal(2, action)] });
      expect(run([slice], makeSettings(), held).events).toEqual([]);
    }
  });

  it('ignores the signals of other sources', () => {
    expect(run([buyAt(0, { source: 'lstm' })]).events).toEqual([]);
  });

  it('exits on SELL, cancels what is left of the entry, and closes the protection with the position', () => {
    const settings = makeSettings({ ...FREE, volumeShare: 0.1 });
    const slices = [
      { ...buyAt(0, { stopDistance: 2 }), bars: [thin(0)] },
      makeSlice(1, [thin(1)]),
      makeSlice(2, [thin(2)], { signals: [makeSignal(2, 'SELL')] }),
      makeSlice(3, [makeBar(3, { open: 100, volume: 400 })]),
      makeSlice(4, [makeBar(4, { open: 100, volume: 400 })]),
    ];
    const { state, events } = run(slices, settings);
    expect(story(events)).toContain('order_ended ENTRY CANCELED SUPERSEDED_BY_SIGNAL');
    expect(story(events).slice(-2)).toEqual([
      'order_filled EXIT_SIGNAL FILLED',
      'order_ended STOP_LOSS CANCELED POSITION_CLOSED',
    ]);
    expect(state.positions.get(SYMBOL)?.lots).toBe(0);
    expect(state.cashCents).toBe(10_000_000);
  });

  it('denies an entry by an old signal, and lets an old exit fill from the decision on', () => {
    const late = { decisionTime: START + 10 * MINUTE };
    const entry = run([{ ...buyAt(0), ...late }]);
    expect(entry.events).toMatchObject([
      { type: 'risk_decided', decision: { approved: false, deniedCode: 'SIGNAL_EXPIRED' } },
    ]);
    const held = run([buyAt(0), makeSlice(1, [makeBar(1, { open: 100 })])]).state;
    const exit = run(
      [makeSlice(2, [makeBar(2, { open: 100 })], { signals: [makeSignal(2, 'SELL')], ...late })],
      makeSettings(),
      held,
    );
    expect([...exit.state.orders.values()]).toMatchObject([{ cause: 'EXIT_SIGNAL', decidedAt: late.decisionTime }]);
    const soon = run([makeSlice(3, [makeBar(3, { open: 100 })])], makeSettings(), exit.state);
    expect(fillsOf(soon.events)).toEqual([]);
    const then = run([makeSlice(10, [makeBar(10, { open: 100 })])], makeSettings(), soon.state);
    expect(fillsOf(then.events)).toHaveLength(1);
  });

  it('shrinks a purchase whose open is above the reserve, and cancels the rest', () => {
    const { events, state } = run([makeSlice(1, [makeBar(1, { open: 120 })])], makeSettings(), withOrder({}));
    // 10 x 105.00 were reserved: 8.75 at 120.00.
    expect(fillsOf(events)).toMatchObject([{ lots: 8.75 * ONE, priceTicks: 12_000 }]);
    expect(story(events).at(-1)).toBe('order_ended MANUAL CANCELED INSUFFICIENT_RESERVE');
    expect(state.cashCents).toBe(10_000_000 - 105_000);
  });

  it('accepts a pending order and fills it in the same bar, not in one that opened before its decision', () => {
    const state = withOrder({ decidedAt: START + MINUTE + 1 });
    const early = run([makeSlice(1, [makeBar(1, { open: 100 })])], makeSettings(), state);
    expect(story(early.events)).toEqual(['order_accepted MANUAL ACCEPTED']);
    const { events } = run([makeSlice(2, [makeBar(2, { open: 100 })])], makeSettings(), early.state);
    expect(story(events)).toEqual(['order_filled MANUAL FILLED']);
  });

  it('lets a limit wait for a trade through it and an IOC not wait', () => {
    const touch = makeSlice(1, [makeBar(1, { open: 100, low: 99 })]);
    const limit = { orderType: 'LIMIT' as const, limitTicks: 9900 };
    expect(story(run([touch], makeSettings(), withOrder(limit)).events)).toEqual(['order_accepted MANUAL ACCEPTED']);
    expect(story(run([touch], makeSettings(), withOrder({ ...limit, timeInForce: 'IOC' })).events).at(-1)).toBe(
      'order_ended MANUAL CANCELED IMMEDIATE_OR_CANCEL',
    );
    const through = makeSlice(1, [makeBar(1, { open: 100, low: 98.99 })]);
    expect(fillsOf(run([through], makeSettings(), withOrder(limit)).events)).toMatchObject([
      { priceTicks: 9900, timestamp: START + 2 * MINUTE },
    ]);
  });

  it('stops a limit entry out in its own bar when the price went on to the stop', () => {
    const state = withOrder({
      orderType: 'LIMIT',
      limitTicks: 9900,
      stopDistanceTicks: 100,
      takeProfitDistanceTicks: 100,
    });
    const { events } = run([makeSlice(1, [makeBar(1, { open: 100, high: 103, low: 97 })])], makeSettings(), state);
    expect(fillsOf(events)).toMatchObject([
      { side: 'BUY', priceTicks: 9900 },
      { side: 'SELL', priceTicks: 9800 },
    ]);
  });

  it('sells nothing at the target of what was bought later in the same bar', () => {
    const settings = makeSettings({ ...FREE, volumeShare: 0.1 });
    const seen = run([makeSlice(0, [makeBar(0, { open: 100, volume: 40 })])], settings).state;
    const limit = { orderType: 'LIMIT' as const, limitTicks: 9900, takeProfitDistanceTicks: 100 };
    const half = makeSlice(1, [makeBar(1, { open: 100, low: 98, volume: 4000 })]);
    const waiting = run([half], settings, place(seen, limit, settings));
    expect(fillsOf(waiting.events)).toMatchObject([{ lots: 4 * ONE, priceTicks: 9900 }]);
    // It opens beyond the target, then falls: the rest of the entry is bought after the open, and is not there to be sold.
    const beyond = makeSlice(2, [makeBar(2, { open: 102, high: 102, low: 98, close: 99 })]);
    const { events } = run([beyond], settings, waiting.state);
    expect(fillsOf(events)).toMatchObject([{ side: 'BUY', lots: 6 * ONE, priceTicks: 9900 }]);
  });

  it('buys all of a limit order at its limit, though its parts are rounded to the cent', () => {
    const costs = { ...FREE, feeBps: 25, volumeShare: 0.1 };
    const settings = makeSettings(costs);
    const seen = run([makeSlice(0, [makeBar(0, { symbol: 'AAPL', open: 1.02, volume: 20 })])], settings).state;
    const order = { symbol: 'AAPL', orderType: 'LIMIT' as const, limitTicks: 101, lots: 6 };
    const bars = [1, 2, 3].map((minute) =>
      makeSlice(minute, [makeBar(minute, { symbol: 'AAPL', open: 1.02, low: 0.99, volume: 20 })]),
    );
    // 6.06 and a fee of 0.02 are reserved; three parts of 2.02 pay 0.01 each.
    const { state, events } = run(bars, settings, place(seen, order, settings));
    expect(fillsOf(events).map(({ lots, feeCents }) => [lots, feeCents])).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
    expect(story(events).at(-1)).toBe('order_filled MANUAL FILLED');
    expect(state.cashCents).toBe(10_000_000 - 606 - 3);
  });

  it('does not count a low before a stop entry against it', () => {
    const state = withOrder({ orderType: 'STOP', stopTicks: 10_200, stopDistanceTicks: 100 });
    const { events } = run(
      [makeSlice(1, [makeBar(1, { open: 100, high: 103, low: 97, close: 102.5 })])],
      makeSettings(),
      state,
    );
    expect(fillsOf(events)).toMatchObject([{ side: 'BUY', priceTicks: 10_200 }]);
  });

  it('cancels a sale by hand that a stop has left nothing for', () => {
    const held = run([buyAt(0, { stopDistance: 2 }), makeSlice(1, [makeBar(1, { open: 100 })])]).state;
    const waiting = place(held, { side: 'SELL', orderType: 'LIMIT', limitTicks: 20_000, lots: 100 * ONE });
    const { state, events } = run([makeSlice(2, [makeBar(2, { open: 97 })])], makeSettings(), waiting);
    expect(story(events)).toContain('order_ended MANUAL CANCELED POSITION_CLOSED');
    expect(state.orders.size).toBe(0);
  });

  it('ends a DAY order at UTC midnight', () => {
    const state = withOrder({ orderType: 'LIMIT', limitTicks: 5000, timeInForce: 'DAY' });
    const minutesLeft = (Date.parse('2016-01-04T00:00:00Z') - START) / MINUTE;
    const last = run([makeSlice(minutesLeft - 1, [makeBar(minutesLeft - 1, { open: 100 })])], makeSettings(), state);
    expect(story(last.events).at(-1)).toBe('order_ended MANUAL EXPIRED SESSION_OVER');
    const gap = run([makeSlice(minutesLeft + 5, [makeBar(minutesLeft + 5, { open: 40 })])], makeSettings(), state);
    expect(fillsOf(gap.events)).toEqual([]);
  });

  it('expires a market order for which no bar comes any more, and keeps the protection', () => {
    const held = run([
      buyAt(0, { stopDistance: 2 }),
      makeSlice(1, [makeBar(1, { open: 100 })], { signals: [makeSignal(1, 'SELL')] }),
    ]).state;
    const over = makeSlice(1, [], { ended: [{ symbol: SYMBOL, reason: 'REPLAY_OVER' }] });
    const { state, events } = run([over], makeSettings(), held);
    expect(story(events)).toEqual(['order_ended EXIT_SIGNAL EXPIRED NO_MORE_BARS']);
    expect([...state.orders.values()].map((order) => order.cause)).toEqual(['STOP_LOSS']);
  });

  it('measures the day against the equity at the last slice of the day before', () => {
    const held = run([buyAt(0), makeSlice(1, [makeBar(1, { open: 100 })])]).state;
    const nextDay = (Date.parse('2016-01-04T00:00:00Z') - START) / MINUTE;
    const { state } = run(
      [makeSlice(2, [makeBar(2, { open: 90 })]), makeSlice(nextDay, [makeBar(nextDay, { open: 80 })])],
      makeSettings(),
      held,
    );
    expect(state.day).toEqual({ start: Date.parse('2016-01-04T00:00:00Z'), startEquityCents: 9_900_000 });
  });

  it('takes nothing twice: a slice that is not later is a bug', () => {
    const { state } = run([buyAt(0)]);
    expect(() => processSlice(state, buyAt(0), makeSettings())).toThrow(/slice/);
  });
});
