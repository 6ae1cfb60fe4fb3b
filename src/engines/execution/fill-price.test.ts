import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adverseTicks, limitFillTicks, marketFillTicks, stopFillTicks, volumeShareLots } from './fill-price.js';

const COST = 0.0002;

describe('fill prices', () => {
  it('fills a market order at the open, moved against us and rounded to the worse tick', () => {
    expect(marketFillTicks('BUY', 43_000, COST)).toBe(43_009);
    expect(marketFillTicks('SELL', 43_000, COST)).toBe(42_991);
    expect(marketFillTicks('BUY', 43_000, 0)).toBe(43_000);
    expect(adverseTicks('SELL', 1, 0.5)).toBe(1);
  });

  it('needs a trade through a limit by one tick', () => {
    expect(limitFillTicks('BUY', 100, 105, 106, 100, 1, 0)).toBeNaN();
    expect(limitFillTicks('BUY', 100, 105, 106, 99, 1, 0)).toBe(100);
    expect(limitFillTicks('SELL', 110, 105, 110, 99, 1, 0)).toBeNaN();
    expect(limitFillTicks('SELL', 110, 105, 111, 99, 1, 0)).toBe(110);
    // The profile that fills on touch.
    expect(limitFillTicks('BUY', 100, 105, 106, 100, 0, 0)).toBe(100);
  });

  it('fills a limit at the open when it gaps through, never beyond the limit', () => {
    expect(limitFillTicks('BUY', 100_000, 99_000, 99_100, 98_000, 1, COST)).toBe(99_020);
    expect(limitFillTicks('BUY', 99_001, 99_000, 99_100, 98_000, 1, COST)).toBe(99_001);
    expect(limitFillTicks('SELL', 100_000, 101_000, 101_100, 100_500, 1, COST)).toBe(100_979);
  });

  it('fills a stop at its price, or at the open when it gaps past it', () => {
    expect(stopFillTicks('SELL', 95, 100, 101, 96, 0)).toBeNaN();
    expect(stopFillTicks('SELL', 95, 100, 101, 95, 0)).toBe(95);
    expect(stopFillTicks('SELL', 95, 90, 92, 89, 0)).toBe(90);
    expect(stopFillTicks('BUY', 105, 100, 105, 99, 0)).toBe(105);
    expect(stopFillTicks('BUY', 105, 110, 111, 109, 0)).toBe(110);
    expect(stopFillTicks('BUY', 105_000, 100_000, 105_000, 99_000, COST)).toBe(105_021);
  });

  it('never fills better than the reference for any bar', () => {
    const bar = fc
      .tuple(fc.integer({ min: 2, max: 1e7 }), fc.integer({ min: 0, max: 1e5 }), fc.integer({ min: 0, max: 1e5 }))
      .map(([open, up, down]) => ({ open, high: open + up, low: Math.max(1, open - down) }));
    fc.assert(
      fc.property(
        bar,
        fc.integer({ min: 1, max: 1e7 }),
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        (b, price, cost) => {
          expect(marketFillTicks('BUY', b.open, cost)).toBeGreaterThanOrEqual(b.open);
          expect(marketFillTicks('SELL', b.open, cost)).toBeLessThanOrEqual(b.open);
          const bought = limitFillTicks('BUY', price, b.open, b.high, b.low, 1, cost);
          if (!Number.isNaN(bought)) expect(bought).toBeLessThanOrEqual(price);
          const stopped = stopFillTicks('SELL', price, b.open, b.high, b.low, cost);
          if (!Number.isNaN(stopped)) expect(stopped).toBeLessThanOrEqual(price);
        },
      ),
    );
  });

  it('takes a floored share of the mean volume', () => {
    expect(volumeShareLots(3.3, 0.1, 100_000_000)).toBe(33_000_000);
    expect(volumeShareLots(19, 0.1, 1)).toBe(1);
    expect(volumeShareLots(0, 0.1, 1)).toBe(0);
  });
});
