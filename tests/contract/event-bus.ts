import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PARTITIONS, type BusinessTopic } from '../../src/domain/topics.js';
import type { ConsumeOptions, Consumer, EventBus } from '../../src/ports/event-bus.js';
import type { UnitOfWork } from '../../src/ports/unit-of-work.js';
import { anomalyEvent, evaluatedEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { deferred } from '../support/deferred.js';
import { eventually } from '../support/eventually.js';

/** One process of the program, as the log's users see it. */
export interface BusProcess {
  readonly unitOfWork: UnitOfWork;
  readonly eventBus: EventBus;
  close(): Promise<void>;
}

export interface DeadLetter {
  readonly part: number;
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the suite needs of an adapter. */
export interface EventBusFixture {
  /** Leases of a second at most, or taking over from a process that is gone takes too long. */
  openProcess(): Promise<BusProcess>;
  /** Dead letters of a topic in the order of the log. */
  deadLetters(topic: BusinessTopic): Promise<readonly DeadLetter[]>;
  /** Empties the log and forgets all groups. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What every EventBus must do, whatever carries its events. */
export function describeEventBus(name: string, openFixture: () => Promise<EventBusFixture>): void {
  describe(`the event bus on ${name}`, () => {
    let fixture: EventBusFixture;
    let processes: BusProcess[];
    let here: BusProcess;

    beforeAll(async () => {
      fixture = await openFixture();
    });
    afterAll(() => fixture.close());
    beforeEach(async () => {
      await fixture.reset();
      processes = [];
      here = await openProcess();
    });
    afterEach(() => Promise.all(processes.map((process) => process.close())));

    async function openProcess(): Promise<BusProcess> {
      const process = await fixture.openProcess();
      processes.push(process);
      return process;
    }

    /** Appends numbers from..to of a symbol, each in a transaction of its own. */
    async function append(symbol: string, from: number, to: number, by: BusProcess = here): Promise<void> {
      for (let number = from; number <= to; number += 1) {
        await by.unitOfWork.transaction(async (tx) => tx.append(anomalyEvent(symbol, number)));
      }
    }

    type Options = Partial<ConsumeOptions<'anomalies'>>;

    /** Consumes anomalies and notes what was committed as `symbol:number`. */
    async function collect(
      options: Options = {},
      by: BusProcess = here,
    ): Promise<{ seen: string[]; consumer: Consumer }> {
      const seen: string[] = [];
      const consumer = await by.eventBus.consume<'anomalies'>({
        group: 'collector',
        topics: ['anomalies'],
        start: 'earliest',
        batchSize: 10,
        handle:
          async ({ events }) =>
          async () => {
            seen.push(...events.map(({ payload }) => `${payload.symbol}:${payload.description}`));
          },
        ...options,
      });
      return { seen, consumer };
    }

    it('gives a new group that starts at the earliest every event, each partition in order and without a gap', async () => {
      await here.unitOfWork.transaction(async (tx) => {
        for (let number = 0; number < 25; number += 1) {
          for (const symbol of SYMBOL_OF_PARTITION) tx.append(anomalyEvent(symbol, number));
        }
      });
      const offsets = new Map<number, number[]>();
      let batches = 0;
      const { seen } = await collect({
        handle: async ({ part, events }) => {
          expect(events.length).toBeLessThanOrEqual(10);
          batches += 1;
          return async () => {
            for (const event of events) {
              expect(event).toEqual({
                ...anomalyEvent(SYMBOL_OF_PARTITION[part]!, event.off),
                part,
                off: event.off,
                createdAt: expect.closeTo(Date.now(), -5) as number,
              });
              offsets.set(part, [...(offsets.get(part) ?? []), event.off]);
            }
          };
        },
      });
      expect(seen).toEqual([]);
      await eventually('all are consumed', () => [...offsets.values()].flat().length >= 25 * PARTITIONS);
      const expected = Array.from({ length: 25 }, (_, off) => off);
      for (let part = 0; part < PARTITIONS; part += 1) expect(offsets.get(part)).toEqual(expected);
      expect(batches).toBeGreaterThanOrEqual(3 * PARTITIONS);
    });

    it('gives a new group that starts at the latest only what is appended from then on', async () => {
      await append('BTC-USD', 1, 3);
      const { seen } = await collect({ start: 'latest' });
      await append('BTC-USD', 4, 5);
      await eventually('the new ones are consumed', () => seen.length === 2);
      expect(seen).toEqual(['BTC-USD:4', 'BTC-USD:5']);
    });

    it('gives every group all events', async () => {
      const first = await collect({ group: 'first' });
      const second = await collect({ group: 'second' });
      await append('BTC-USD', 1, 4);
      await eventually('both have all', () => first.seen.length === 4 && second.seen.length === 4);
      expect(second.seen).toEqual(first.seen);
    });

    it('goes on where the group stopped, without a repeat', async () => {
      const before = await collect();
      await append('BTC-USD', 1, 3);
      await eventually('the first three are consumed', () => before.seen.length === 3);
      await before.consumer.stop();
      await append('BTC-USD', 4, 6);
      const after = await collect();
      await eventually('the rest is consumed', () => after.seen.length === 3);
      expect([...before.seen, ...after.seen]).toEqual([1, 2, 3, 4, 5, 6].map((number) => `BTC-USD:${number}`));
    });

    it('appends nothing of a transaction that throws, and leaves no gap behind it', async () => {
      await append('BTC-USD', 1, 1);
      const failing = here.unitOfWork.transaction(async (tx) => {
        tx.append(anomalyEvent('BTC-USD', 2));
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await append('BTC-USD', 3, 3);
      const { seen } = await collect();
      await eventually('both are consumed', () => seen.length === 2);
      expect(seen).toEqual(['BTC-USD:1', 'BTC-USD:3']);
    });

    it('appends an event id once, however often it is appended', async () => {
      await append('BTC-USD', 1, 2);
      await append('BTC-USD', 1, 3);
      await here.unitOfWork.transaction(async (tx) => {
        tx.append(anomalyEvent('BTC-USD', 4));
        tx.append(anomalyEvent('BTC-USD', 2));
        tx.append(anomalyEvent('BTC-USD', 4));
      });
      const { seen } = await collect();
      await eventually('all are consumed', () => seen.length === 4);
      expect(seen).toEqual([1, 2, 3, 4].map((number) => `BTC-USD:${number}`));
    });

    it('carries what an effect appends, once, from one topic to the next', async () => {
      await collect({
        group: 'answerer',
        handle:
          async ({ events }) =>
          async (tx) => {
            for (const event of events) tx.append(evaluatedEvent(event.key, Number(event.payload.description)));
          },
      });
      const answers: string[] = [];
      await here.eventBus.consume({
        group: 'listener',
        topics: ['trading_signals'],
        start: 'earliest',
        batchSize: 10,
        handle:
          async ({ events }) =>
          async () => {
            answers.push(...events.map(({ eventId }) => eventId));
          },
      });
      await append('BTC-USD', 1, 20);
      await eventually('all are answered', () => answers.length === 20);
      expect(answers).toEqual(Array.from({ length: 20 }, (_, index) => evaluatedEvent('BTC-USD', index + 1).eventId));
    });

    it('shares the partitions of a group between processes, and each event is consumed by one of them', async () => {
      const there = await openProcess();
      const one = await collect();
      const other = await collect({}, there);
      let number = 0;
      await eventually('both take part', async () => {
        number += 1;
        for (const symbol of SYMBOL_OF_PARTITION) await append(symbol, number, number);
        return one.seen.length > 0 && other.seen.length > 0;
      });
      await eventually('all are consumed', () => one.seen.length + other.seen.length >= number * PARTITIONS);
      const all = [...one.seen, ...other.seen];
      expect(new Set(all).size).toBe(all.length);
      for (const symbol of SYMBOL_OF_PARTITION) expect(all).toContain(`${symbol}:${number}`);
    });

    it('takes over the partitions of a process that has stopped', async () => {
      const there = await openProcess();
      const one = await collect();
      const other = await collect({}, there);
      await one.consumer.stop();
      for (const symbol of SYMBOL_OF_PARTITION) await append(symbol, 1, 1);
      await eventually('the other consumes all', () => one.seen.length + other.seen.length === PARTITIONS);
    });

    it('sends an event that keeps failing to the dead letters with its reason, and goes on behind it', async () => {
      const condemned: string[] = [];
      const { seen } = await collect({
        handle: async ({ events }) => {
          const bad = events.find(({ payload }) => payload.description === '2');
          if (bad) throw new Error('cannot read number 2');
          return async () => void seen.push(...events.map(({ payload }) => payload.description));
        },
        onDeadLetter: async (tx, event, reason) => {
          condemned.push(`${event.key}:${reason}`);
          tx.append(evaluatedEvent(event.key, 999));
        },
      });
      await here.unitOfWork.transaction(async (tx) =>
        [1, 2, 3].forEach((number) => tx.append(anomalyEvent('BTC-USD', number))),
      );
      await eventually('the events around it are consumed', () => seen.length === 2);
      expect(seen).toEqual(['1', '3']);
      const letters = await fixture.deadLetters('anomalies');
      const original = anomalyEvent('BTC-USD', 2);
      expect(letters).toHaveLength(1);
      expect(letters[0]!.key).toBe('BTC-USD');
      expect(letters[0]!.payload).toMatchObject({
        group: 'collector',
        reason: 'Error: cannot read number 2',
        topic: 'anomalies',
        part: letters[0]!.part,
        off: 1,
        key: 'BTC-USD',
        type: 'anomaly',
        event_id: original.eventId,
        payload: original.payload,
      });
      expect(condemned).toEqual(['BTC-USD:Error: cannot read number 2']);
      const head = await here.eventBus.head('trading_signals');
      expect(head.reduce((sum, off) => sum + off, 0)).toBe(1);
    });

    it('consumes an event that fails a few times and then does not, and it is no dead letter', async () => {
      let failures = 0;
      const { seen } = await collect({
        handle:
          async ({ events }) =>
          async () => {
            if (failures < 3) {
              failures += 1;
              throw new Error('not yet');
            }
            seen.push(...events.map(({ payload }) => payload.description));
          },
      });
      await append('BTC-USD', 1, 1);
      await eventually('it is consumed', () => seen.length === 1);
      expect(await fixture.deadLetters('anomalies')).toEqual([]);
    });

    it('tries on while a fault calls itself retriable, and makes no dead letter of its event', async () => {
      // The whole batch once and the event alone five times would have been all.
      const failures = 7;
      let failed = 0;
      const { seen } = await collect({
        handle: async ({ events }) => {
          if (failed < failures) {
            failed += 1;
            throw Object.assign(new Error('the worker thread gave no answer in time'), { retriable: true });
          }
          return async () => void seen.push(...events.map(({ payload }) => payload.description));
        },
      });
      await append('BTC-USD', 1, 1);
      await eventually('it is consumed', () => seen.length === 1);
      expect(failed).toBe(failures);
      expect(await fixture.deadLetters('anomalies')).toEqual([]);
    });

    it('sends a dead letter also when what should follow it fails', async () => {
      const { seen } = await collect({
        handle: async ({ events }) => {
          if (events.some(({ payload }) => payload.description === '1')) throw new Error('bad event');
          return async () => void seen.push(...events.map(({ payload }) => payload.description));
        },
        onDeadLetter: async () => {
          throw new Error('no such account');
        },
      });
      await append('BTC-USD', 1, 2);
      await eventually('the next event is consumed', () => seen.length === 1);
      const [letter] = await fixture.deadLetters('anomalies');
      expect(letter!.payload.reason).toBe('Error: bad event; and what should follow failed: Error: no such account');
    });

    it('finishes the batch at hand when it is stopped', async () => {
      const started = deferred();
      const gate = deferred();
      const { seen, consumer } = await collect({
        handle: async ({ events }) => {
          started.resolve();
          await gate.promise;
          return async () => void seen.push(...events.map(({ payload }) => payload.description));
        },
      });
      await append('BTC-USD', 1, 1);
      await started.promise;
      const stopped = consumer.stop();
      gate.resolve();
      await stopped;
      expect(seen).toEqual(['1']);
      const again = await collect();
      await append('BTC-USD', 2, 2);
      await eventually('only the next one comes', () => again.seen.length > 0);
      expect(again.seen).toEqual(['BTC-USD:2']);
    });

    it('lets a tail read every partition from given offsets up to the head, and hear of more', async () => {
      const there = await openProcess();
      const topics: string[] = [];
      there.eventBus.onAppend((topic) => topics.push(topic));
      await append(SYMBOL_OF_PARTITION[3]!, 1, 5);
      await eventually('another process hears of it', () => topics.includes('anomalies'));
      const events = await there.eventBus.read('anomalies', 3, 2, 2);
      expect(events.map(({ off, payload }) => [off, payload.description])).toEqual([
        [2, '3'],
        [3, '4'],
      ]);
      expect(await there.eventBus.head('anomalies')).toEqual([0, 0, 0, 5, 0, 0, 0, 0]);
      expect(await there.eventBus.oldest('anomalies')).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      expect(await there.eventBus.read('anomalies', 3, 5, 10)).toEqual([]);
    });

    it('says how many events each group has yet to act on', async () => {
      const { consumer, seen } = await collect();
      await append('BTC-USD', 1, 2);
      await eventually('both are consumed', () => seen.length === 2);
      await consumer.stop();
      await append('BTC-USD', 3, 7);
      const lag = await here.eventBus.lag();
      // An adapter may have groups of its own.
      expect(lag.filter(({ group }) => group === 'collector')).toEqual([
        { group: 'collector', topic: 'anomalies', events: 5 },
      ]);
    });
  });
}
