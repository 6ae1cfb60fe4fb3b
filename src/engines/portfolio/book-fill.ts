import type { Booking, Position } from '../../domain/books.js';
import type { Fill } from '../../domain/trading-event.js';
import type { OrderSide } from '../../domain/order.js';
import type { InstrumentScale } from './instrument-scale.js';
import { purchasePostings, salePostings } from './ledger.js';
import { feeCents, notionalCents } from './money.js';
import { basisOfSale, decrease, increase } from './position.js';

export interface FillToBook {
  readonly side: OrderSide;
  readonly lots: number;
  readonly priceTicks: number;
  readonly feeBps: number;
  readonly timestamp: number;
}

export interface BookedFill {
  readonly position: Position;
  /** Price x quantity. */
  readonly notionalCents: number;
  readonly feeCents: number;
  /** What is added to the account's cash; negative for a purchase. */
  readonly cashChangeCents: number;
  /** Gross of fees; 0 for a purchase. */
  readonly realizedPnlCents: number;
}

/** Books one execution against position and cash. Throws when more is sold than is held. */
export function bookFill(position: Position, scale: InstrumentScale, fill: FillToBook): BookedFill {
  const { side, lots, timestamp } = fill;
  const notional = notionalCents(scale, fill.priceTicks, lots);
  const fee = feeCents(notional, fill.feeBps);
  if (side === 'BUY') {
    return {
      position: increase(position, scale, lots, notional, timestamp),
      notionalCents: notional,
      feeCents: fee,
      cashChangeCents: -(notional + fee),
      realizedPnlCents: 0,
    };
  }
  const basis = basisOfSale(position, lots);
  return {
    position: decrease(position, scale, lots, notional, basis, timestamp),
    notionalCents: notional,
    feeCents: fee,
    cashChangeCents: notional - fee,
    realizedPnlCents: notional - basis,
  };
}

/** The entry of a booked fill in the ledger. */
export function bookingOf(
  fill: Pick<Fill, 'id' | 'accountId' | 'symbol' | 'side' | 'timestamp'>,
  { notionalCents: notional, feeCents: fee, realizedPnlCents }: BookedFill,
  currency: string,
  id: string,
): Booking {
  const { accountId, symbol, side, timestamp } = fill;
  const postings =
    side === 'BUY'
      ? purchasePostings(symbol, notional, fee)
      : salePostings(symbol, notional, fee, notional - realizedPnlCents);
  return { id, accountId, currency, fillId: fill.id, timestamp, postings };
}
