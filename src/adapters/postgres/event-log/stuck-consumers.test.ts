import { describe, expect, it } from 'vitest';
import type { ConsumerPosition } from './consumer-positions.js';
import { lagByGroup, StandstillWatch } from './stuck-consumers.js';

const at = (nextOff: number, head: number, part = 0): ConsumerPosition => ({
  group: 'ml-service',
  topic: 'market_data',
  part,
  nextOff,
  head,
});

const standstill = (watch: StandstillWatch, positions: ConsumerPosition[], nowMs: number): number | undefined =>
  watch.observe(positions, nowMs)[0]?.standstillMs;

describe('a watch for consumers that stand still', () => {
  it('counts from the first look at which there was something to act on and nothing moved', () => {
    const watch = new StandstillWatch();
    expect(standstill(watch, [at(3, 5)], 1_000)).toBe(0);
    expect(standstill(watch, [at(3, 5)], 31_000)).toBe(30_000);
    expect(standstill(watch, [at(3, 9)], 41_000)).toBe(40_000);
  });

  it('does not count the time in which there was nothing to act on', () => {
    const watch = new StandstillWatch();
    standstill(watch, [at(5, 5)], 0);
    expect(standstill(watch, [at(5, 5)], 3_600_000)).toBe(0);
    expect(standstill(watch, [at(5, 6)], 3_600_001)).toBe(1);
  });

  it('starts anew with every step', () => {
    const watch = new StandstillWatch();
    standstill(watch, [at(3, 9)], 0);
    expect(standstill(watch, [at(4, 9)], 60_000)).toBe(0);
    expect(standstill(watch, [at(4, 9)], 61_000)).toBe(1_000);
  });

  it('answers the longest standstill of a topic, whatever its other partitions do', () => {
    const watch = new StandstillWatch();
    watch.observe([at(3, 9, 0), at(0, 9, 1)], 0);
    expect(standstill(watch, [at(3, 9, 0), at(4, 9, 1)], 5_000)).toBe(5_000);
  });

  it('adds the lag of all partitions', () => {
    expect(lagByGroup([at(3, 9, 0), at(4, 9, 1)])).toEqual([{ group: 'ml-service', topic: 'market_data', events: 11 }]);
  });
});
