import { expect, it } from 'vitest';
import { closeTimesOf } from './native-close-times.js';

const at = (text: string) => Date.parse(text);

it('a daily bar of a US equity closes with its session, early ones included, wherever in the day it opens', () => {
  const timestamps = ['2024-07-02T13:30:00Z', '2024-07-03T13:30:00Z', '2024-07-03T00:00:00Z', '2024-12-24T14:30:00Z'];
  const empty = new Float64Array(timestamps.length);
  const series = { opens: empty, highs: empty, lows: empty, closes: empty, volumes: empty };
  const bars = {
    symbol: 'AAPL',
    timeframe: 'ONE_DAY',
    timestamps: Float64Array.from(timestamps, at),
    ...series,
  } as const;
  expect([...closeTimesOf(bars, 'us-equity')]).toEqual(
    ['2024-07-02T20:00:00Z', '2024-07-03T17:00:00Z', '2024-07-03T17:00:00Z', '2024-12-24T18:00:00Z'].map(at),
  );
  expect(closeTimesOf(bars, 'crypto')[1]).toBe(at('2024-07-04T13:30:00Z'));
});
