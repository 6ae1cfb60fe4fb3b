import type { OrderCause, OrderEndReason, OrderSide, OrderStatus, OrderType, TimeInForce } from './order.js';

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
  /** Cash still set aside for what an entry has not filled yet. */
  readonly reservedCents: number;
  /** The price it is set aside at; null for an exit. */
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
