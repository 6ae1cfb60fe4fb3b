import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalProbability, normalQuantile } from './normal-distribution.js';

// From CPython 3's math.erfc and statistics.NormalDist().inv_cdf.
const PROBABILITIES = [
  [-8.5, 9.479534822203355e-18],
  [-7.2, 3.0106279811174455e-13],
  [-3.1, 0.0009676032132183562],
  [-1, 0.15865525393145707],
  [-0.3, 0.3820885778110474],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.96, 0.9750021048517795],
  [4, 0.9999683287581669],
  [7.5, 0.9999999999999681],
] as const;
const QUANTILES = [
  [1e-300, -37.0470962993612],
  [1e-20, -9.262340089798405],
  [1e-5, -4.2648907939228256],
  [0.01, -2.3263478740408408],
  [0.2, -0.8416212335729142],
  [0.5, 0],
  [0.8, 0.8416212335729144],
  [0.975, 1.9599639845400536],
  [0.999999, 4.753424308817089],
] as const;

describe('the normal distribution', () => {
  it.each(PROBABILITIES)('has the probability below %d', (x, expected) => {
    expect(Math.abs(normalProbability(x) - expected)).toBeLessThan(1e-14);
  });

  it.each(QUANTILES)('has the quantile of %d', (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)));
  });

  it('inverts itself', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (probability) => {
        expect(normalProbability(normalQuantile(probability))).toBeCloseTo(probability, 12);
      }),
    );
  });

  it('is 0 and 1 far out, and has no quantile outside of them', () => {
    expect(normalProbability(-50)).toBe(0);
    expect(normalProbability(50)).toBe(1);
    for (const impossible of [0, 1, -0.1, NaN]) expect(() => normalQuantile(impossible)).toThrow(RangeError);
  });
});
