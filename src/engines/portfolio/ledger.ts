import { naturalId } from '../../domain/event-id.js';

/**
 * Double entry: debits positive, credits negative, so every booking sums to 0. CASH and COST_BASIS are what is held,
 * FEES what was paid; DEPOSITS and REALIZED_PNL are credited, so their balances are negative when money came in.
 */
export const LEDGERS = ['CASH', 'COST_BASIS', 'REALIZED_PNL', 'FEES', 'DEPOSITS'] as const;
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
  /** Null for a deposit. */
  readonly fillId: string | null;
  /** Market time, epoch milliseconds UTC. */
  readonly timestamp: number;
  readonly postings: readonly Posting[];
}

export function depositBooking(accountId: string, currency: string, cents: number, timestamp: number): Booking {
  return {
    id: naturalId('booking', 'deposit', accountId, timestamp),
    accountId,
    currency,
    fillId: null,
    timestamp,
    postings: [
      { ledger: 'CASH', symbol: null, amountCents: cents },
      { ledger: 'DEPOSITS', symbol: null, amountCents: -cents },
    ],
  };
}

export const purchasePostings = (symbol: string, notional: number, fee: number): Posting[] =>
  withoutZeros([
    { ledger: 'CASH', symbol, amountCents: -(notional + fee) },
    { ledger: 'COST_BASIS', symbol, amountCents: notional },
    { ledger: 'FEES', symbol, amountCents: fee },
  ]);

export const salePostings = (symbol: string, notional: number, fee: number, basis: number): Posting[] =>
  withoutZeros([
    { ledger: 'CASH', symbol, amountCents: notional - fee },
    { ledger: 'COST_BASIS', symbol, amountCents: -basis },
    { ledger: 'REALIZED_PNL', symbol, amountCents: basis - notional },
    { ledger: 'FEES', symbol, amountCents: fee },
  ]);

/** A posting of nothing says nothing; the cash posting stays, so that every fill has one. */
const withoutZeros = (postings: readonly Posting[]): Posting[] =>
  postings.filter((posting) => posting.ledger === 'CASH' || posting.amountCents !== 0);
