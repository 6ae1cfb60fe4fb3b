import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnTails } from './return-tails.js';
import { selectSmallest } from './select-smallest.js';

/** The definition, by sorting. */
function sortedTails(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (share: number) => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const lower = sorted[below]!;
    return lower + (position - below) * ((sorted[below + 1] ?? lower) - lower);
  };
  const lowest = sorted.slice(0, Math.floor(0.05 * (sorted.length - 1)) + 1);
  const lowerMean = lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
  return { lower: quantile(0.05), lowerMean, upper: quantile(0.95) };
}

// Few distinct values as well: days without a position all return 0.
const valuesArbitrary = fc.array(
  fc.oneof(
    fc.integer({ min: -1e6, max: 1e6 }).map((millionths) => millionths / 1e6),
    fc.constantFrom(0, 0.01, -0.01),
  ),
  {
    minLength: 2,
    maxLength: 400,
  },
);

describe('the tails of returns', () => {
  it('are those of the sorted returns, whatever mean and deviation are guessed', () => {
    const guess = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(valuesArbitrary, guess, guess, (values, mean, deviation) => {
        const tails = returnTails(Float64Array.from(values), values.length, mean, Math.abs(deviation));
        const expected = sortedTails(values);
        expect(tails.lower).toBeCloseTo(expected.lower, 12);
        expect(tails.lowerMean).toBeCloseTo(expected.lowerMean, 12);
        expect(tails.upper).toBeCloseTo(expected.upper, 12);
      }),
    );
  });

  it('are found by moving the smallest values to the front', () => {
    fc.assert(
      fc.property(valuesArbitrary, fc.nat(), (values, seed) => {
        const wanted = 1 + (seed % values.length);
        const moved = Float64Array.from(values);
        selectSmallest(moved, moved.length, wanted);
        const sorted = [...values].sort((a, b) => a - b);
        expect([...moved.subarray(0, wanted)].sort((a, b) => a - b)).toEqual(sorted.slice(0, wanted));
        expect([...moved].sort((a, b) => a - b)).toEqual(sorted);
      }),
    );
  });
});
