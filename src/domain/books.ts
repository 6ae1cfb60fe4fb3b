/** What an account holds of one instrument. The average price is derived: cost basis / quantity. */
export interface Position {
  readonly symbol: string;
  /** Below 0 for a short: backtests only, stored accounts have none. Cost basis and value are below 0 with it. */
  readonly lots: number;
  /** What the lots held now have cost, without fees. */
  readonly costBasisCents: number;
  /** Sum over all sales of proceeds - cost, gross of fees. */
  readonly realizedPnlCents: number;
  /** Last visible close. */
  readonly markTicks: number;
  readonly marketValueCents: number;
  /** When the lots held now began to be bought; null when flat. Epoch milliseconds UTC. */
  readonly openedAt: number | null;
  readonly updatedAt: number;
}

/**
 * Double entry: debits positive, credits negative, so every booking sums to 0. CASH and COST_BASIS are what is held,
 * FEES what was paid; DEPOSITS, REALIZED_PNL and DIVIDENDS are credited, so their balances are negative when money came in.
 */
export const LEDGERS = ['CASH', 'COST_BASIS', 'REALIZED_PNL', 'FEES', 'DEPOSITS', 'DIVIDENDS'] as const;
export type Ledger = (typeof LEDGERS)[number];

export interface Posting {
  readonly ledger: Ledger;
  readonly symbol: string | null;
  readonly amountCents: number;
}

/** Postings that belong together and sum to 0, in one currency. */
export interface Booking {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  /** Null for a deposit, and for a split or dividend. */
  readonly fillId: string | null;
  /** Market time, epoch milliseconds UTC. */
  readonly timestamp: number;
  readonly postings: readonly Posting[];
}
