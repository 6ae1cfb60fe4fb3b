import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDateTime } from './format-date-time.js';

test('a time is written as toISOString writes it, in any order of days, and what is no time is refused', () => {
  const times = fc.array(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), { maxLength: 20 });
  fc.assert(
    fc.property(times, (all) => {
      for (const time of all) {
        expect(formatDateTime(time)).toBe(new Date(time).toISOString());
        expect(formatDateTime(time + 1)).toBe(new Date(time + 1).toISOString());
      }
    }),
  );
  for (const wrong of [Number.NaN, Infinity, 1e17]) expect(() => formatDateTime(wrong)).toThrow(RangeError);
});
