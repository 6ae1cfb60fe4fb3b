export const ORDER_SIDES = ['BUY', 'SELL'] as const;
export type OrderSide = (typeof ORDER_SIDES)[number];
export const ORDER_TYPES = ['MARKET', 'LIMIT', 'STOP'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];
/** GTC: until canceled. DAY: until the session's end (UTC midnight for crypto). IOC: what the next bar fills. */
export const TIMES_IN_FORCE = ['GTC', 'DAY', 'IOC'] as const;
export type TimeInForce = (typeof TIMES_IN_FORCE)[number];

/**
 * PENDING: stored, not yet with the broker. ACCEPTED: with the broker. REJECTED is the broker's word, DENIED our risk
 * engine's (a denied order is never stored as an order). UNKNOWN: the broker did not answer in time.
 */
export const ORDER_STATUSES = [
  'PENDING',
  'ACCEPTED',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'EXPIRED',
  'REJECTED',
  'UNKNOWN',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['ACCEPTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED', 'REJECTED', 'UNKNOWN'],
  UNKNOWN: ['ACCEPTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED', 'REJECTED'],
  ACCEPTED: ['PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED'],
  PARTIALLY_FILLED: ['PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED'],
  FILLED: [],
  CANCELED: [],
  EXPIRED: [],
  REJECTED: [],
};

export const isTerminal = (status: OrderStatus): boolean => TRANSITIONS[status].length === 0;
export const canBecome = (from: OrderStatus, to: OrderStatus): boolean => TRANSITIONS[from].includes(to);

/** Why an order exists. ENTRY: a signal. MANUAL: a person. The rest have the position as their cause. */
export const ORDER_CAUSES = ['ENTRY', 'MANUAL', 'EXIT_SIGNAL', 'STOP_LOSS', 'TAKE_PROFIT', 'FLATTEN'] as const;
export type OrderCause = (typeof ORDER_CAUSES)[number];

/** Why an order ended without being wholly filled. */
export const ORDER_END_REASONS = [
  'CANCELED_BY_USER',
  'REPLACED',
  'SUPERSEDED_BY_SIGNAL',
  'POSITION_CLOSED',
  'NO_MORE_BARS',
  'SESSION_OVER',
  'IMMEDIATE_OR_CANCEL',
  'INSUFFICIENT_RESERVE',
  'ACCOUNT_HALTED',
] as const;
export type OrderEndReason = (typeof ORDER_END_REASONS)[number];
