import type { OrderCause, OrderSide, OrderType } from './order.js';

/**
 * What a run did, in plain data: the common shape of a backtest and of an account behind the live pipeline, so that the
 * two can be compared. Times are epoch milliseconds UTC; quantities, prices and money are compared as numbers.
 */
export interface RunTrace {
  /** What to call it in a sentence: `the backtest`. */
  readonly label: string;
  readonly orders: readonly TracedOrder[];
  readonly fills: readonly TracedFill[];
  readonly equity: readonly TracedEquity[];
}

export interface TracedOrder {
  /** When it was decided: the close time of the bar it was decided at. */
  readonly time: number;
  readonly symbol: string;
  readonly cause: OrderCause;
  readonly side: OrderSide;
  /** Null for one that risk denied: it never became an order. */
  readonly type: OrderType | null;
  /** Units of the instrument, above 0. */
  readonly quantity: number;
  readonly limitPrice: number | null;
  readonly stopPrice: number | null;
  /** How it ended, in the words of its run: `FILLED`, `DENIED INSUFFICIENT_FUNDS`. */
  readonly outcome: string;
}

export interface TracedFill {
  readonly time: number;
  readonly symbol: string;
  readonly side: OrderSide;
  /** Units of the instrument, above 0. */
  readonly quantity: number;
  readonly price: number;
  readonly commission: number;
}

export interface TracedEquity {
  /** Close time of the instant. */
  readonly time: number;
  /** In the account's currency. */
  readonly value: number;
}
