/**
 * What an account may do beyond buying with its cash and selling what it has. Paper accounts do nothing of it
 * (`CASH_RULES`); a backtest may ask for each.
 */
export interface TradingRules {
  /** SELL means "be short", and EXIT "be flat". */
  readonly allowShort: boolean;
  /** A decision to be long or short closes what is held of the symbol first, also where that is long or short already. */
  readonly exclusiveOrders: boolean;
  /** Market orders fill at the close that they were decided at, as far as the volume goes. */
  readonly tradeOnClose: boolean;
  /** Share of a position's value that the equity must cover when it is opened: above 0, 1 at most. 0.5 is leverage 2. */
  readonly margin: number;
  /** Everything is closed once the equity is below this share of the value of all positions. */
  readonly maintenanceMargin: number;
  /** Cost of what is borrowed (shares sold short, cash below 0), a fraction of its value a year of 365 days. */
  readonly borrowRate: number;
}

export const CASH_RULES: TradingRules = {
  allowShort: false,
  exclusiveOrders: false,
  tradeOnClose: false,
  margin: 1,
  maintenanceMargin: 0.5,
  borrowRate: 0,
};

/** The equity may become less than the positions need: it is watched at each close. */
export const watchesMargin = ({ allowShort, margin }: TradingRules): boolean => allowShort || margin < 1;

/**
 * Entries may be decided together with the exit that makes room for them: the equity bounds them, not the cash. On a plain
 * cash account what is not sold yet buys nothing.
 */
export const countsExits = (rules: TradingRules): boolean => rules.exclusiveOrders || watchesMargin(rules);
