import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentScale } from './instrument-scale.js';
import { affordableLots, feeCents, notionalCents, purchaseCents } from './money.js';
import { roundedProduct } from './whole-number.js';

const bitcoin = instrumentScale({ symbol: 'BTC-USD', currency: 'USD', tickSize: '0.01', lotSize: '0.00000001' });
const penny = instrumentScale({ symbol: 'SHIB-USD', currency: 'USD', tickSize: '0.00000001', lotSize: '0.00000001' });
const apple = instrumentScale({ symbol: 'AAPL', currency: 'USD', tickSize: '0.000001', lotSize: '1' });
const toyota = instrumentScale({ symbol: '7203.T', currency: 'JPY', tickSize: '0.5', lotSize: '100' });

describe('money', () => {
  it('counts a notional in cents, rounded half up', () => {
    expect(notionalCents(bitcoin, 43_233, 100_000_000)).toBe(43_233);
    // 0.5 cent: 0.01 x 0.5
    expect(notionalCents(bitcoin, 1, 50_000_000)).toBe(1);
    expect(notionalCents(bitcoin, 1, 49_999_999)).toBe(0);
    expect(notionalCents(apple, 24_214_286, 3)).toBe(7264);
  });

  it('books currencies without a minor unit in whole units', () => {
    expect(notionalCents(toyota, 5001, 1)).toBe(250_050);
  });

  it('stays exact where the product passes 2^53', () => {
    expect(notionalCents(penny, 900, 9_007_199_254_740_991)).toBe(81_065);
    expect(notionalCents(bitcoin, 43_233_00, 90_000_000_000)).toBe(3_890_970_000);
  });

  it('rounds as exact integers do, for any whole numbers', () => {
    const whole = fc.integer({ min: 0, max: 2 ** 40 });
    const ratio = fc.record({
      numerator: fc.integer({ min: 1, max: 1000 }),
      denominator: fc.integer({ min: 1, max: 2 ** 47 }),
    });
    fc.assert(
      fc.property(whole, whole, ratio, (a, b, { numerator, denominator }) => {
        const exact = BigInt(a) * BigInt(b) * BigInt(numerator);
        const expected = (exact * 2n + BigInt(denominator)) / (BigInt(denominator) * 2n);
        fc.pre(expected < BigInt(Number.MAX_SAFE_INTEGER));
        expect(roundedProduct(a, b, { numerator, denominator })).toBe(Number(expected));
      }),
    );
  });

  it('charges a commission in hundredths of a basis point', () => {
    expect(feeCents(1_000_000, 25)).toBe(2500);
    expect(feeCents(1_000_000, 0.25)).toBe(25);
    expect(feeCents(199, 25)).toBe(0);
    expect(feeCents(200, 25)).toBe(1);
  });

  it('affords exactly the most lots that the budget pays for, fee included', () => {
    const scales = fc.constantFrom(bitcoin, apple, toyota);
    fc.assert(
      fc.property(
        scales,
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 1_000_000_000 }),
        (scale, ticks, budget, feeBps, wanted) => {
          const lots = affordableLots(scale, ticks, budget, feeBps, wanted);
          expect(lots).toBeGreaterThanOrEqual(0);
          expect(lots).toBeLessThanOrEqual(wanted);
          expect(lots === 0 || purchaseCents(scale, ticks, lots, feeBps) <= budget).toBe(true);
          // Nothing that matters is left unused: two more cents' worth would not fit.
          const centsPerLot = ((ticks * scale.centsPerTickLot.numerator) / scale.centsPerTickLot.denominator) * 1.005;
          const more = lots + Math.max(1, Math.ceil(3 / centsPerLot));
          expect(
            more > wanted || more * centsPerLot > budget + 10 || purchaseCents(scale, ticks, more, feeBps) > budget,
          ).toBe(true);
        },
      ),
    );
  });
});
