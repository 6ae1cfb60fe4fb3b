import type { Booking, Position, Posting } from '../../domain/books.js';
import type { OrderSide } from '../../domain/order.js';
import type { InstrumentScale } from './instrument-scale.js';
import { purchasePostings, salePostings } from './ledger.js';
import { feeCents, notionalCents } from './money.js';
import { basisOfSale, decrease, increase } from './position.js';

export interface FillToBook {
  readonly fillId: string;
  readonly bookingId: string;
  readonly accountId: string;
  readonly side: OrderSide;
  readonly lots: number;
  readonly priceTicks: number;
  readonly feeBps: number;
  readonly timestamp: number;
}

export interface BookedFill {
  readonly position: Position;
  /** What is added to the account's cash; negative for a purchase. */
  readonly cashChangeCents: number;
  readonly feeCents: number;
  /** Gross of fees; 0 for a purchase. */
  readonly realizedPnlCents: number;
  readonly booking: Booking;
}

/** Books one execution against position, cash and ledger. Throws when more is sold than is held. */
export function bookFill(position: Position, scale: InstrumentScale, fill: FillToBook): BookedFill {
  const notional = notionalCents(scale, fill.priceTicks, fill.lots);
  const fee = feeCents(notional, fill.feeBps);
  const booking = (postings: readonly Posting[]): Booking => ({
    id: fill.bookingId,
    accountId: fill.accountId,
    currency: scale.currency,
    fillId: fill.fillId,
    timestamp: fill.timestamp,
    postings,
  });
  if (fill.side === 'BUY') {
    return {
      position: increase(position, scale, fill.lots, notional, fill.timestamp),
      cashChangeCents: -(notional + fee),
      feeCents: fee,
      realizedPnlCents: 0,
      booking: booking(purchasePostings(position.symbol, notional, fee)),
    };
  }
  const basis = basisOfSale(position, fill.lots);
  return {
    position: decrease(position, scale, fill.lots, notional, basis, fill.timestamp),
    cashChangeCents: notional - fee,
    feeCents: fee,
    realizedPnlCents: notional - basis,
    booking: booking(salePostings(position.symbol, notional, fee, basis)),
  };
}
