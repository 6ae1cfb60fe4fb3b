import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameQueue } from './frame-queue.js';

const drain = (queue: FrameQueue): string[] => {
  const frames: string[] = [];
  for (let frame = queue.shift(); frame !== undefined; frame = queue.shift()) frames.push(frame);
  return frames;
};

describe('the frames a slow client has not taken', () => {
  test('keep their order, and without a key all of them', () => {
    const queue = new FrameQueue();
    for (const frame of ['a', 'b', 'a']) queue.push(frame, null);
    expect(drain(queue)).toEqual(['a', 'b', 'a']);
    expect(queue.takeDropped()).toBe(0);
  });

  test('of a key that comes again are the newest only, at its place at the end', () => {
    const queue = new FrameQueue();
    queue.push('btc 1', 'BTC');
    queue.push('eth 1', 'ETH');
    expect(queue.push('btc 2', 'BTC')).toBe(true);
    expect(drain(queue)).toEqual(['eth 1', 'btc 2']);
    expect([queue.takeDropped(), queue.takeDropped()]).toEqual([1, 0]);
  });

  test('are each key’s last one in the order they came, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'B', 'C', 'D')), (keys) => {
        const queue = new FrameQueue();
        keys.forEach((key, index) => queue.push(`${index}`, key));
        const expected = keys.flatMap((key, index) => (keys.lastIndexOf(key) === index ? [`${index}`] : []));
        expect(drain(queue)).toEqual(expected);
        expect(queue.takeDropped()).toBe(keys.length - expected.length);
      }),
    );
  });

  test('are too many from a bound on', () => {
    const queue = new FrameQueue();
    for (let n = 0; n < 1_000; n += 1) queue.push('x', null);
    expect(queue.isOverfull).toBe(false);
    queue.push('x', null);
    expect(queue.isOverfull).toBe(true);
  });
});
