import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LateEvents } from './late-events.js';

function watch() {
  const world = { arrived: 0, late: [] as number[] };
  const events = new LateEvents({
    lateMs: 100,
    hasArrived: (_topic, _part, head) => world.arrived >= head,
    onLate: (_topic, _part, head) => void world.late.push(head),
  });
  events.start();
  const moved = (head?: number) =>
    events.moved({ topic: 'anomalies', part: 0, ...(head === undefined ? {} : { head }) });
  return { world, moved, events };
}

describe('the watch for late events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says nothing of what arrives in time', () => {
    const { world, moved, events } = watch();
    moved(5);
    world.arrived = 5;
    vi.advanceTimersByTime(1_000);
    expect(world.late).toEqual([]);
    events.stop();
  });

  it('tells once what does not come, after one to two times its patience, and each later end by itself', () => {
    const { world, moved, events } = watch();
    moved(5);
    vi.advanceTimersByTime(100);
    expect(world.late).toEqual([]);
    moved(7);
    vi.advanceTimersByTime(100);
    expect(world.late).toEqual([5]);
    vi.advanceTimersByTime(100);
    expect(world.late).toEqual([5, 7]);
    vi.advanceTimersByTime(1_000);
    expect(world.late).toEqual([5, 7]);
    events.stop();
  });

  it('waits for the poll that says where the log ends', () => {
    const { world, moved, events } = watch();
    moved();
    vi.advanceTimersByTime(1_000);
    expect(world.late).toEqual([]);
    events.stop();
  });
});
