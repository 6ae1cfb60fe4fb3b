import { describe, expect, it } from 'vitest';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../../../tests/support/bars.js';
import type { Recording } from './recordings.js';
import { ReplayClock, type ReplayClockOptions } from './replay-clock.js';

const minutesOf = (symbol: string, offsets: readonly number[]): Recording => ({
  instrument: { ...BITCOIN, symbol },
  timeframe: 'ONE_MINUTE',
  bars: offsets.map((offset) => makeBar({ symbol, timestamp: SOME_MINUTE + offset * MINUTE_MS })),
});

function clockOf(overrides: Partial<ReplayClockOptions> = {}) {
  const wall = { ms: 0 };
  const clock = new ReplayClock({
    recordings: [minutesOf('BTC-USD', [0, 1, 2, 5])],
    position: SOME_MINUTE,
    speed: 1,
    monotonicMs: () => wall.ms,
    ...overrides,
  });
  return { clock, wall };
}

/** Takes and settles what is due; answers market time, in minutes, after each bar. */
function drain(clock: ReplayClock): string[] {
  const seen: string[] = [];
  for (let bar = clock.takeDue(); bar !== null; bar = clock.takeDue()) {
    expect(clock.now()).toBe(bar.closeTime);
    seen.push(`${bar.symbol} ${(clock.now() - SOME_MINUTE) / MINUTE_MS}`);
    clock.settle();
  }
  return seen;
}

describe('the clock of a replay', () => {
  it('holds until it is released and ends after the last bar', () => {
    const { clock } = clockOf({ speed: 'max' });
    expect([clock.state, clock.takeDue(), clock.now()]).toEqual(['HOLDING', null, SOME_MINUTE]);
    clock.release();
    expect(clock.state).toBe('RUNNING');
    expect(drain(clock)).toEqual(['BTC-USD 1', 'BTC-USD 2', 'BTC-USD 3', 'BTC-USD 6']);
    expect([clock.state, clock.takeDue()]).toEqual(['ENDED', null]);
  });

  it('plays one bar a second, and all that are due one by one, each at its own time', () => {
    const { clock, wall } = clockOf();
    clock.release();
    expect(drain(clock)).toEqual(['BTC-USD 1']);
    wall.ms = 999;
    expect(drain(clock)).toEqual([]);
    wall.ms = 2000;
    expect(drain(clock)).toEqual(['BTC-USD 2', 'BTC-USD 3']);
  });

  it('stays at a bar until that is settled, also when it is held meanwhile', () => {
    const { clock, wall } = clockOf();
    clock.release();
    const first = clock.takeDue();
    wall.ms = 60_000;
    clock.hold();
    expect(clock.takeDue()).toEqual(first);
    clock.settle();
    expect(clock.takeDue()).toBeNull();
    clock.release();
    expect(drain(clock)).toEqual(['BTC-USD 2']);
  });

  it('does not make up for a long stall at once', () => {
    const { clock, wall } = clockOf({
      recordings: [
        minutesOf(
          'BTC-USD',
          Array.from({ length: 100 }, (_, index) => index),
        ),
      ],
    });
    clock.release();
    drain(clock);
    wall.ms = 60_000;
    expect(drain(clock).length).toBeLessThan(5);
  });

  it('merges series by close time and goes on from a position', () => {
    const recordings = [minutesOf('ETH-USD', [0, 2]), minutesOf('BTC-USD', [0, 1])];
    const { clock } = clockOf({ recordings, speed: 'max' });
    clock.release();
    expect(drain(clock)).toEqual(['BTC-USD 1', 'ETH-USD 1', 'BTC-USD 2', 'ETH-USD 3']);
    const { clock: resumed } = clockOf({ recordings, speed: 'max', position: SOME_MINUTE + MINUTE_MS });
    resumed.release();
    expect(drain(resumed)).toEqual(['BTC-USD 2', 'ETH-USD 3']);
  });

  it('plays nothing while it follows another process, and goes on where that one stopped', () => {
    const { clock } = clockOf({ speed: 'max' });
    clock.release();
    clock.follow(SOME_MINUTE + MINUTE_MS, true);
    clock.release();
    expect([clock.state, clock.dueInMs(), clock.now()]).toEqual(['RUNNING', null, SOME_MINUTE + MINUTE_MS]);
    // What is read of the other one's place may be older than what is known already.
    clock.follow(SOME_MINUTE, false);
    expect([clock.state, clock.now()]).toEqual(['HOLDING', SOME_MINUTE + MINUTE_MS]);
    clock.lead(SOME_MINUTE + 2 * MINUTE_MS);
    expect([clock.state, clock.takeDue()]).toEqual(['HOLDING', null]);
    clock.release();
    expect(drain(clock)).toEqual(['BTC-USD 3', 'BTC-USD 6']);
    clock.follow(SOME_MINUTE + 6 * MINUTE_MS, false);
    expect(clock.state).toBe('ENDED');
  });

  it('finishes the bar at hand when it loses the turn to play, and no other', () => {
    const { clock } = clockOf({ speed: 'max' });
    clock.release();
    const taken = clock.takeDue();
    clock.follow(SOME_MINUTE + 5 * MINUTE_MS, true);
    expect([clock.now(), clock.takeDue()]).toEqual([SOME_MINUTE + MINUTE_MS, taken]);
    clock.settle();
    expect(clock.takeDue()).toBeNull();
    clock.follow(SOME_MINUTE + 5 * MINUTE_MS, true);
    expect(clock.now()).toBe(SOME_MINUTE + 5 * MINUTE_MS);
  });

  it('refuses a speed that is not above 0', () => {
    for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => clockOf({ speed })).toThrow(RangeError);
  });
});
