import { describe, expect, it } from 'vitest';
import type { CorporateAction } from '../../domain/corporate-action.js';
import { StrategySplits } from './strategy-splits.js';

const DAY = 86_400_000;
const split = (day: number, value: number): CorporateAction => {
  return { symbol: 'AAPL', exDate: day * DAY, kind: 'SPLIT', value, basis: 'RAW' };
};
const bar = (day: number, pricedAt?: number) => ({
  symbol: 'AAPL',
  timestamp: day * DAY + 1,
  ...(pricedAt !== undefined && { pricedAt }),
});
const RAW = [{ symbol: 'AAPL', areRaw: true }];
const ADJUSTED = [{ symbol: 'AAPL', areRaw: false }];

describe('the splits between the bars of a strategy', () => {
  it('of raw prices lie before the first bar without, several in one', () => {
    const splits = new StrategySplits(RAW, [split(3, 2), split(6, 3), split(7, 0.5), split(99, 9)]);
    expect([1, 2, 3, 4, 8].map((day) => splits.ratioBefore(bar(day)))).toEqual([1, 1, 2, 1, 1.5]);
  });

  it('end it where they became known after bars without them, or others than before; what is ahead is just learnt', () => {
    const splits = new StrategySplits(RAW, [split(3, 2)]);
    for (const day of [2, 4]) splits.ratioBefore(bar(day));
    splits.learn([split(3, 2), split(5, 4)]);
    expect(splits.ratioBefore(bar(5))).toBe(4);
    expect(() => splits.learn([split(3, 3), split(5, 4)])).toThrow(/AAPL became known, or changed, after bars/);
    expect(() => splits.learn([split(3, 2), split(4, 7), split(5, 4)])).toThrow(/deploy it anew/);
  });

  it('of prices that are adjusted for good are inside', () => {
    const splits = new StrategySplits(ADJUSTED, [split(3, 2)]);
    expect(splits.ratioBefore(bar(2), true)).toBe(1);
    expect(splits.ratioBefore(bar(4, Infinity))).toBe(1);
  });

  it('of prices that a source adjusts as it goes end it: its history is of two scales', () => {
    const splits = new StrategySplits(ADJUSTED, [split(3, 2), split(1, 2)]);
    expect(splits.ratioBefore(bar(0), true)).toBe(1);
    expect(splits.ratioBefore(bar(2), true)).toBe(1);
    expect(() => splits.ratioBefore(bar(3, 3 * DAY + 9))).toThrow(/AAPL was split, and its earlier bars/);
  });
});
