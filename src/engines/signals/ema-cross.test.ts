import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barWindow } from './bar-window.js';
import { EmaCross } from './ema-cross.js';
import type { SignalDecision } from './signal-source.js';
import { everyNumberIsFinite, makeSeries, scaled, someSeries } from '../../../tests/support/bar-series.js';

const context = { forecast: null, roundTripCosts: 0.0054 };
const source = new EmaCross();
const decideAt = (closes: number[], last = closes.length - 1): SignalDecision =>
  source.decide(barWindow(makeSeries(closes), 0, last + 1), context);

/** Falls for 150 bars, rises for 60, falls again: the averages cross once each way after the warm-up. */
const valley = Array.from(
  { length: 270 },
  (_, i) => 100 + (i < 150 ? -0.1 * i : i < 210 ? -15 + 0.3 * (i - 150) : 3 - 0.2 * (i - 210)),
);

describe('the ema cross', () => {
  it('buys on the one bar where the fast average crosses above the slow one, and sells where it crosses below', () => {
    const acted = valley.flatMap((_, last) => {
      const decision = decideAt(valley, last);
      return decision.kind === 'SIGNAL' && decision.action !== 'HOLD' ? [{ last, ...decision }] : [];
    });
    expect(acted.map(({ action, reason }) => [action, reason])).toEqual([
      ['BUY', 'CROSSED_ABOVE'],
      ['SELL', 'CROSSED_BELOW'],
    ]);
    expect(acted[0]!.last).toBeGreaterThan(150);
    expect(acted[1]!.last).toBeGreaterThan(210);
    expect(acted[0]!.settings['fastAverage']).toBeGreaterThan(acted[0]!.settings['slowAverage']!);
  });

  it('protects a buy by a stop below and a target above, both at least the costs away', () => {
    const buy = valley.map((_, last) => decideAt(valley, last)).find((d) => d.kind === 'SIGNAL' && d.action === 'BUY');
    if (buy?.kind !== 'SIGNAL' || buy.protection === null) throw new Error('no protected buy');
    const { currentPrice, protection } = buy;
    expect(protection.stopLoss).toBe(currentPrice - protection.stopDistance);
    expect(protection.takeProfit).toBe(currentPrice + protection.takeProfitDistance);
    expect(protection.stopDistance).toBeGreaterThanOrEqual(0.0054 * currentPrice);
    expect(protection.takeProfitDistance).toBeGreaterThanOrEqual(2 * 0.0054 * currentPrice);
  });

  it('says that there are too few bars below four slow periods, and holds from there on', () => {
    expect(decideAt(valley, 102)).toEqual({ kind: 'NOTHING', reason: 'TOO_FEW_BARS' });
    expect(decideAt(valley, 103)).toMatchObject({ kind: 'SIGNAL', action: 'HOLD', reason: 'NO_CROSS', confidence: 0 });
  });

  it('never acts on prices that do not move', () => {
    for (const price of [0.1, 435.4, 1e-7, 123456.789]) {
      const closes = Array.from({ length: 300 }, () => price);
      for (let last = 103; last < 300; last += 1) expect(decideAt(closes, last)).toMatchObject({ action: 'HOLD' });
    }
  });

  it('decides alike however much history is before its lookback, and whatever comes after the window', () => {
    fc.assert(
      fc.property(someSeries(320, 340), fc.integer({ min: 0, max: 60 }), (series, dropped) => {
        const end = 320;
        const whole = source.decide(barWindow(series, 0, end), context);
        expect(source.decide(barWindow(series, dropped, end), context)).toEqual(whole);
        for (const column of [series.opens, series.highs, series.lows, series.closes]) column.fill(NaN, end);
        expect(source.decide(barWindow(series, 0, end), context)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('does not see the price level: twice the prices give twice the distances and the same action', () => {
    fc.assert(
      fc.property(someSeries(110, 200), fc.integer({ min: -8, max: 8 }), (series, power) => {
        const factor = 2 ** power;
        const one = source.decide(series, context);
        const other = source.decide(scaled(series, factor), context);
        if (one.kind !== 'SIGNAL' || other.kind !== 'SIGNAL') throw new Error('no signal');
        expect([other.action, other.confidence]).toEqual([one.action, one.confidence]);
        const stopOfOne = one.protection === null ? undefined : one.protection.stopDistance * factor;
        expect(other.protection?.stopDistance).toEqual(stopOfOne);
      }),
      { numRuns: 50 },
    );
  });

  it('never lets NaN or a confidence outside 0 to 1 out', () => {
    fc.assert(
      fc.property(someSeries(1, 200), (series) => {
        const decision = source.decide(series, context);
        expect(everyNumberIsFinite(decision)).toBe(true);
        if (decision.kind === 'SIGNAL') expect(decision.confidence >= 0 && decision.confidence <= 1).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses periods that make no cross', () => {
    expect(() => new EmaCross({ fastPeriod: 26, slowPeriod: 12 })).toThrow(RangeError);
    expect(() => new EmaCross({ fastPeriod: 1.5 })).toThrow(RangeError);
  });
});
