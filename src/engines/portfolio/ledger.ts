import type { Booking, Posting } from '../../domain/books.js';
import type { CorporateActionKind } from '../../domain/corporate-action.js';
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

/** Of any execution: the cash goes into what is held at cost, the fee and what was gained or lost on what it closed. */
export const fillPostings = (symbol: string, cash: number, fee: number, realizedPnl: number): Posting[] =>
  withoutZeros([
    { ledger: 'CASH', symbol, amountCents: cash },
    { ledger: 'COST_BASIS', symbol, amountCents: realizedPnl - cash - fee },
    { ledger: 'REALIZED_PNL', symbol, amountCents: 0 - realizedPnl },
    { ledger: 'FEES', symbol, amountCents: fee },
  ]);

/** Of a dividend, or of what a split pays out for a part of a lot; none where no money moves. */
export function actionPostings(
  kind: CorporateActionKind,
  symbol: string,
  cashCents: number,
  realizedPnlCents: number,
): Posting[] {
  const postings: Posting[] =
    kind === 'DIVIDEND'
      ? [
          { ledger: 'CASH', symbol, amountCents: cashCents },
          { ledger: 'DIVIDENDS', symbol, amountCents: 0 - cashCents },
        ]
      : [
          { ledger: 'CASH', symbol, amountCents: cashCents },
          { ledger: 'COST_BASIS', symbol, amountCents: realizedPnlCents - cashCents },
          { ledger: 'REALIZED_PNL', symbol, amountCents: 0 - realizedPnlCents },
        ];
  return postings.filter(({ amountCents }) => amountCents !== 0);
}

/** A posting of nothing says nothing; the cash posting stays, so that every fill has one. */
const withoutZeros = (postings: readonly Posting[]): Posting[] =>
  postings.filter((posting) => posting.ledger === 'CASH' || posting.amountCents !== 0);
