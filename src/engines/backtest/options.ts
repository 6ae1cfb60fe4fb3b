/**
 * Which definitions a backtest follows. `native`: the fills, risk and booking of live paper trading. `backtesting.py`:
 * the broker and the statistics of that program, for comparison with it.
 */
export const BACKTEST_PROFILES = ['native', 'backtesting.py'] as const;
export type BacktestProfile = (typeof BACKTEST_PROFILES)[number];

/** What one execution costs; `rate` is a fraction of its value, the rest is money of the account. */
export type Commission =
  | { readonly kind: 'PERCENT'; readonly rate: number }
  | { readonly kind: 'FIXED_PLUS_PERCENT'; readonly fixed: number; readonly rate: number }
  | { readonly kind: 'PER_UNIT'; readonly perUnit: number; readonly minimum: number }
  /** A function of units (signed) and price, for those who call the engine from code. */
  | { readonly kind: 'FUNCTION'; readonly commissionOf: (units: number, price: number) => number };

/** How far an execution lies on the worse side of its reference price, beyond the spread. */
export type Slippage =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'BASIS_POINTS'; readonly basisPoints: number }
  /** Grows with the square of our share of the bar's volume: `impact` is the fraction of the price at a share of 1. */
  | { readonly kind: 'VOLUME_SHARE'; readonly impact: number };

/** Options of the `backtesting.py` profile's broker; names as its users know them. */
export interface BrokerOptions {
  /** Starting cash, above 0. */
  readonly cash: number;
  readonly commission: Commission;
  /** Fraction of the price, added to the entry price. */
  readonly spread: number;
  readonly slippage: Slippage;
  /** Share of a position's value that must be held: 0.5 is leverage 2; above 0, 1 at most. */
  readonly margin: number;
  /** Market orders fill at the close that they were decided at, not at the next open. */
  readonly tradeOnClose: boolean;
  /** A new order closes what is open first. */
  readonly exclusiveOrders: boolean;
  /** Open trades are closed on the last bar; else they stay open and are no round trips. */
  readonly finalizeTrades: boolean;
  /** Smallest tradable quantity: 1 for whole units, 0 for any fraction. */
  readonly lotSize: number;
  /** Share of a bar's volume that may be filled; null for all. What is left waits for the next bar. */
  readonly volumeShare: number | null;
}
