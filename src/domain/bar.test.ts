import { describe, expect, it } from 'vitest';
import { checkBar, type Bar } from './bar.js';

const NOW = Date.UTC(2016, 0, 3, 15, 31);
const bar: Bar = {
  symbol: 'BTC-USD',
  timeframe: 'ONE_MINUTE',
  timestamp: NOW - 60_000,
  closeTime: NOW,
  open: 428,
  high: 429,
  low: 427,
  close: 428.5,
  volume: 1,
  vwap: null,
  adjustment: 'RAW',
  source: 'replay',
};
const refusalOf = (changes: Partial<Bar>) => {
  const checked = checkBar({ ...bar, ...changes }, NOW);
  return checked.ok ? null : checked.error;
};

describe('checkBar', () => {
  it('lets a closed bar pass', () => expect(refusalOf({})).toBeNull());

  it.each<[Partial<Bar>, string, RegExp]>([
    [{ open: Number.NaN }, 'NOT_FINITE', /^open: NaN/],
    [{ vwap: Number.POSITIVE_INFINITY }, 'NOT_FINITE', /^vwap: Infinity/],
    [{ low: 0 }, 'PRICE_NOT_POSITIVE', /^low: 0 must be above 0/],
    [{ high: 426 }, 'HIGH_BELOW_LOW', /^high: 426 is below low 427/],
    [{ open: 430 }, 'OPEN_OUT_OF_RANGE', /^open: 430/],
    [{ close: 426 }, 'CLOSE_OUT_OF_RANGE', /^close: 426/],
    [{ volume: -1 }, 'NEGATIVE_VOLUME', /^volume: -1/],
    [{ timestamp: NOW - 59_000 }, 'TIMESTAMP_OFF_GRID', /^timestamp: /],
    [
      { timestamp: NOW + 60_000, closeTime: NOW + 120_000 },
      'IN_THE_FUTURE',
      /2016-01-03T15:32:00.000Z is after now \(2016-01-03T15:31/,
    ],
    [{ timestamp: NOW, closeTime: NOW + 60_000 }, 'STILL_FORMING', /^closeTime: 2016-01-03T15:32:00.000Z is after now/],
    [{ timestamp: 9e15 - (9e15 % 60_000) }, 'IN_THE_FUTURE', /^timestamp: 9000000000000000|^timestamp: 89/],
  ])('refuses %o as %s, naming the field and the limit', (changes, code, message) => {
    expect(refusalOf(changes)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
