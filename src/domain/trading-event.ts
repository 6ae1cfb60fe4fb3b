import type { AccountAction } from './account-action.js';
import type { Booking } from './books.js';
import type { OrderSide } from './order.js';
import type { OrderState } from './order-state.js';
import type { RiskDecision } from './risk-decision.js';

/** One execution. Price in ticks, quantity in lots, money in cents. */
export interface Fill {
  readonly id: string;
  /** Unique at the broker: the paper broker's is the order and the bar. */
  readonly executionId: string;
  readonly orderId: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly lots: number;
  readonly priceTicks: number;
  readonly feeCents: number;
  readonly realizedPnlCents: number;
  readonly assumptions: FillAssumptions;
  /** The bar's open time for fills at the open; its close time for fills inside, whose instant is not known. */
  readonly timestamp: number;
  /** Open time of the bar. */
  readonly barTimestamp: number;
}

/** What a paper execution's price was made of. */
export interface FillAssumptions {
  readonly where: 'AT_OPEN' | 'INSIDE';
  /** Open, limit or stop price before costs. */
  readonly referenceTicks: number;
  readonly slippageBps: number;
  readonly halfSpreadBps: number;
  readonly feeBps: number;
}

export type OrderEventType = 'order_created' | 'order_accepted' | 'order_updated' | 'order_filled' | 'order_ended';

/** What happened, in order. */
export type TradingEvent =
  | { readonly type: 'risk_decided'; readonly decision: RiskDecision }
  | {
      readonly type: OrderEventType;
      readonly order: OrderState;
      /** Market time. */
      readonly at: number;
      /** Set for order_filled. */
      readonly fill: Fill | null;
    }
  | { readonly type: 'fill_booked'; readonly fill: Fill; readonly booking: Booking }
  | { readonly type: 'action_taken'; readonly action: AccountAction };

export type OrderEvent = Extract<TradingEvent, { type: OrderEventType }>;

export const isOrderEvent = (event: TradingEvent): event is OrderEvent =>
  event.type !== 'risk_decided' && event.type !== 'fill_booked' && event.type !== 'action_taken';
