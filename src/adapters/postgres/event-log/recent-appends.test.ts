import { beforeEach, describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../domain/events.js';
import type { EventSource } from './event-reader.js';
import type { AppendedEvents, LogRecord } from './log-record.js';
import { RecentAppends } from './recent-appends.js';

const PART = 3;
const CREATED_AT = 1_700_000_000_000;

const record = (number: number, payload = JSON.stringify({ number })): LogRecord => ({
  topic: 'anomalies',
  part: PART,
  key: 'BTC-USD',
  eventId: `00000000-0000-8000-8000-${String(number).padStart(12, '0')}`,
  type: 'anomaly',
  payload,
});

/** A commit of the records with these numbers, whose offsets are their numbers. */
function commit(numbers: readonly number[], records = numbers.map((number) => record(number))): AppendedEvents {
  const head = (numbers.at(-1) ?? -1) + 1;
  return { topic: 'anomalies', part: PART, count: numbers.length, head, records, createdAt: CREATED_AT };
}

describe('what a process has appended last', () => {
  let asked: string[];
  let recent: RecentAppends;
  const read = (from: number, limit: number): Promise<LoggedEvent[]> => recent.read('anomalies', PART, from, limit);

  beforeEach(async () => {
    asked = [];
    const log = {
      read: async (_topic: string, part: number, from: number, limit: number) => {
        asked.push(`${part}:${from}+${limit}`);
        return [];
      },
    };
    recent = new RecentAppends(log as EventSource);
    await read(0, 1);
    asked = [];
  });

  it('is kept of the partitions that are read', async () => {
    const elsewhere = { ...commit([0]), part: PART + 1 };
    recent.keep([elsewhere]);
    await recent.read('anomalies', PART + 1, 0, 1);
    recent.keep([elsewhere]);
    await recent.read('anomalies', PART + 1, 0, 1);

    expect(asked).toEqual([`${PART + 1}:0+1`]);
  });

  it('is forgotten when it is cleared, and kept again after that', async () => {
    recent.keep([commit([0])]);
    recent.clear();
    await read(0, 1);
    expect(asked).toEqual(['3:0+1']);

    recent.keep([commit([1])]);
    expect(await read(1, 1)).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('is answered without the log, as the log would answer it', async () => {
    recent.keep([commit([5, 6]), commit([7])]);

    expect(await read(6, 2)).toEqual([
      {
        topic: 'anomalies',
        part: PART,
        off: 6,
        key: 'BTC-USD',
        eventId: '00000000-0000-8000-8000-000000000006',
        type: 'anomaly',
        payload: { number: 6 },
        createdAt: CREATED_AT,
      },
      expect.objectContaining({ off: 7, payload: { number: 7 } }),
    ]);
    expect(asked).toEqual([]);
  });

  it('gives each reader a payload of its own', async () => {
    recent.keep([commit([0])]);
    const [[first], [second]] = [await read(0, 1), await read(0, 1)];

    expect(first?.payload).toEqual(second?.payload);
    expect(first?.payload).not.toBe(second?.payload);
  });

  it('leaves to the log what another process has appended between, before or behind', async () => {
    recent.keep([commit([5, 6]), commit([8, 9])]);
    for (const [from, limit] of [
      [5, 4],
      [4, 2],
      [9, 2],
      [7, 1],
    ] as const) {
      await read(from, limit);
    }

    expect(asked).toEqual(['3:5+4', '3:4+2', '3:9+2', '3:7+1']);
  });

  it('is whole again when answers of commits come out of their order', async () => {
    recent.keep([commit([1])]);
    recent.keep([commit([0])]);

    expect((await read(0, 2)).map(({ off }) => off)).toEqual([0, 1]);
    expect(asked).toEqual([]);
  });

  it('says nothing of a commit some of whose events were there already', async () => {
    recent.keep([{ ...commit([4]), records: [record(3), record(4)] }]);
    await read(4, 1);

    expect(asked).toEqual(['3:4+1']);
  });

  it('knows partitions and topics apart', async () => {
    recent.keep([commit([0])]);
    await recent.read('anomalies', PART + 1, 0, 1);
    await recent.read('orders', PART, 0, 1);

    expect(asked).toHaveLength(2);
  });

  it('keeps a thousand events and no large ones', async () => {
    const numbers = Array.from({ length: 1_025 }, (_, index) => index);
    recent.keep([commit(numbers)]);
    recent.keep([commit([1_025], [record(1_025, JSON.stringify('x'.repeat(4_100)))])]);
    await read(0, 1);
    await read(1_025, 1);
    expect(asked).toEqual(['3:0+1', '3:1025+1']);

    expect(await read(1, 1_024)).toHaveLength(1_024);
    await read(1, Number.POSITIVE_INFINITY);
    expect(asked).toHaveLength(3);
  });
});
