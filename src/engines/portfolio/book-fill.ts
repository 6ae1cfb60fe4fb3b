import type { Booking, Position } from '../../domain/books.js';
import type { Fill } from '../../domain/trading-event.js';
import type { OrderSide } from '../../domain/order.js';
import type { InstrumentScale } from './instrument-scale.js';
import { fillPostings } from './ledger.js';
import { feeCents, notionalCents } from './money.js';
import { basisOfSale, decrease, increase, mirrored } from './position.js';

export interface FillToBook {
  readonly side: OrderSide;
  readonly lots: number;
  readonly priceTicks: number;
  readonly feeBps: number;
  readonly timestamp: number;
  /** A sale of what is not held opens a short; else it is refused. */
  readonly allowShort?: boolean;
}

export interface BookedFill {
  readonly position: Position;
  /** Price x quantity. */
  readonly notionalCents: number;
  readonly feeCents: number;
  /** What is added to the account's cash; negative for a purchase. */
  readonly cashChangeCents: number;
  /** Gross of fees; 0 for what opens or adds to a position. */
  readonly realizedPnlCents: number;
}

/**
 * Books one execution against position and cash. Throws when more is sold than is held, or more bought than was sold
 * short: no execution goes through zero.
 */
export function bookFill(position: Position, scale: InstrumentScale, fill: FillToBook): BookedFill {
  const isShort = position.lots < 0 || (position.lots === 0 && fill.side === 'SELL' && fill.allowShort === true);
  if (!isShort) return bookHolding(position, scale, fill);
  const side = fill.side === 'BUY' ? 'SELL' : 'BUY';
  const booked = bookHolding(mirrored(position), scale, { ...fill, side });
  return {
    position: mirrored(booked.position),
    notionalCents: booked.notionalCents,
    feeCents: booked.feeCents,
    // The notional goes the other way, the fee does not.
    cashChangeCents: 0 - booked.cashChangeCents - 2 * booked.feeCents,
    realizedPnlCents: 0 - booked.realizedPnlCents,
  };
}

function bookHolding(position: Position, scale: InstrumentScale, fill: FillToBook): BookedFill {
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
  const cash = side === 'BUY' ? -(notional + fee) : notional - fee;
  const postings = fillPostings(symbol, cash, fee, realizedPnlCents);
  return { id, accountId, currency, fillId: fill.id, timestamp, postings };
}
