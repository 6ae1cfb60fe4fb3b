import type { Booking, Posting } from '../../domain/books.js';
import { naturalId } from '../../domain/event-id.js';

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
