import type { OrderState } from '../../domain/order-state.js';
import type { Fill } from '../../domain/trading-event.js';
import { bookFill } from '../portfolio/book-fill.js';
import { reserveCents } from '../risk/reserve.js';
import type { AccountDraft } from './account-draft.js';
import { remainingLots, type OrderChange } from './order-state.js';
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

/** Books an execution: cash, position, ledger, order. Answers the order as it then stands. */
export function execute(draft: AccountDraft, order: OrderState, { bar, lots, price }: Execution): OrderState {
  const { priceTicks } = price;
  const { scale, costs } = draft.instrument(order.symbol);
  const timestamp = price.where === 'AT_OPEN' ? bar.timestamp : bar.closeTime;
  const executionId = `${order.id}:${bar.timestamp}`;
  const fillId = draft.newId('fill', executionId);
  const booked = bookFill(draft.position(order.symbol, timestamp), scale, {
    fillId,
    bookingId: draft.newId('booking', 'fill', fillId),
    accountId: draft.before.accountId,
    side: order.side,
    lots,
    priceTicks,
    feeBps: costs.feeBps,
    timestamp,
  });
  const fill: Fill = {
    id: fillId,
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
  draft.events.push({ type: 'fill_booked', fill, booking: booked.booking });
  return draft.change(order.id, filled(draft, order, fill, -booked.cashChangeCents), timestamp, fill);
}

function filled(draft: AccountDraft, order: OrderState, fill: Fill, costCents: number): OrderChange {
  const filledLots = order.filledLots + fill.lots;
  const left = remainingLots({ lots: order.lots, filledLots });
  return {
    status: left === 0 ? 'FILLED' : 'PARTIALLY_FILLED',
    filledLots,
    filledTickLots: order.filledTickLots + BigInt(fill.priceTicks) * BigInt(fill.lots),
    filledAt: fill.timestamp,
    endedAt: left === 0 ? fill.timestamp : null,
    triggered: order.triggered || order.orderType === 'STOP',
    reservedCents: reserveLeft(draft, order, left, costCents),
  };
}

/** Rounding two parts of a purchase to the cent, notional and fee, can cost this much more than rounding the whole. */
const ROUNDING_CENTS = 2;

/**
 * A fill uses up its own cost of the reserve; what is left never exceeds what the rest can need. What rounding in parts
 * took too much is set aside anew, where the cash is free: a limit order must not end a share short for a cent.
 */
function reserveLeft(draft: AccountDraft, order: OrderState, leftLots: number, costCents: number): number {
  if (order.side === 'SELL' || order.reservePriceTicks === null) return 0;
  const { scale, costs } = draft.instrument(order.symbol);
  const needed = reserveCents(scale, order.reservePriceTicks, leftLots, costs.feeBps);
  // The fill is paid already, its order still holds the reserve from before it.
  const freeCents = draft.cashCents - draft.reservedCents + costCents;
  return Math.min(needed, order.reservedCents - costCents + Math.min(ROUNDING_CENTS, freeCents));
}
