import { describe, expect, it } from 'vitest';
import { checkBar } from '../../../src/domain/bar.js';
import { Feed, FEED_START, MINUTE_MS } from './feed.js';

const feed = new Feed({ seed: 4, symbols: 9, minutes: 60 });

/** What a database holds when every minute was polled once, the last version of each bar by its time. */
function collected(symbol: string): Map<number, number> {
  const volumes = new Map<number, number>();
  for (let now = FEED_START + MINUTE_MS; now <= feed.endsAt; now += MINUTE_MS) {
    for (const bar of feed.answer({ symbol, from: now - 12 * MINUTE_MS }, now).bars)
      volumes.set(bar.timestamp, bar.volume);
  }
  return volumes;
}

/** What is answered at each minute of the feed. */
const minutesOf = <T>(ask: (now: number) => T): T[] =>
  Array.from({ length: feed.options.minutes }, (_, minute) => ask(FEED_START + (minute + 1) * MINUTE_MS));

describe('the feed of the fault harness', () => {
  it('answers the same to the same question, so that who asks again hears nothing new', () => {
    const [symbol = ''] = feed.symbols;
    const again = new Feed(feed.options);
    const now = FEED_START + 20 * MINUTE_MS;
    expect(again.answer({ symbol, from: 0 }, now)).toEqual(feed.answer({ symbol, from: 0 }, now));
  });

  it('gives every bar in the end, valid, and none before its close', () => {
    for (const symbol of feed.symbols) {
      const times = [...collected(symbol).keys()];
      expect(times.filter((time) => time >= FEED_START)).toHaveLength(60);
      for (const bar of feed.answer({ symbol, from: 0 }, feed.endsAt).bars)
        expect(checkBar(bar, bar.closeTime).ok, JSON.stringify(bar)).toBe(true);
    }
  });

  it('repeats, reverses, holds back and corrects', () => {
    expect(Math.min(...Object.values(feed.faults()))).toBeGreaterThan(0);
  });

  it('is away for a while, and then gives what it has not given', () => {
    const answered = (symbol = '') =>
      minutesOf((now) => feed.answer({ symbol, from: now - 3 * MINUTE_MS }, now).bars.length > 0);
    const given = answered(feed.symbols[0]);
    const awayFrom = given.indexOf(false);
    expect(given.slice(awayFrom)).toEqual([
      ...Array<boolean>(6).fill(false),
      ...given.slice(awayFrom + 6).map(() => true),
    ]);
    expect(answered(feed.symbols[1])).not.toContain(false);
  });
});
