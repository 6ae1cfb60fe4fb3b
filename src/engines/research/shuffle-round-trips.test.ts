import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { shuffleRoundTrips } from './shuffle-round-trips.js';

const anyPnl = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 80 });

it('shuffling changes the way, not the end: the final PnL stays on every path', () => {
  fc.assert(
    fc.property(anyPnl, fc.integer({ min: 0, max: 1000 }), (pnl, seed) => {
      const { finalEquity } = shuffleRoundTrips(Float64Array.from(pnl), {
        method: 'SHUFFLE',
        paths: 30,
        seed,
        startingCash: 10_000,
      });
      const end = 10_000 + pnl.reduce((sum, gain) => sum + gain, 0);
      for (const value of [finalEquity.p1, finalEquity.mean, finalEquity.p99, finalEquity.observed]) {
        expect(value).toBeCloseTo(end, 6);
      }
    }),
    { numRuns: 60 },
  );
});

it('resampling spreads the final PnL around what was observed', () => {
  const pnl = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 30 : -20));
  const options = { method: 'RESAMPLE', paths: 4000, seed: 1, startingCash: 10_000 } as const;
  const { finalEquity } = shuffleRoundTrips(pnl, options);
  // A sum of 100 draws of +30 or -20: mean 500, standard deviation 250.
  expect(finalEquity.mean).toBeGreaterThan(10_480);
  expect(finalEquity.mean).toBeLessThan(10_520);
  expect(finalEquity.p95 - finalEquity.p5).toBeGreaterThan(2 * 1.645 * 250 * 0.9);
  expect(finalEquity.p95 - finalEquity.p5).toBeLessThan(2 * 1.645 * 250 * 1.1);
});

it('finds the drawdowns and losing streaks that a kind order has hidden', () => {
  // Gains and losses in turn: never two losses in a row.
  const pnl = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 100 : -90));
  const result = shuffleRoundTrips(pnl, { method: 'SHUFFLE', paths: 2000, seed: 3, startingCash: 1000 });
  expect(result.longestLosingStreak.observed).toBe(1);
  expect(result.longestLosingStreak.p50).toBeGreaterThanOrEqual(4);
  expect(result.maxDrawdown.p50).toBeLessThan(result.maxDrawdown.observed);
  expect(result.ruinShare).toBeGreaterThan(0);
});

it('gives the same figures for the same seed', () => {
  const options = { method: 'RESAMPLE', paths: 50, seed: 9, startingCash: 100 } as const;
  const pnl = Float64Array.of(1, -2, 3);
  expect(shuffleRoundTrips(pnl, options)).toEqual(shuffleRoundTrips(pnl, options));
});

it('refuses no round trips, and a cash that is not above 0', () => {
  const options = { method: 'SHUFFLE', paths: 10, seed: 1, startingCash: 100 } as const;
  expect(() => shuffleRoundTrips(new Float64Array(0), options)).toThrow('at least one round trip');
  expect(() => shuffleRoundTrips(Float64Array.of(1), { ...options, startingCash: 0 })).toThrow('startingCash');
});
