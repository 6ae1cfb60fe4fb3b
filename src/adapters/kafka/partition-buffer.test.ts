import { array, assert, asyncProperty, integer, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent, LoggedEventOf } from '../../domain/events.js';
import type { BusinessTopic } from '../../domain/topics.js';
import { PartitionBuffer } from './partition-buffer.js';

const event = (off: number): LoggedEvent => ({ off }) as LoggedEvent;

/** A log of `end` events that notes what was read of it. */
function memoryLog(end: number) {
  const log = {
    end,
    read: async <T extends BusinessTopic>(_topic: T, _part: number, from: number, limit: number) => {
      const offs = Array.from({ length: Math.max(0, Math.min(limit, log.end - from)) }, (_, index) => from + index);
      log.asked.push(...offs);
      return offs.map(event) as LoggedEventOf<T>[];
    },
    asked: [] as number[],
  };
  return log;
}

function bufferOn(log: ReturnType<typeof memoryLog>) {
  const counted = { skipped: 0, filled: 0 };
  const buffer = new PartitionBuffer(log, {
    skipped: (events) => void (counted.skipped += events),
    filled: (events) => void (counted.filled += events),
  });
  const read = async (from: number, limit = 100) =>
    (await buffer.read('anomalies', 0, from, limit)).map(({ off }) => off);
  return { buffer, counted, read };
}

const offsets = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('the buffer between Kafka and a consumer', () => {
  it('first reads the log to its end, and from then on only what Kafka brings', async () => {
    const log = memoryLog(5);
    const { buffer, read } = bufferOn(log);
    expect(await read(2)).toEqual([2, 3, 4]);
    log.end = 8;
    log.asked.length = 0;
    expect(await read(5)).toEqual([]);
    expect(buffer.push(offsets(5, 8).map(event))).toBe(8);
    expect(await read(5)).toEqual([5, 6, 7]);
    expect(log.asked).toEqual([]);
  });

  it('skips what comes again or behind its time, and fills the gap from the log', async () => {
    const log = memoryLog(0);
    const { buffer, counted, read } = bufferOn(log);
    expect(await read(0)).toEqual([]);
    log.end = 6;
    buffer.push([0, 1, 1, 4, 3, 5].map(event));
    expect(await read(0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(log.asked).toEqual([2, 3]);
    expect(counted).toEqual({ skipped: 2, filled: 2 });
  });

  it('does not take a read that began before it was told of more for the end of the log', async () => {
    for (const tell of ['expect', 'lookAgain'] as const) {
      const log = memoryLog(2);
      const { buffer, read } = bufferOn(log);
      // Its answer is under way when the event that Kafka will not bring is appended.
      const reading = read(0);
      log.end = 3;
      buffer[tell](3);
      const first = await reading;
      expect([...first, ...(await read(first.length))]).toEqual([0, 1, 2]);
    }
  });

  it('reads from the log what Kafka is late with, when it is told, and only so far', async () => {
    const log = memoryLog(0);
    const { buffer, read } = bufferOn(log);
    await read(0);
    log.end = 5;
    expect(buffer.covers(3)).toBe(false);
    buffer.expect(3);
    expect(await read(0)).toEqual([0, 1, 2]);
    expect(buffer.covers(3)).toBe(true);
    buffer.lookAgain();
    expect(await read(3)).toEqual([3, 4]);
  });

  it('reads a batch again from the log, as after a commit that failed', async () => {
    const log = memoryLog(0);
    const { buffer, read } = bufferOn(log);
    await read(0);
    log.end = 4;
    buffer.push(offsets(0, 4).map(event));
    expect(await read(0, 2)).toEqual([0, 1]);
    expect(await read(0, 2)).toEqual([0, 1]);
    expect(await read(2, 2)).toEqual([2, 3]);
  });

  it('gives every event once and in order, whatever is lost, repeated or reordered on the way', async () => {
    await assert(
      asyncProperty(
        array(array(nat({ max: 60 }), { maxLength: 12 }), { maxLength: 12 }),
        integer({ min: 1, max: 7 }),
        nat({ max: 20 }),
        async (deliveries, limit, start) => {
          const log = memoryLog(start);
          const { buffer, read } = bufferOn(log);
          let next = 0;
          const drain = async () => {
            for (let batch = await read(next, limit); batch.length > 0; batch = await read(next, limit)) {
              expect(batch).toEqual(offsets(next, next + batch.length));
              next += batch.length;
            }
          };
          for (const delivery of deliveries) {
            // What Kafka brings was committed to the log before.
            log.end = Math.max(log.end, ...delivery.map((off) => off + 1));
            buffer.push(delivery.map(event));
            await drain();
            expect(next).toBeGreaterThanOrEqual(Math.max(0, ...delivery.map((off) => off + 1)));
          }
          buffer.expect(log.end);
          await drain();
          expect(next).toBe(log.end);
        },
      ),
      { numRuns: 100 },
    );
  });
});
