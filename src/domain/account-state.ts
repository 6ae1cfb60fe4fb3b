import type { AccountStatus } from './account.js';
import type { Position } from './books.js';
import type { OrderState } from './order-state.js';

/** One account between two slices. Immutable: `processSlice` answers a new one. */
export interface AccountState {
  readonly accountId: string;
  readonly status: AccountStatus;
  readonly currency: string;
  /** The signal source it trades, or null for an account of orders by hand. */
  readonly signalSource: string | null;
  readonly cashCents: number;
  readonly feesCents: number;
  readonly netDepositsCents: number;
  /** Time of the last slice acted on. */
  readonly asOf: number;
  readonly day: TradingDay;
  /** By symbol; flat ones keep their realized PnL. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Open orders by id. */
  readonly orders: ReadonlyMap<string, OrderState>;
  /** By symbol: what the past bars of a symbol leave behind. Empty for symbols that have not been seen yet. */
  readonly markets: ReadonlyMap<string, MarketState>;
}

export interface TradingDay {
  /** UTC midnight that it began at; a bar that closes at midnight still belongs to the day before. */
  readonly start: number;
  readonly startEquityCents: number;
}

/** Bars whose mean volume an order may take a share of. */
export const TRAILING_BARS = 20;

/** What the bars of a symbol up to now leave behind for the next one. */
export interface MarketState {
  readonly lastTicks: number;
  readonly lastCloseTime: number;
  /** Splits with an ex-date up to then are in the last price and the volumes: see `pricedAt`. */
  readonly pricedAt: number;
  readonly timeframeMs: number;
  /** Volumes of the last bars, oldest first, at most `TRAILING_BARS`, in units of the instrument. */
  readonly volumes: readonly number[];
}
