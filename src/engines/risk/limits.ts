/** Bounds of one account. Fractions are of 1 (0.2 is 20 %). */
export interface RiskLimits {
  /** Size of an automated entry, as a fraction of equity at the decision price. */
  readonly entryFraction: number;
  /** Value of one symbol's position and open buys, as a fraction of equity. */
  readonly maxPositionFraction: number;
  /** Value of one order in whole units of the account's currency. */
  readonly maxOrderNotional: number;
  /** Smaller purchases would be rounded to a cost of nothing. Whole units of the account's currency. */
  readonly minOrderNotional: number;
  /** Loss since the day began, as a fraction of the equity it began with. */
  readonly maxDailyLossFraction: number;
  /** How far above the last close cash is reserved for a market buy, and how far a buy's own price may lie above it. */
  readonly collarFraction: number;
  /** Data older than this many bars of its timeframe opens nothing. */
  readonly staleAfterBars: number;
  /** Age of a signal, in bars of its timeframe, past which it opens nothing. */
  readonly signalExpiresAfterBars: number;
  /** Open orders of an account; orders by hand that reduce may go to twice as many, our own exits are not counted out. */
  readonly maxOpenOrders: number;
}

export const DEFAULT_RISK_LIMITS: RiskLimits = {
  entryFraction: 0.1,
  maxPositionFraction: 0.2,
  maxOrderNotional: 1_000_000,
  minOrderNotional: 1,
  maxDailyLossFraction: 0.05,
  collarFraction: 0.05,
  staleAfterBars: 15,
  signalExpiresAfterBars: 2,
  maxOpenOrders: 100,
};
