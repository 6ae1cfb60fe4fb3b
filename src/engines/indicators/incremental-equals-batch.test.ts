import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atr, IncrementalAtr } from './atr.js';
import { ema, IncrementalEma } from './ema.js';
import { logReturns } from './log-returns.js';
import { rollingStandardDeviation } from './rolling-standard-deviation.js';
import { IncrementalRsi, rsi } from './rsi.js';
import { IncrementalSma, sma } from './sma.js';

const price = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const prices = fc.array(price, { maxLength: 120 }).map((values) => Float64Array.from(values));
const period = fc.integer({ min: 1, max: 40 });
const bars = fc
  .array(fc.tuple(price, price, price), { maxLength: 120 })
  .map((rows) => rows.map((row) => row.toSorted((a, b) => a - b)))
  .map((rows) => ({
    lows: Float64Array.from(rows, (row) => row[0] as number),
    closes: Float64Array.from(rows, (row) => row[1] as number),
    highs: Float64Array.from(rows, (row) => row[2] as number),
  }));

describe('incremental indicators', () => {
  it.each([
    ['SMA', sma, IncrementalSma],
    ['EMA', ema, IncrementalEma],
    ['RSI', rsi, IncrementalRsi],
  ] as const)('%s gives the batch values bit for bit', (_name, batch, Incremental) => {
    fc.assert(
      fc.property(prices, period, (values, n) => {
        const incremental = new Incremental(n);
        expect(Float64Array.from(values, (value) => incremental.update(value))).toEqual(batch(values, n));
      }),
    );
  });

  it('ATR gives the batch values bit for bit', () => {
    fc.assert(
      fc.property(bars, period, ({ highs, lows, closes }, n) => {
        const incremental = new IncrementalAtr(n);
        const stepped = closes.map((close, i) => incremental.update(highs[i]!, lows[i]!, close));
        expect(stepped).toEqual(atr(highs, lows, closes, n));
      }),
    );
  });
});

describe('batch indicators', () => {
  it('do not change a past value when future ones are removed', () => {
    fc.assert(
      fc.property(prices, period, fc.nat(), (values, n, cut) => {
        const kept = values.slice(0, values.length === 0 ? 0 : cut % (values.length + 1));
        for (const indicator of [sma, ema, rsi, rollingStandardDeviation, logReturns]) {
          expect(indicator(kept, n)).toEqual(indicator(values, n).slice(0, kept.length));
        }
      }),
    );
  });

  it('give the same moving average and deviation wherever the series starts', () => {
    fc.assert(
      fc.property(prices, period, fc.nat({ max: 30 }), (values, n, dropped) => {
        const later = values.slice(dropped);
        for (const indicator of [sma, rollingStandardDeviation]) {
          expect(indicator(later, n).slice(n - 1)).toEqual(indicator(values, n).slice(dropped + n - 1));
        }
      }),
    );
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuse a period of %s', (bad) => {
    const values = Float64Array.of(1, 2, 3);
    for (const indicator of [sma, ema, rsi, rollingStandardDeviation]) {
      expect(() => indicator(values, bad)).toThrow(RangeError);
    }
    expect(() => atr(values, values, values, bad)).toThrow(RangeError);
    for (const Incremental of [IncrementalSma, IncrementalEma, IncrementalRsi, IncrementalAtr]) {
      expect(() => new Incremental(bad)).toThrow(RangeError);
    }
  });

  it('refuse columns of different lengths', () => {
    expect(() => atr(new Float64Array(3), new Float64Array(2), new Float64Array(3), 1)).toThrow(/one length/);
  });

  it('keep the digits of a small spread on a large level', () => {
    const values = Float64Array.from({ length: 10 }, (_, i) => 1e9 + (i % 2));
    expect(rollingStandardDeviation(values, 10)[9]).toBeCloseTo(0.5, 12);
  });

  it('give 100 as RSI of a series without a loss', () => {
    expect(rsi(Float64Array.of(1, 1, 1, 2), 2).slice(2)).toEqual(Float64Array.of(100, 100));
  });
});
