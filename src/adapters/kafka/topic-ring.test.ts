import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../domain/events.js';
import { TopicRing } from './topic-ring.js';

const events = (...offs: number[]): LoggedEvent[] => offs.map((off) => ({ off }) as LoggedEvent);

describe('the events of a partition that are kept in memory', () => {
  it('are answered from their first to their last, and nothing else is', () => {
    const ring = new TopicRing();
    ring.push(events(5, 6, 6, 5, 7));
    expect(ring.end).toBe(8);
    expect(ring.read(5, 2)).toEqual(events(5, 6));
    expect(ring.read(6, 100)).toEqual(events(6, 7));
    expect(ring.read(4, 100)).toBeNull();
    expect(ring.read(8, 100)).toBeNull();
  });

  it('begin anew behind a gap', () => {
    const ring = new TopicRing();
    ring.push(events(1, 2, 9));
    expect(ring.read(2, 100)).toBeNull();
    expect(ring.read(9, 100)).toEqual(events(9));
  });

  it('are bounded, and the newest stay', () => {
    const ring = new TopicRing();
    ring.push(events(...Array.from({ length: 5_000 }, (_, off) => off)));
    expect(ring.read(0, 1)).toBeNull();
    expect(ring.read(4_000, 2)).toEqual(events(4_000, 4_001));
    expect(ring.end).toBe(5_000);
  });
});
