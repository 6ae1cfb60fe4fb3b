import type { OrderState } from '../../domain/order-state.js';
import type { Fill } from '../../domain/trading-event.js';
import { bookFill, bookingOf } from '../portfolio/book-fill.js';
import { marginCents } from '../portfolio/money.js';
import { exactProduct } from '../portfolio/whole-number.js';
import { reserveCents } from '../risk/reserve.js';
import type { AccountDraft } from './account-draft.js';
import { freeCents } from './free-cents.js';
import type { OrderChange } from './order-state.js';
import type { SliceBar } from './slice.js';

/** At which price an order fills within a bar, and where. */
export interface ExecutionPrice {
  readonly priceTicks: number;
  /** Before costs. */
  readonly referenceTicks: number;
  readonly where: 'AT_OPEN' | 'INSIDE';
  /** Costs that the price contains: none for a limit filled at its limit. */
  readonly paysCosts: boolean;
}

/** One execution to be: what of an order fills in a bar, and how. */
export interface Execution {
  readonly bar: SliceBar;
  readonly lots: number;
  readonly price: ExecutionPrice;
}

/** What an execution leaves: the fill, and the order as it then stands. */
export interface Executed {
  readonly fill: Fill;
  readonly order: OrderState;
}

/** Books an execution: cash, position, ledger, order. */
export function execute(draft: AccountDraft, order: OrderState, { bar, lots, price }: Execution): Executed {
  const { priceTicks } = price;
  const { isFull } = draft.record;
  const { scale, costs } = draft.instrument(order.symbol);
  const timestamp = price.where === 'AT_OPEN' ? bar.timestamp : bar.closeTime;
  const executionId = isFull ? `${order.id}:${bar.timestamp}` : '';
  const booked = bookFill(draft.position(order.symbol, timestamp), scale, {
    side: order.side,
    lots,
    priceTicks,
    feeBps: costs.feeBps,
    timestamp,
    allowShort: draft.rules.allowShort,
  });
  const fill: Fill = {
    id: isFull ? draft.newId('fill', executionId) : '',
    executionId,
    orderId: order.id,
    accountId: draft.before.accountId,
    symbol: order.symbol,
    side: order.side,
    lots,
    priceTicks,
    feeCents: booked.feeCents,
    realizedPnlCents: booked.realizedPnlCents,
    assumptions: {
      where: price.where,
      referenceTicks: price.referenceTicks,
      slippageBps: price.paysCosts ? costs.slippageBps : 0,
      halfSpreadBps: price.paysCosts ? costs.halfSpreadBps : 0,
      feeBps: costs.feeBps,
    },
    timestamp,
    barTimestamp: bar.timestamp,
  };
  draft.cashCents += booked.cashChangeCents;
  draft.feesCents += booked.feeCents;
  draft.positions.set(order.symbol, booked.position);
  if (isFull) {
    const booking = bookingOf(fill, booked, scale.currency, draft.newId('booking', 'fill', fill.id));
    draft.events.push({ type: 'fill_booked', fill, booking });
  }
  const costCents = marginCents(booked.notionalCents, draft.rules.margin) + booked.feeCents;
  const change = filled(draft, order, fill, costCents);
  return { fill, order: draft.change(order.id, change, timestamp, fill) };
}

function filled(draft: AccountDraft, order: OrderState, fill: Fill, costCents: number): OrderChange {
  const filledLots = order.filledLots + fill.lots;
  const left = order.lots - filledLots;
  return {
    status: left === 0 ? 'FILLED' : 'PARTIALLY_FILLED',
    filledLots,
    filledTickLots: order.filledTickLots + exactProduct(fill.priceTicks, fill.lots),
    filledAt: fill.timestamp,
    endedAt: left === 0 ? fill.timestamp : null,
    triggered: order.triggered || order.orderType === 'STOP',
    reservedCents: reserveLeft(draft, order, left, costCents),
  };
}

/** Rounding two parts of an entry to the cent, notional and fee, can cost this much more than rounding the whole. */
const ROUNDING_CENTS = 2;

/**
 * A fill uses up its own cost of the reserve; what is left never exceeds what the rest can need. What rounding in parts
 * took too much is set aside anew, where the cash is free: a limit order must not end a share short for a cent.
 */
function reserveLeft(draft: AccountDraft, order: OrderState, leftLots: number, costCents: number): number {
  if (order.reservePriceTicks === null) return 0;
  const { scale, costs } = draft.instrument(order.symbol);
  const needed = reserveCents(scale, order.reservePriceTicks, leftLots, costs.feeBps, draft.rules.margin);
  // The fill is paid already, its order still holds the reserve from before it.
  const free = freeCents(draft) + costCents;
  return Math.min(needed, Math.max(0, order.reservedCents - costCents + Math.min(ROUNDING_CENTS, free)));
}
