import {
  canBecome,
  isTerminal,
  type OrderCause,
  type OrderEndReason,
  type OrderSide,
  type OrderStatus,
  type OrderType,
  type TimeInForce,
} from '../../domain/order.js';
import { invariant } from '../../domain/result.js';
import type { OrderIntent } from '../risk/order-intent.js';
import type { RiskApproved } from '../risk/approve.js';

/** RESTING: the broker holds it and it acts inside the bar. WATCHED: we do, and it acts at the next open. */
export type ProtectionMode = 'RESTING' | 'WATCHED';

/** An order as it stands. Prices in ticks, quantities in lots, money in cents, times in epoch milliseconds UTC. */
export interface OrderState {
  readonly id: string;
  readonly accountId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly cause: OrderCause;
  readonly lots: number;
  readonly limitTicks: number | null;
  readonly stopTicks: number | null;
  /** Protection that an entry asks for, as distances from its fill price. */
  readonly stopDistanceTicks: number | null;
  readonly takeProfitDistanceTicks: number | null;
  /** Set for STOP_LOSS and TAKE_PROFIT orders. */
  readonly protectionMode: ProtectionMode | null;
  /** The order whose fills a protective order protects. */
  readonly parentOrderId: string | null;
  readonly status: OrderStatus;
  readonly endReason: OrderEndReason | null;
  /** A stop that was reached and is not wholly filled: what is left of it is a market order. */
  readonly triggered: boolean;
  readonly filledLots: number;
  /** Sum of price x quantity of the fills, in ticks x lots: exact. */
  readonly filledTickLots: bigint;
  /** Cash still set aside for what a buy has not filled yet. */
  readonly reservedCents: number;
  /** The price it is set aside at; null for a sale. */
  readonly reservePriceTicks: number | null;
  /** Null for protective orders: the entry's decision covers them. */
  readonly riskDecisionId: string | null;
  readonly signalId: string | null;
  /** Nothing fills before it. */
  readonly decidedAt: number;
  readonly filledAt: number | null;
  readonly endedAt: number | null;
  /** Grows by one with each change. */
  readonly version: number;
}

export const remainingLots = (order: Pick<OrderState, 'lots' | 'filledLots'>): number => order.lots - order.filledLots;
export const isProtective = (order: Pick<OrderState, 'cause'>): boolean =>
  order.cause === 'STOP_LOSS' || order.cause === 'TAKE_PROFIT';

/** The order that an approved intent becomes: there is no other way to a first version of one. */
export function orderOf(
  approved: RiskApproved<OrderIntent>,
  about: { readonly accountId: string; readonly riskDecisionId: string; readonly status: 'PENDING' | 'ACCEPTED' },
): OrderState {
  const { intent } = approved;
  return {
    id: intent.orderId,
    accountId: about.accountId,
    clientOrderId: intent.clientOrderId,
    symbol: intent.symbol,
    side: intent.side,
    orderType: intent.orderType,
    timeInForce: intent.timeInForce,
    cause: intent.cause,
    lots: intent.lots,
    limitTicks: intent.limitTicks,
    stopTicks: intent.stopTicks,
    stopDistanceTicks: intent.stopDistanceTicks,
    takeProfitDistanceTicks: intent.takeProfitDistanceTicks,
    protectionMode: null,
    parentOrderId: null,
    status: about.status,
    endReason: null,
    triggered: false,
    filledLots: 0,
    filledTickLots: 0n,
    reservedCents: approved.reservedCents,
    reservePriceTicks: approved.reservePriceTicks,
    riskDecisionId: about.riskDecisionId,
    signalId: intent.signalId,
    decidedAt: intent.decidedAt,
    filledAt: null,
    endedAt: null,
    version: 1,
  };
}

/** The next version of an order. Throws on a change of a terminal order or an illegal transition. */
export function nextVersion(order: OrderState, change: Partial<OrderState>): OrderState {
  invariant(!isTerminal(order.status), `order ${order.id} is ${order.status} and cannot change`);
  const next = { ...order, ...change, version: order.version + 1 };
  invariant(
    next.status === order.status || canBecome(order.status, next.status),
    `order ${order.id} cannot go from ${order.status} to ${next.status}`,
  );
  invariant(next.filledLots <= next.lots, `order ${order.id}: ${next.filledLots} of ${next.lots} lots filled`);
  return isTerminal(next.status) ? { ...next, reservedCents: 0 } : next;
}

/** The change that ends an order before it is wholly filled. */
export const ended = (status: 'CANCELED' | 'EXPIRED', endReason: OrderEndReason, at: number): Partial<OrderState> => ({
  status,
  endReason,
  endedAt: at,
});
