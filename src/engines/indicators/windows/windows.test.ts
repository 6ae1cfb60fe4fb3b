import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearRegression } from '../linear-regression.js';
import { rollingStandardDeviation, standardDeviation } from '../rolling-standard-deviation.js';
import { sma } from '../sma.js';
import { wma } from '../wma.js';
import { CompensatedSum } from './compensated-sum.js';
import { AgeOfHighest } from './extreme-age.js';
import { WindowMax, WindowMin } from './window-extreme.js';
import { WindowMean, windowMeans, windowMeansWithin } from './window-mean.js';
import { WindowSum } from './window-sum.js';
import { WindowTrend } from './window-trend.js';
import { WindowVariance } from './window-variance.js';

const price = fc.oneof(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.integer({ min: 9, max: 11 }));
const prices = fc.array(price, { maxLength: 100, size: 'max' }).map((values) => Float64Array.from(values));
const period = fc.integer({ min: 1, max: 30 });

const windowsOf = (values: Float64Array, n: number): Float64Array[] =>
  Array.from({ length: Math.max(0, values.length - n + 1) }, (_, k) => values.slice(k, k + n));
const mean = (window: Float64Array) => window.reduce((sum, value) => sum + value, 0) / window.length;

describe('window sums', () => {
  it('agree with sums taken anew over each window', () => {
    fc.assert(
      fc.property(prices, period, (values, n) => {
        const line = linearRegression(values, Math.max(2, n));
        for (const [k, window] of windowsOf(values, n).entries()) {
          const at = k + n - 1;
          const unit = Math.max(...values) * 1e-12;
          expect(Math.abs(sma(values, n)[at]! - mean(window))).toBeLessThanOrEqual(unit);
          const weighted = window.reduce((sum, value, index) => sum + value * (index + 1), 0) / ((n * (n + 1)) / 2);
          expect(Math.abs(wma(values, n)[at]! - weighted)).toBeLessThanOrEqual(unit);
          expect(Math.abs(rollingStandardDeviation(values, n)[at]! - standardDeviation(window))).toBeLessThanOrEqual(
            unit,
          );
          if (n < 2) continue;
          const middle = (n - 1) / 2;
          const covariance = window.reduce((sum, value, index) => sum + (index - middle) * (value - mean(window)), 0);
          expect(Math.abs(line.slope[at]! - covariance / ((n * (n * n - 1)) / 12))).toBeLessThanOrEqual(unit);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are exact on flat input of any value and period', () => {
    fc.assert(
      fc.property(price, period, (value, n) => {
        const flat = new Float64Array(3 * n + 2).fill(value);
        expect(
          sma(flat, n)
            .slice(n - 1)
            .every((average) => average === value),
        ).toBe(true);
        expect(
          wma(flat, n)
            .slice(n - 1)
            .every((average) => average === value),
        ).toBe(true);
        expect(
          rollingStandardDeviation(flat, n)
            .slice(n - 1)
            .every((deviation) => deviation === 0),
        ).toBe(true);
      }),
    );
  });

  it('keep the digits of a small spread on a large level', () => {
    const values = Float64Array.from({ length: 35 }, (_, i) => 1e9 + (i % 2));
    for (const deviation of rollingStandardDeviation(values, 10).slice(9)) expect(deviation).toBe(0.5);
  });

  it('keep the digits of the new level right after a jump', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => (i < 25 ? 1 : 1e9) + (i % 2));
    expect(rollingStandardDeviation(values, 10)[34]).toBe(0.5);
    expect(sma(values, 10)[34]).toBe(1e9 + 0.5);
  });

  it('are the same means in any stretch, bit for bit', () => {
    fc.assert(
      fc.property(prices, period, fc.nat(), fc.nat(), fc.nat(9), (values, n, a, b, missing) => {
        const late = Float64Array.of(...new Float64Array(missing).fill(NaN), ...values);
        const [from = 0, to = 0] = [a % (late.length + 1), b % (late.length + 1)].sort((x, y) => x - y);
        const stretch = new Float64Array(to - from).fill(-1);
        windowMeansWithin(late, n, from, to, stretch);
        expect(stretch).toEqual(windowMeans(late, n).slice(from, to));
      }),
    );
  });

  it('do not drift over five million bars', () => {
    const length = 5_000_000;
    const values = randomWalk(length);
    const averages = sma(values, 20);
    const weighted = wma(values, 20);
    const deviations = rollingStandardDeviation(values, 20);
    for (let at = length - 5_000; at < length; at += 1) {
      const window = values.subarray(at - 19, at + 1);
      expect(Math.abs(averages[at]! / mean(window) - 1)).toBeLessThan(1e-12);
      const sum = window.reduce((total, value, index) => total + value * (index + 1), 0);
      expect(Math.abs(weighted[at]! / (sum / 210) - 1)).toBeLessThan(1e-12);
      expect(Math.abs(deviations[at]! / standardDeviation(window) - 1)).toBeLessThan(1e-12);
    }
  });

  it('forget a NaN once it has left the window', () => {
    for (let at = 0; at < 12; at += 1) {
      const values = Float64Array.from({ length: 24 }, (_, i) => (i === at + 1 ? NaN : i));
      for (const window of [new WindowMean(4), new WindowSum(4), new WindowMax(4), new WindowMin(4)]) {
        const out = values.map((value) => window.update(value));
        expect(out.slice(Math.max(3, at + 1), at + 5).every(Number.isNaN)).toBe(true);
        expect(out.slice(at + 5).every(Number.isFinite)).toBe(true);
      }
      const variance = new WindowVariance(4);
      expect(
        values
          .map((value) => variance.update(value))
          .slice(at + 5)
          .every((value) => value === 1.25),
      ).toBe(true);
      const trend = new WindowTrend(4);
      const slopes = values.map((value) => (trend.update(value) ? trend.weightedSum - 2.5 * trend.sum : NaN));
      expect(slopes.slice(at + 5).every((value) => value === 5)).toBe(true);
    }
  });

  it('of zeros are exactly 0 after large values, and never negative for positive ones', () => {
    const window = new WindowSum(3);
    const sums = [1e17, 1, 0.1, 0, 0, 0, 0].map((value) => window.update(value));
    expect(sums.slice(4)).toEqual([0.1, 0, 0]);
  });
});

describe('window extremes', () => {
  it('agree with the extremes of each window', () => {
    fc.assert(
      fc.property(prices, period, (values, n) => {
        const max = new WindowMax(n);
        const min = new WindowMin(n);
        const age = new AgeOfHighest(n);
        const windows = windowsOf(values, n);
        for (const [at, value] of values.entries()) {
          const [highest, lowest, since] = [max.update(value), min.update(value), age.update(value)];
          const window = windows[at - n + 1];
          expect(highest).toBe(window ? Math.max(...window) : NaN);
          expect(lowest).toBe(window ? Math.min(...window) : NaN);
          // The earliest of equal ones.
          expect(since).toBe(window ? n - 1 - window.indexOf(Math.max(...window)) : NaN);
        }
      }),
    );
  });
});

describe('a compensated sum', () => {
  it('keeps what a plain one loses', () => {
    const sum = new CompensatedSum();
    [1, 1e100, 1].forEach((value) => sum.add(value));
    expect(sum.add(-1e100)).toBe(2);
  });
});

/** Multiplicative, from 100, steps of up to half a percent; the same each time (Lehmer's generator). */
function randomWalk(length: number): Float64Array {
  const values = new Float64Array(length);
  let state = 1;
  let value = 100;
  for (let i = 0; i < length; i += 1) {
    state = (state * 48_271) % 2_147_483_647;
    value *= 1 + (state / 2_147_483_647 - 0.5) * 0.01;
    values[i] = value;
  }
  return values;
}
