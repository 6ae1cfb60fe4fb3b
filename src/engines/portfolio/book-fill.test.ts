import type { Position } from '../../domain/books.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookFill, bookingOf } from './book-fill.js';
import { instrumentScale } from './instrument-scale.js';
import { flatPosition } from './position.js';

const scale = instrumentScale({ symbol: 'BTC-USD', currency: 'USD', tickSize: '0.01', lotSize: '0.00000001' });
function book(position: Position, side: 'BUY' | 'SELL', lots: number, priceTicks: number, feeBps = 0) {
  const booked = bookFill(position, scale, { side, lots, priceTicks, feeBps, timestamp: 1 });
  const fill = { id: 'f', accountId: 'a', symbol: position.symbol, side, timestamp: 1 };
  return { ...booked, booking: bookingOf(fill, booked, scale.currency, 'b') };
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('bookFill', () => {
  it('books a purchase as cash for cost basis and fee', () => {
    const booked = book(flatPosition('BTC-USD', 1, 0), 'BUY', 100_000_000, 43_000, 25);
    expect(booked.booking.postings).toEqual([
      { ledger: 'CASH', symbol: 'BTC-USD', amountCents: -43_108 },
      { ledger: 'COST_BASIS', symbol: 'BTC-USD', amountCents: 43_000 },
      { ledger: 'FEES', symbol: 'BTC-USD', amountCents: 108 },
    ]);
    expect(booked.position).toMatchObject({ lots: 100_000_000, costBasisCents: 43_000, openedAt: 1 });
  });

  it('realizes the difference to the average cost, gross of fees', () => {
    const first = book(flatPosition('BTC-USD', 1, 0), 'BUY', 100_000_000, 10_000).position;
    const second = book(first, 'BUY', 100_000_000, 20_000).position;
    const sold = book(second, 'SELL', 50_000_000, 30_000, 100);
    // 0.5 at an average of 150.00 sold for 150.00: a gain of 75.00, a fee of 1.50 apart.
    expect(sold.realizedPnlCents).toBe(7_500);
    expect(sold.feeCents).toBe(150);
    expect(sold.cashChangeCents).toBe(14_850);
    expect(sold.position).toMatchObject({ lots: 150_000_000, costBasisCents: 22_500, realizedPnlCents: 7_500 });
  });

  it('throws when more is sold than is held', () => {
    expect(() => book(flatPosition('BTC-USD', 1, 0), 'SELL', 1, 10)).toThrow(/0 lots cannot be sold/);
  });

  it('sums every booking to 0 and empties the basis exactly when a position is closed', () => {
    const fill = fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      lots: fc.integer({ min: 1, max: 1_000_000_000 }),
      ticks: fc.integer({ min: 1, max: 10_000_000 }),
      feeBps: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(fill, { minLength: 1, maxLength: 30 }), (fills) => {
        let position = flatPosition('BTC-USD', 1, 0);
        let cash = 0;
        let fees = 0;
        for (const { side, lots, ticks, feeBps } of fills) {
          const possible = side === 'BUY' ? lots : Math.min(lots, position.lots);
          if (possible === 0) continue;
          const booked = book(position, side, possible, ticks, feeBps);
          position = booked.position;
          cash += booked.cashChangeCents;
          fees += booked.feeCents;
          expect(sum(booked.booking.postings.map((posting) => posting.amountCents))).toBe(0);
          expect(position.costBasisCents).toBeGreaterThanOrEqual(0);
          expect(cash + position.costBasisCents).toBe(position.realizedPnlCents - fees);
          if (position.lots === 0) expect(position.costBasisCents).toBe(0);
        }
      }),
    );
  });
});
