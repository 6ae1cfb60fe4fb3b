import type { AccountState } from '../../domain/account-state.js';
import type { OrderState } from '../../domain/order-state.js';
import { type TradingEvent, isOrderEvent } from '../../domain/trading-event.js';
import { equityCents } from './valuation.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeBar,
  makeSettings,
  makeSignal,
  makeSlice,
  makeState,
  START,
  SYMBOL,
} from '../../../tests/support/trading-engine.js';
import { canBecome, isTerminal, ORDER_TYPES, TIMES_IN_FORCE } from '../../domain/order.js';
import { notionalCents } from '../portfolio/money.js';
import { AccountDraft } from './account-draft.js';
import { nativeCosts } from './costs.js';
import { decide } from './decide.js';
import { isProtective, remainingLots } from './order-state.js';
import { processSlice } from './process-slice.js';
import type { Slice } from './slice.js';

const settings = makeSettings(nativeCosts('CRYPTO'), { maxPositionFraction: 0.9, entryFraction: 0.4 });
const { scale } = settings.instruments.get(SYMBOL)!;
const ONE = 100_000_000;

/** One minute of a made-up market: a bar, maybe a signal, maybe an order by hand before it. */
const minute = fc.record({
  move: fc.integer({ min: -400, max: 400 }),
  up: fc.integer({ min: 0, max: 600 }),
  down: fc.integer({ min: 0, max: 600 }),
  gap: fc.integer({ min: -300, max: 300 }),
  volume: fc.integer({ min: 0, max: 4000 }),
  skip: fc.integer({ min: 1, max: 3 }),
  action: fc.constantFrom('BUY' as const, 'SELL' as const, 'HOLD' as const),
  stop: fc.option(fc.integer({ min: 1, max: 500 })),
  target: fc.option(fc.integer({ min: 1, max: 500 })),
  order: fc.option(
    fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      orderType: fc.constantFrom(...ORDER_TYPES),
      timeInForce: fc.constantFrom(...TIMES_IN_FORCE),
      offset: fc.integer({ min: -300, max: 300 }),
      lots: fc.integer({ min: 1, max: 300 * ONE }),
      stop: fc.option(fc.integer({ min: 1, max: 300 })),
    }),
    { freq: 2 },
  ),
});
type Minute = typeof minute extends fc.Arbitrary<infer T> ? T : never;
const market = fc.array(minute, { minLength: 1, maxLength: 40 });

interface Step {
  readonly before: AccountState;
  readonly slice: Slice;
  readonly state: AccountState;
  readonly events: readonly TradingEvent[];
}

function trade(minutes: readonly Minute[]): Step[] {
  const steps: Step[] = [];
  let state = makeState();
  let close = 10_000;
  let at = 0;
  for (const m of minutes) {
    const open = Math.max(50, close + m.gap);
    close = Math.max(50, open + m.move);
    const high = Math.max(open, close) + m.up;
    const low = Math.max(1, Math.min(open, close) - m.down);
    const bar = makeBar(at, {
      open: open / 100,
      high: high / 100,
      low: low / 100,
      close: close / 100,
      volume: m.volume,
    });
    const signal = makeSignal(at, m.action, {
      stopDistance: m.stop === null ? null : m.stop / 100,
      takeProfitDistance: m.target === null ? null : m.target / 100,
    });
    const [placed, orderEvents] = byHand(state, m, at);
    const slice = makeSlice(at, [bar], { signals: [signal] });
    const outcome = processSlice(placed, slice, settings);
    steps.push({ before: state, slice, state: outcome.state, events: [...orderEvents, ...outcome.events] });
    state = outcome.state;
    at += m.skip;
  }
  return steps;
}

function byHand(state: AccountState, { order }: Minute, at: number): [AccountState, readonly TradingEvent[]] {
  const market = state.markets.get(SYMBOL);
  if (order === null || market === undefined) return [state, []];
  const draft = new AccountDraft(state, settings);
  const price = Math.max(1, market.lastTicks + order.offset);
  decide(
    draft,
    {
      orderId: `manual-${at}`,
      clientOrderId: `manual-${at}`,
      symbol: SYMBOL,
      side: order.side,
      orderType: order.orderType,
      timeInForce: order.timeInForce,
      cause: 'MANUAL',
      lots: order.lots,
      limitTicks: order.orderType === 'LIMIT' ? price : null,
      stopTicks: order.orderType === 'STOP' ? price : null,
      stopDistanceTicks: order.side === 'BUY' ? order.stop : null,
      takeProfitDistanceTicks: null,
      signalId: null,
      signalTime: null,
      decidedAt: state.asOf,
    },
    { nowMs: state.asOf, decisionId: `risk-${at}`, status: 'PENDING' },
  );
  return [draft.finish(state.asOf), draft.events];
}

const holds = (property: (steps: readonly Step[]) => void, numRuns = 200) =>
  fc.assert(
    fc.property(market, (minutes) => property(trade(minutes))),
    { numRuns },
  );
const fillsOf = (steps: readonly Step[]) =>
  steps.flatMap((step) => step.events.flatMap((event) => (event.type === 'fill_booked' ? [event] : [])));

describe('processSlice, whatever the market does', () => {
  it('conserves cash and positions, and its ledger sums to 0', () => {
    holds((steps) => {
      const balances = { CASH: 0, COST_BASIS: 0, REALIZED_PNL: 0, FEES: 0, DIVIDENDS: 0, DEPOSITS: 0 };
      let held = 0;
      for (const { fill, booking } of fillsOf(steps)) {
        held += fill.side === 'BUY' ? fill.lots : -fill.lots;
        expect(booking.postings.reduce((sum, posting) => sum + posting.amountCents, 0)).toBe(0);
        for (const posting of booking.postings) balances[posting.ledger] += posting.amountCents;
      }
      const { state } = steps.at(-1)!;
      const position = state.positions.get(SYMBOL);
      expect(state.cashCents).toBe(10_000_000 + balances.CASH);
      expect(state.feesCents).toBe(balances.FEES);
      expect(position?.lots ?? 0).toBe(held);
      expect(position?.costBasisCents ?? 0).toBe(balances.COST_BASIS);
      expect(position?.realizedPnlCents ?? 0).toBe(-balances.REALIZED_PNL + 0);
      expect(state.cashCents + balances.COST_BASIS).toBe(10_000_000 - balances.REALIZED_PNL - balances.FEES);
      const value = position === undefined ? 0 : notionalCents(scale, position.markTicks, position.lots);
      expect(equityCents(state.cashCents, state.positions.values())).toBe(state.cashCents + value);
    });
  });

  it('never sets aside more cash than there is and never offers more than is held', () => {
    holds((steps) => {
      for (const { state } of steps) {
        const open = [...state.orders.values()];
        const held = state.positions.get(SYMBOL)?.lots ?? 0;
        const offered = open.filter((order) => order.side === 'SELL' && !isProtective(order));
        expect(state.cashCents - sum(open.map((order) => order.reservedCents))).toBeGreaterThanOrEqual(0);
        expect(held - sum(offered.map(remainingLots))).toBeGreaterThanOrEqual(0);
        for (const order of open.filter(isProtective)) expect(remainingLots(order)).toBeLessThanOrEqual(held);
        for (const order of open) expect(order.reservedCents >= 0 && remainingLots(order) > 0).toBe(true);
      }
    });
  });

  it('fills nothing before its decision, and nothing beyond its quantity', () => {
    holds((steps) => {
      const last = lastVersions(steps);
      const filled = new Map<string, number>();
      for (const { fill } of fillsOf(steps)) {
        const order = last.get(fill.orderId)!;
        filled.set(order.id, (filled.get(order.id) ?? 0) + fill.lots);
        expect(fill.timestamp).toBeGreaterThanOrEqual(order.decidedAt);
        if (!isProtective(order)) expect(fill.barTimestamp).toBeGreaterThanOrEqual(order.decidedAt);
      }
      for (const [orderId, lots] of filled) expect(last.get(orderId)).toMatchObject({ filledLots: lots });
      for (const order of last.values()) expect(order.filledLots).toBeLessThanOrEqual(order.lots);
    });
  });

  it('changes no terminal order and makes only legal transitions, one version at a time', () => {
    holds((steps) => {
      const seen = new Map<string, OrderState>();
      for (const { order } of steps.flatMap((step) => step.events.filter(isOrderEvent))) {
        const before = seen.get(order.id);
        if (before === undefined) expect(order.version).toBe(1);
        else {
          expect(isTerminal(before.status)).toBe(false);
          expect(order.version).toBe(before.version + 1);
          expect(order.status === before.status || canBecome(before.status, order.status)).toBe(true);
        }
        seen.set(order.id, order);
      }
    });
  });

  it('decides the past without the future: fewer bars, the same beginning', () => {
    fc.assert(
      fc.property(market, fc.nat(39), (minutes, cut) => {
        const whole = trade(minutes);
        const part = trade(minutes.slice(0, cut));
        expect(part.map((step) => step.events)).toEqual(whole.slice(0, cut).map((step) => step.events));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves the state that it was given as it was', () => {
    holds((steps) => {
      for (const step of steps.slice(1)) {
        const again = [...step.before.orders.values()].map((order) => order.version);
        expect(step.before.asOf).toBeLessThan(step.slice.time);
        expect(again.every((version) => version >= 1)).toBe(true);
      }
      const [first] = steps;
      expect(first?.before.orders.size).toBe(0);
      expect(first?.before.asOf).toBe(START);
    }, 50);
  });

  it('makes trades at all in this made-up market', () => {
    const counts = fc.sample(market, { seed: 7, numRuns: 50 }).map((minutes) => fillsOf(trade(minutes)).length);
    expect(sum(counts)).toBeGreaterThan(100);
  });
});

function lastVersions(steps: readonly Step[]): Map<string, OrderState> {
  return new Map(
    steps.flatMap((step) => step.events.filter(isOrderEvent).map(({ order }) => [order.id, order] as const)),
  );
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
