import type { AccountState, MarketState, TradingDay } from '../../domain/account-state.js';
import type { Position } from '../../domain/books.js';
import type { OrderState } from '../../domain/order-state.js';
import type { Fill, OrderEventType, TradingEvent } from '../../domain/trading-event.js';
import { naturalId } from '../../domain/event-id.js';
import { CASH_RULES, type TradingRules } from './trading-rules.js';
import type { TradedInstrument, TradingSettings } from './trading-settings.js';
import { equityCents } from './valuation.js';
import { invariant } from '../../domain/result.js';
import { flatPosition } from '../portfolio/position.js';
import { ended, nextVersion, type OrderChange } from './order-state.js';
import type { OrderEndReason, OrderStatus } from '../../domain/order.js';
import { isTerminal } from '../../domain/order.js';
import type { AccountView } from './account-view.js';
import { OpenOrders } from './open-orders.js';

/** Makes ids of natural keys: the same key, the same id, or, in a backtest that nobody compares, just another one. */
export type IdSource = (...parts: readonly (string | number)[]) => string;

/** How thoroughly a draft writes down what it does. What it does is the same. */
export interface DraftRecord {
  readonly newId: IdSource;
  /**
   * False for a backtest that only its result is wanted of: orders have ids, fills have none, and approvals (checks,
   * decisions) and bookings are not written out at all.
   */
  readonly isFull: boolean;
}

const FULL_RECORD: DraftRecord = { newId: naturalId, isFull: true };

/**
 * An account while it is being changed: a private copy that the steps of slices write to, and the events they leave.
 * The state it was made from stays as it was.
 */
export class AccountDraft implements AccountView {
  readonly before: AccountState;
  readonly settings: TradingSettings;
  readonly rules: TradingRules;
  readonly record: DraftRecord;
  /** Time of the last slice acted on. */
  asOf: number;
  cashCents: number;
  feesCents: number;
  day: TradingDay;
  readonly positions: Map<string, Position>;
  readonly orders: OpenOrders;
  readonly markets: Map<string, MarketState>;
  /** What has happened since the draft was made, or since `takeEvents`. */
  events: TradingEvent[] = [];

  constructor(before: AccountState, settings: TradingSettings, record: DraftRecord = FULL_RECORD) {
    this.before = before;
    this.settings = settings;
    this.rules = settings.rules ?? CASH_RULES;
    this.record = record;
    this.asOf = before.asOf;
    this.cashCents = before.cashCents;
    this.feesCents = before.feesCents;
    this.day = before.day;
    this.positions = new Map(before.positions);
    this.orders = new OpenOrders(before.orders);
    this.markets = new Map(before.markets);
  }

  newId(...parts: readonly (string | number)[]): string {
    return this.record.newId(...parts);
  }

  get equityCents(): number {
    return equityCents(this.cashCents, this.positions.values());
  }

  get reservedCents(): number {
    let reserved = 0;
    for (const order of this.orders.values()) reserved += order.reservedCents;
    return reserved;
  }

  instrument(symbol: string): TradedInstrument {
    const instrument = this.settings.instruments.get(symbol);
    if (instrument === undefined) invariant(false, `no instrument ${symbol} in the settings`);
    return instrument;
  }

  position(symbol: string, at: number): Position {
    return this.positions.get(symbol) ?? flatPosition(symbol, this.markets.get(symbol)?.lastTicks ?? 1, at);
  }

  positionLots(symbol: string): number {
    return this.positions.get(symbol)?.lots ?? 0;
  }

  /** Open orders of a symbol, in the order in which they were decided. The list stays as it is when orders change. */
  openOrders(symbol: string): readonly OrderState[] {
    return this.orders.ofSymbol(symbol);
  }

  create(order: OrderState, at: number): void {
    this.orders.put(order);
    this.events.push({ type: 'order_created', order, at, fill: null });
  }

  /** The events so far; the draft forgets them. */
  takeEvents(): TradingEvent[] {
    const { events } = this;
    if (events.length > 0) this.events = [];
    return events;
  }

  /** The account as it now stands. */
  finish(asOf: number): AccountState {
    return {
      ...this.before,
      cashCents: this.cashCents,
      feesCents: this.feesCents,
      asOf,
      day: this.day,
      positions: this.positions,
      orders: this.orders.toMap(),
      markets: this.markets,
    };
  }

  /** Stores the next version of an open order, and its event. */
  change(orderId: string, change: OrderChange, at: number, fill: Fill | null = null): OrderState {
    const order = this.orders.get(orderId);
    if (order === undefined) invariant(false, `order ${orderId} is not open`);
    const next = nextVersion(order, change);
    if (isTerminal(next.status)) this.orders.delete(orderId);
    else this.orders.put(next);
    this.events.push({ type: eventTypeOf(order.status, next.status, fill), order: next, at, fill });
    return next;
  }

  end(orderId: string, status: 'CANCELED' | 'EXPIRED', reason: OrderEndReason, at: number): void {
    this.change(orderId, ended(status, reason, at), at);
  }
}

function eventTypeOf(from: OrderStatus, to: OrderStatus, fill: Fill | null): OrderEventType {
  if (fill !== null) return 'order_filled';
  if (isTerminal(to)) return 'order_ended';
  return from === 'PENDING' && to === 'ACCEPTED' ? 'order_accepted' : 'order_updated';
}
