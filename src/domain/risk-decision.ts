import type { OrderCause, OrderSide } from './order.js';

/**
 * Every reason for which our risk engine denies an order. `gate` codes refuse only what increases exposure; the others
 * say that an order cannot be, whatever its direction.
 */
export const DENIAL_CODES = [
  'QUANTITY_OUT_OF_RANGE',
  'NO_MARKET_DATA',
  'CURRENCY_MISMATCH',
  'INSUFFICIENT_POSITION',
  'TOO_MANY_OPEN_ORDERS',
  'PROTECTION_NOT_APPLICABLE',
  'PROTECTION_ON_WRONG_SIDE',
  'ACCOUNT_HALTED',
  'ACCOUNT_REDUCING',
  'ENTRY_ALREADY_PLACED',
  'SIGNAL_EXPIRED',
  'STALE_DATA',
  'NO_TRADED_VOLUME',
  'PRICE_OUT_OF_COLLAR',
  'BELOW_MIN_NOTIONAL',
  'INSUFFICIENT_FUNDS',
  'MAX_ORDER_NOTIONAL',
  'MAX_POSITION',
  'DAILY_LOSS',
] as const;
export type DenialCode = (typeof DENIAL_CODES)[number];

/** One rule that an order was held against. Amounts are decimal text in the unit that the code implies. */
export interface RiskCheck {
  readonly code: DenialCode;
  readonly passed: boolean;
  /** The bound; null where the rule is a yes or no. */
  readonly limit: string | null;
  readonly value: string;
  /** What was left of the bound before this order; null where the rule is a yes or no. */
  readonly headroom: string | null;
}

/** What risk said of one intent, approved or denied. */
export interface RiskDecision {
  readonly id: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly lots: number;
  readonly cause: OrderCause;
  readonly approved: boolean;
  readonly deniedCode: DenialCode | null;
  readonly checks: readonly RiskCheck[];
  readonly signalId: string | null;
  readonly decidedAt: number;
}
