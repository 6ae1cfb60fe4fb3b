import { randomBytes } from 'node:crypto';
import { ConfigResourceTypes, Kafka, logLevel, type KafkaMessage } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toMessage } from '../../src/adapters/kafka/event-message.js';
import { PartitionCountError } from '../../src/adapters/kafka/topic-setup.js';
import { partitionOf, PARTITIONS } from '../../src/domain/topics.js';
import type { ConsumeOptions } from '../../src/ports/event-bus.js';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { deferred } from '../support/deferred.js';
import { eventually } from '../support/eventually.js';
import { startKafkaBroker, type KafkaBroker } from '../support/kafka-broker.js';
import { openKafkaProcess, type KafkaProcess, type KafkaProcessOptions } from '../support/kafka-process.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { recordingLogger } from '../support/recording-logger.js';
import { withDatabase } from '../support/test-cluster.js';

const DEADLINE_MS = 60_000;
const SYMBOL = 'BTC-USD';
const PART = partitionOf(SYMBOL);

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

const relayLag = async (process: KafkaProcess): Promise<number> =>
  (await process.eventBus.lag())
    .filter(({ group }) => group === 'kafka-relay')
    .reduce((sum, { events }) => sum + events, 0);

/** Partitions that Kafka's assignment has given to the collector of a process. */
const assignedTo = (process: KafkaProcess): number =>
  process
    .kafkaStatus()
    .consumers.filter(({ ownership, isFollowing }) => ownership === 'assignment' && isFollowing)
    .reduce((sum, { partitions }) => sum + partitions, 0);

const joined = (process: KafkaProcess, partitions = PARTITIONS): Promise<void> =>
  eventually(
    `Kafka has given ${partitions} partitions to the process`,
    () => assignedTo(process) === partitions,
    DEADLINE_MS,
  );

async function append(process: KafkaProcess, from: number, to: number, symbol = SYMBOL): Promise<void> {
  for (const number of numbers(from, to)) {
    await process.unitOfWork.transaction(async (tx) => tx.append(anomalyEvent(symbol, Number(number))));
  }
}

/** Notes what is committed, each partition in its order. */
async function collect(
  process: KafkaProcess,
  options: Partial<ConsumeOptions<'anomalies'>> = {},
): Promise<{ seen: string[]; stop(): Promise<void> }> {
  const seen: string[] = [];
  const consumer = await process.eventBus.consume<'anomalies'>({
    group: 'collector',
    topics: ['anomalies'],
    start: 'earliest',
    batchSize: 50,
    handle:
      async ({ events }) =>
      async (tx) =>
        // Not before: a batch may be rolled back because the partition has another owner by now.
        tx.onCommit(() => void seen.push(...events.map(({ payload }) => payload.description))),
    ...options,
  });
  return { seen, stop: () => consumer.stop() };
}

// A broker on a busy machine takes its time to come up and to share partitions out.
vi.setConfig({ testTimeout: 180_000 });

describe('Kafka in front of the event log', () => {
  let broker: KafkaBroker;
  let database: TestDatabase;
  let topicPrefix: string;
  let opened: { close(): Promise<void> }[];

  beforeAll(async () => {
    broker = await startKafkaBroker();
  });
  afterAll(() => broker?.close());
  beforeEach(async () => {
    database = await startTestDatabase();
    topicPrefix = `t-${randomBytes(4).toString('hex')}.`;
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((process) => process.close()));
    await database.drop();
  });

  async function openProcess(options: Partial<KafkaProcessOptions> = {}): Promise<KafkaProcess> {
    const process = await openKafkaProcess(database.connectionString, {
      brokers: [broker.address],
      topicPrefix,
      ...options,
    });
    opened.push(process);
    return process;
  }

  /** A client of the broker that is none of ours. */
  function stranger(): Kafka {
    return new Kafka({ brokers: [broker.address], clientId: 'stranger', logLevel: logLevel.NOTHING });
  }

  const owners = (): Promise<readonly string[]> =>
    withDatabase(database.connectionString, async (client) => {
      const { rows } = await client.query<{ owner: string }>(
        `SELECT DISTINCT owner FROM consumer_offsets WHERE grp = 'collector' AND owner IS NOT NULL`,
      );
      return rows.map(({ owner }) => owner);
    });

  /**
   * The first `count` different records of a topic, oldest first, as anybody can read them. A relay whose first answer is
   * lost publishes again: at least once is what it promises.
   */
  async function records(topic: string, count: number): Promise<{ partition: number; message: KafkaMessage }[]> {
    const consumer = stranger().consumer({ groupId: `stranger-${randomBytes(4).toString('hex')}` });
    const read: { partition: number; message: KafkaMessage }[] = [];
    await consumer.connect();
    await eventually(
      'the topic is known to the broker',
      () =>
        consumer.subscribe({ topics: [topicPrefix + topic], fromBeginning: true }).then(
          () => true,
          () => false,
        ),
      DEADLINE_MS,
    );
    const known = new Set<string>();
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (message.headers?.off === undefined) return;
        const place = `${partition}/${String(message.headers.off)}`;
        if (!known.has(place)) read.push({ partition, message });
        known.add(place);
      },
    });
    await eventually(`${count} records of ${topic}`, () => read.length >= count, DEADLINE_MS);
    await consumer.disconnect();
    return read;
  }

  /** Tries it on a partition that the test does not use. */
  async function isTooLarge(topic: string, bytes: number): Promise<boolean> {
    const producer = stranger().producer();
    await producer.connect();
    try {
      await producer.send({ topic, messages: [{ partition: (PART + 1) % PARTITIONS, value: 'x'.repeat(bytes) }] });
      return false;
    } catch {
      return true;
    } finally {
      await producer.disconnect();
    }
  }

  it('publishes every event to the partition it has in the log, with key, headers and the payload of the log', async () => {
    const here = await openProcess();
    await here.unitOfWork.transaction(async (tx) => {
      for (const symbol of SYMBOL_OF_PARTITION) for (const n of [1, 2]) tx.append(anomalyEvent(symbol, n));
    });
    const read = await records('anomalies', 2 * PARTITIONS);
    expect(read).toHaveLength(2 * PARTITIONS);
    for (let part = 0; part < PARTITIONS; part += 1) {
      const ofPart = read.filter(({ partition }) => partition === part).map(({ message }) => message);
      expect(ofPart.map(({ headers }) => String(headers?.off))).toEqual(['0', '1']);
      const original = anomalyEvent(SYMBOL_OF_PARTITION[part]!, 1);
      expect(String(ofPart[0]!.key)).toBe(original.key);
      expect(String(ofPart[0]!.headers?.event_id)).toBe(original.eventId);
      expect(String(ofPart[0]!.headers?.type)).toBe('anomaly');
      expect(JSON.parse(String(ofPart[0]!.value))).toEqual(original.payload);
    }
  });

  it('publishes dead letters too', async () => {
    const here = await openProcess();
    const { seen } = await collect(here, {
      handle: async ({ events }) => {
        if (events.some(({ payload }) => payload.description === '1')) throw new Error('unreadable');
        return async () => undefined;
      },
    });
    await append(here, 1, 2);
    const [letter] = await records('anomalies.dlq', 1);
    expect(seen).toEqual([]);
    expect(letter!.partition).toBe(PART);
    expect(JSON.parse(String(letter!.message.value))).toMatchObject({
      group: 'collector',
      reason: 'Error: unreadable',
    });
  });

  it('brings events to consumers and tails through Kafka, not through the log', async () => {
    const here = await openProcess({ timings: { late: 30_000 } });
    const { seen } = await collect(here);
    await joined(here);
    await append(here, 1, 1);
    await eventually('the first one is consumed', () => seen.length === 1, DEADLINE_MS);
    const filled = here.metrics.value('tradegraph_kafka_filled_from_log_total', {
      group: 'collector',
      topic: 'anomalies',
    });
    await append(here, 2, 50);
    await eventually('all are consumed', () => seen.length === 50, DEADLINE_MS);
    expect(seen).toEqual(numbers(1, 50));
    expect(
      here.metrics.value('tradegraph_kafka_filled_from_log_total', { group: 'collector', topic: 'anomalies' }),
    ).toBe(filled);
  });

  it('skips what comes twice or late, and fills what does not come from the log', async () => {
    const here = await openProcess();
    const { seen } = await collect(here);
    await joined(here);
    await append(here, 1, 20);
    await eventually('all are consumed', () => seen.length === 20, DEADLINE_MS);
    // What a relay does whose answers are lost, and whose sends overtake each other.
    const { rows } = await withDatabase(database.connectionString, (client) =>
      client.query<{ off: number; event_id: string; payload: string; id: string }>(
        `SELECT off::int, event_id, payload::text, id FROM event_log, log_identity WHERE topic = 'anomalies' ORDER BY off`,
      ),
    );
    const message = (off: number) =>
      toMessage(
        {
          topic: 'anomalies',
          part: PART,
          off,
          key: SYMBOL,
          eventId: rows[off]!.event_id,
          type: 'anomaly',
          payload: rows[off]!.payload,
          createdAt: new Date().toISOString(),
        },
        rows[off]!.id,
      );
    const producer = stranger().producer();
    await producer.connect();
    await producer.send({ topic: `${topicPrefix}anomalies`, messages: [17, 3, 19, 4, 18].map(message) });
    await append(here, 21, 30);
    await producer.send({ topic: `${topicPrefix}anomalies`, messages: [5, 0].map(message) });
    await append(here, 31, 40);
    await eventually('all are consumed', () => seen.length >= 40, DEADLINE_MS);
    await producer.disconnect();
    expect(seen).toEqual(numbers(1, 40));
    await eventually(
      'they are counted',
      () => here.metrics.value('tradegraph_kafka_skipped_total', { group: 'collector', topic: 'anomalies' }) >= 5,
      DEADLINE_MS,
    );
    expect(seen).toEqual(numbers(1, 40));
  });

  it('takes no record for its own that another database has published, or that is no event', async () => {
    const here = await openProcess();
    const { seen } = await collect(here);
    await joined(here);
    const producer = stranger().producer();
    await producer.connect();
    const { eventId, payload } = anomalyEvent(SYMBOL, 666);
    const forged = {
      topic: 'anomalies',
      part: PART,
      off: 0,
      key: SYMBOL,
      eventId,
      type: 'anomaly',
      payload: JSON.stringify(payload),
      createdAt: new Date().toISOString(),
    } as const;
    await producer.send({
      topic: `${topicPrefix}anomalies`,
      messages: [
        toMessage(forged, '11111111-1111-4111-8111-111111111111'),
        { partition: PART, key: SYMBOL, value: 'no json' },
      ],
    });
    await append(here, 1, 3);
    await eventually('the log’s own are consumed', () => seen.length >= 3, DEADLINE_MS);
    await producer.disconnect();
    expect(seen).toEqual(numbers(1, 3));
    await eventually(
      'both are counted',
      () => here.metrics.value('tradegraph_kafka_refused_total', { topic: 'anomalies', reason: 'FOREIGN_LOG' }) === 2,
      DEADLINE_MS,
    );
  });

  it('goes on from the log while the broker is dead, and publishes what was missed when it is back', async () => {
    const logger = recordingLogger();
    const here = await openProcess({ logger });
    const there = await openProcess();
    const one = await collect(here);
    const other = await collect(there);
    await joined(here, PARTITIONS / 2);
    await joined(there, PARTITIONS / 2);
    for (const symbol of SYMBOL_OF_PARTITION) await append(here, 1, 5, symbol);
    const all = (): number => one.seen.length + other.seen.length;
    await eventually('all are consumed', () => all() >= 5 * PARTITIONS, DEADLINE_MS);
    await broker.kill();
    try {
      for (const symbol of SYMBOL_OF_PARTITION) await append(here, 6, 10, symbol);
      await eventually('all are consumed without a broker', () => all() >= 10 * PARTITIONS, DEADLINE_MS);
      await eventually('the process says so', () => here.kafkaStatus().kafka === 'away', DEADLINE_MS);
      await eventually(
        'the log of the process says so',
        () => logger.lines.some(({ level, message }) => level === 'error' && message.startsWith('Kafka ')),
        DEADLINE_MS,
      );
      expect(await relayLag(here)).toBeGreaterThan(0);
    } finally {
      await broker.start();
    }
    await eventually('the relay has caught up', async () => (await relayLag(here)) === 0, DEADLINE_MS);
    await joined(here, PARTITIONS / 2);
    await joined(there, PARTITIONS / 2);
    await eventually('no fault is left', () => here.kafkaStatus().kafka === 'connected', DEADLINE_MS);
    for (const symbol of SYMBOL_OF_PARTITION) await append(here, 11, 15, symbol);
    await eventually('all are consumed', () => all() >= 15 * PARTITIONS, DEADLINE_MS);
    expect(all()).toBe(15 * PARTITIONS);
    const published = (await records('anomalies', 15 * PARTITIONS)).map(
      ({ partition, message }) => `${partition}/${String(message.headers?.off)}`,
    );
    expect(new Set(published).size).toBe(15 * PARTITIONS);
  });

  it('starts while no broker answers, and uses Kafka once it does', async () => {
    await broker.stop();
    let here: KafkaProcess;
    try {
      here = await openProcess();
      const { seen } = await collect(here);
      await append(here, 1, 3);
      await eventually('they are consumed from the log', () => seen.length === 3, DEADLINE_MS);
      expect(here.kafkaStatus()).toMatchObject({
        kafka: 'away',
        relay: 'waiting for Kafka',
        faults: [{ client: 'setup' }],
      });
    } finally {
      await broker.start();
    }
    await eventually('Kafka is used', () => here.kafkaStatus().kafka === 'connected', DEADLINE_MS);
    expect(await records('anomalies', 3)).toHaveLength(3);
  });

  it('gives the partitions of a member that is gone to the other, which fences it', async () => {
    const here = await openProcess();
    const there = await openProcess();
    const entered = deferred();
    const gate = deferred();
    const one = await collect(here, {
      handle: async ({ events }) => {
        entered.resolve();
        await gate.promise;
        return async (tx) => tx.onCommit(() => void one.seen.push(...events.map(({ payload }) => payload.description)));
      },
    });
    await joined(here);
    await append(here, 1, 5);
    await entered.promise;
    const other = await collect(there);
    await eventually('both are members', async () => (await owners()).length === 2, DEADLINE_MS);
    const stopped = one.stop();
    await eventually('the other has consumed all', () => other.seen.length === 5, DEADLINE_MS);
    gate.resolve();
    await stopped;
    expect(one.seen).toEqual([]);
    expect(other.seen).toEqual(numbers(1, 5));
  });

  it('refuses to start on a topic with another number of partitions, and names it', async () => {
    const admin = stranger().admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: `${topicPrefix}orders`, numPartitions: 3 }] });
    await admin.disconnect();
    const opening = openProcess();
    await expect(opening).rejects.toThrow(PartitionCountError);
    await expect(opening).rejects.toThrow(
      `"${topicPrefix}orders" has 3 partitions, and the event log has ${PARTITIONS}`,
    );
  });

  it('passes an event by that is larger than Kafka takes, says which, and still lets consumers have it', async () => {
    const logger = recordingLogger();
    const here = await openProcess({ logger });
    const sizes: number[] = [];
    await collect(here, {
      handle:
        async ({ events }) =>
        async () => {
          sizes.push(...events.map(({ payload }) => payload.description.length));
        },
    });
    await joined(here);
    const large = { ...anomalyEvent(SYMBOL, 2) };
    await append(here, 1, 1);
    await here.unitOfWork.transaction(async (tx) =>
      tx.append({ ...large, payload: { ...large.payload, description: 'x'.repeat(2_000_000) } }),
    );
    await append(here, 3, 3);
    await eventually('all three are consumed', () => sizes.length === 3, DEADLINE_MS);
    expect(sizes).toEqual([1, 2_000_000, 1]);
    const [letter] = await records('anomalies.dlq', 1);
    expect(JSON.parse(String(letter!.message.value))).toMatchObject({
      group: 'kafka-relay',
      off: 1,
      event_id: large.eventId,
      reason: expect.stringMatching(/takes at most 1048588 \(max.message.bytes\)/) as string,
      payload: null,
    });
    expect(logger.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        fields: expect.objectContaining({ off: 1, eventId: large.eventId, limitBytes: 1_048_588 }) as object,
      }),
    );
    expect((await records('anomalies', 2)).map(({ message }) => String(message.headers?.off))).toEqual(['0', '2']);
  });

  it('finds the event that is too large also where the limit was lowered after the start', async () => {
    const here = await openProcess();
    const admin = stranger().admin();
    await admin.connect();
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: `${topicPrefix}anomalies`,
          configEntries: [{ name: 'max.message.bytes', value: '20000' }],
        },
      ],
    });
    await admin.disconnect();
    await eventually(
      'the broker keeps to the new limit',
      () => isTooLarge(`${topicPrefix}anomalies`, 30_000),
      DEADLINE_MS,
    );
    const large = anomalyEvent(SYMBOL, 3);
    await here.unitOfWork.transaction(async (tx) => {
      for (const number of [1, 2]) tx.append(anomalyEvent(SYMBOL, number));
      tx.append({ ...large, payload: { ...large.payload, description: 'x'.repeat(30_000) } });
      for (const number of [4, 5]) tx.append(anomalyEvent(SYMBOL, number));
    });
    await eventually('the relay is through', async () => (await relayLag(here)) === 0, DEADLINE_MS);
    await eventually(
      'what fits is published',
      () => here.metrics.value('tradegraph_kafka_oversize_total', { topic: 'anomalies' }) === 1,
      DEADLINE_MS,
    );
    const published = await records('anomalies', 4);
    expect(new Set(published.map(({ message }) => String(message.headers?.off)))).toEqual(
      new Set(['0', '1', '3', '4']),
    );
    expect(await records('anomalies.dlq', 1)).toHaveLength(1);
  });

  it('lets a tail read what Kafka has brought, and hear of it', async () => {
    const here = await openProcess({ timings: { late: 30_000 } });
    const there = await openProcess();
    const heard: string[] = [];
    here.eventBus.onAppend((topic) => heard.push(topic));
    await eventually(
      'the tail hears through Kafka',
      async () => {
        heard.length = 0;
        const [number] = await there.eventBus.head('anomalies').then((head) => [head[PART]!]);
        await append(there, number! + 1, number! + 1);
        await eventually('it is heard of', () => heard.includes('anomalies'), DEADLINE_MS);
        return here.kafkaStatus().kafka === 'connected' && number! >= 5;
      },
      DEADLINE_MS,
    );
    const head = (await here.eventBus.head('anomalies'))[PART]!;
    const events = await here.eventBus.read('anomalies', PART, 0, 1_000);
    const last = await here.eventBus.read('anomalies', PART, head - 1, 10);
    expect(last.map(({ off, payload }) => [off, payload.description])).toEqual([[head - 1, String(head)]]);
    expect(events[0]).toMatchObject({ off: 0, payload: { description: '1' } });
  });

  it('lets another process relay when the one that did is gone', async () => {
    const here = await openProcess();
    await append(here, 1, 1);
    await records('anomalies', 1);
    const there = await openProcess();
    expect([here, there].map((process) => process.kafkaStatus().relay)).toEqual(['leading', 'standing by']);
    await here.close();
    await append(there, 2, 2);
    expect(await records('anomalies', 2)).toHaveLength(2);
    expect(there.kafkaStatus().relay).toBe('leading');
  });
});
