import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleCurve, sampleIndexes, thinned } from './sample-curve.js';

const curves = fc
  .array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 400 })
  .map((values) => Float64Array.from(values));
const points = fc.integer({ min: 4, max: 60 });

it('a sample is ascending, within its size, and keeps the ends, the lowest and the highest value', () => {
  fc.assert(
    fc.property(curves, points, (values, size) => {
      const indexes = sampleIndexes(values, size);
      expect(indexes.length).toBeLessThanOrEqual(Math.max(size, 1));
      expect(indexes).toEqual([...new Set(indexes)].toSorted((a, b) => a - b));
      expect([indexes[0], indexes.at(-1)]).toEqual([0, values.length - 1]);
      const kept = indexes.map((index) => values[index]!);
      expect(Math.min(...kept)).toBe(Math.min(...values));
      expect(Math.max(...kept)).toBe(Math.max(...values));
    }),
  );
});

it('drawdowns are those of the whole curve, measured from the starting equity on', () => {
  const times = Float64Array.of(1, 2, 3, 4, 5);
  const sample = sampleCurve(times, Float64Array.of(90, 120, 60, 120, 150), 100);
  expect([...sample.drawdowns]).toEqual([90 / 100 - 1, 0, -0.5, 0, 0]);
  const many = Float64Array.from({ length: 1_000 }, (_, index) => (index === 500 ? 50 : 100));
  const few = sampleCurve(
    many.map((_, index) => index),
    many,
    100,
    10,
  );
  expect(few.times.length).toBeLessThanOrEqual(10);
  expect(Math.min(...few.drawdowns)).toBe(-0.5);
  expect(Math.min(...thinned(few, 4).drawdowns)).toBe(-0.5);
});
