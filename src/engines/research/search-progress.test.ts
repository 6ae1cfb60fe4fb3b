import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SearchProgress } from './search-progress.js';

it('gives out every index exactly once, whatever the sizes of the chunks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.array(fc.integer({ min: 1, max: 50 })), (length, sizes) => {
      const progress = new SearchProgress(length);
      const given: number[] = [];
      for (const size of [...sizes, length + 1]) given.push(...progress.take(size));
      expect(given).toEqual(Array.from({ length }, (_, index) => index));
    }),
  );
});

it('goes on from what was done before it was stopped, and from nothing that was only given out', () => {
  const before = new SearchProgress(20);
  for (const index of before.take(6)) if (index !== 3) before.markDone(index);
  const after = SearchProgress.fromBytes(20, before.toBytes());
  expect(after.doneCount).toBe(5);
  expect(after.take(3)).toEqual([3, 6, 7]);
  expect(() => SearchProgress.fromBytes(50, before.toBytes())).toThrow('3 bytes do not say which of 50');
});

it("gives out a lost worker's chunk again, but not what it had done", () => {
  const progress = new SearchProgress(10);
  const lost = progress.take(4);
  progress.markDone(1);
  progress.giveBack(lost);
  expect(progress.take(5)).toEqual([0, 2, 3, 4, 5]);
});

it('is complete once each index is done, counted once', () => {
  const progress = new SearchProgress(9);
  for (let index = 0; index < 9; index += 1) {
    expect(progress.isComplete).toBe(false);
    progress.markDone(index);
    progress.markDone(index);
  }
  expect(progress.isComplete).toBe(true);
  expect(() => progress.markDone(9)).toThrow('index 9 of 9');
});
