import type { OrderCause, OrderSide, OrderType, TimeInForce } from '../../domain/order.js';

/** An order that somebody would like: prices in ticks, quantity in lots. Only risk can turn it into more. */
export interface OrderIntent {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly cause: OrderCause;
  readonly lots: number;
  /** Set for LIMIT orders. */
  readonly limitTicks: number | null;
  /** Set for STOP orders. */
  readonly stopTicks: number | null;
  /** Protection of an entry, as distances from its fill price, above 0. */
  readonly stopDistanceTicks: number | null;
  readonly takeProfitDistanceTicks: number | null;
  readonly signalId: string | null;
  /** Decision time of the signal; null for orders by hand. */
  readonly signalTime: number | null;
  /** Nothing fills before it: epoch milliseconds UTC, market time. */
  readonly decidedAt: number;
}

/**
 * Entries add exposure, on either side; by hand, without shorting, every buy does and every sale takes it away. All others
 * close what is held.
 */
export const increasesExposure = ({ cause, side }: Pick<OrderIntent, 'cause' | 'side'>): boolean =>
  cause === 'ENTRY' || (cause === 'MANUAL' && side === 'BUY');
