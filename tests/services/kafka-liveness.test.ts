import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PARTITIONS } from '../../src/domain/topics.js';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { eventually } from '../support/eventually.js';
import { startKafkaBroker, type KafkaBroker } from '../support/kafka-broker.js';
import { openKafkaProcess, TEST_TIMINGS, type KafkaProcess } from '../support/kafka-process.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

const DEADLINE_MS = 60_000;
vi.setConfig({ testTimeout: 120_000 });

/** Consumes anomalies as `symbol:number`; answers what was committed, and how to stop. */
async function collect(
  process: KafkaProcess,
  group = 'collector',
): Promise<{ readonly seen: string[]; stop(): Promise<void> }> {
  const seen: string[] = [];
  const consumer = await process.eventBus.consume<'anomalies'>({
    group,
    topics: ['anomalies'],
    start: 'earliest',
    batchSize: 10,
    handle:
      async ({ events }) =>
      async (tx) =>
        tx.onCommit(() => void seen.push(...events.map(({ payload }) => `${payload.symbol}:${payload.description}`))),
  });
  return { seen, stop: () => consumer.stop() };
}

async function appendToAll(process: KafkaProcess, number: number): Promise<void> {
  await process.unitOfWork.transaction(async (tx) => {
    for (const symbol of SYMBOL_OF_PARTITION) tx.append(anomalyEvent(symbol, number));
  });
}

/** Partitions that Kafka has assigned to the process, and from which it brings events. */
const following = (process: KafkaProcess): number =>
  process
    .kafkaStatus()
    .consumers.filter(({ ownership, isFollowing }) => ownership === 'assignment' && isFollowing)
    .reduce((sum, { partitions }) => sum + partitions, 0);

/** Joins a group and leaves it; `moment` says when, and how soon. */
const visit = async (process: KafkaProcess, group: string, moment: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, (moment * 37) % 200));
  const { stop } = await collect(process, group);
  await new Promise((resolve) => setTimeout(resolve, (moment * 101) % 600));
  await stop();
};

describe('consumers of Kafka that come and go', () => {
  let broker: KafkaBroker;
  let database: TestDatabase;
  let topicPrefix: string;
  let opened: KafkaProcess[];

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

  async function openProcess(options: { readonly leaseMs?: number } = {}): Promise<KafkaProcess> {
    const brokers = [broker.address];
    const process = await openKafkaProcess(database.connectionString, { brokers, topicPrefix, ...options });
    opened.push(process);
    return process;
  }

  /** A client of the broker that is none of ours. */
  const stranger = (): Kafka =>
    new Kafka({ brokers: [broker.address], clientId: 'stranger', logLevel: logLevel.NOTHING });

  /** Those of the groups that have members, as the broker counts them. */
  async function groupsWithMembers(groups: readonly string[]): Promise<readonly string[]> {
    const admin = stranger().admin();
    await admin.connect();
    try {
      const described = await admin.describeGroups(groups.map((group) => `${topicPrefix}${group}`));
      return described.groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId);
    } finally {
      await admin.disconnect();
    }
  }

  it('leaves no member behind in a group of Kafka, at whatever moment of its joining it is stopped', async () => {
    const processes = [await openProcess(), await openProcess(), await openProcess()];
    const groups = Array.from({ length: 10 }, (_, number) => `passer-by-${number}`);
    // Three that join at almost the same time make the brokers share the partitions out again and again: the moments at
    // which a consumer waits to try once more are those at which kafkajs cannot be stopped.
    for (let round = 0; round < 2; round += 1) {
      await Promise.all(
        groups.flatMap((group, number) =>
          processes.map((process, each) => visit(process, group, 1 + round * 7 + number * 3 + each)),
        ),
      );
    }
    let left: readonly string[] = [];
    await eventually(
      'all groups are empty',
      async () => (left = await groupsWithMembers(groups)).length === 0,
      // One whose goodbye did not reach the broker is counted on until its session ends.
      4 * TEST_TIMINGS.session,
    ).catch(() => undefined);
    expect(left).toEqual([]);
  });

  it('acts for partitions that Kafka has given to a member that does nothing', async () => {
    const here = await openProcess();
    const { seen } = await collect(here);
    await eventually('Kafka has given it all partitions', () => following(here) === PARTITIONS, DEADLINE_MS);
    const idler = stranger().consumer({ groupId: `${topicPrefix}collector`, allowAutoTopicCreation: false });
    await idler.connect();
    try {
      await idler.subscribe({ topics: [`${topicPrefix}anomalies`] });
      await idler.run({ autoCommit: false, eachMessage: async () => undefined });
      await eventually('the idler has half of them', () => following(here) === PARTITIONS / 2, DEADLINE_MS);
      await appendToAll(here, 1);
      await eventually('all are consumed', () => seen.length >= PARTITIONS, DEADLINE_MS);
      await appendToAll(here, 2);
      await eventually('all that come later are consumed', () => seen.length >= 2 * PARTITIONS, DEADLINE_MS);
    } finally {
      await idler.disconnect();
    }
    await eventually('Kafka has given it all partitions again', () => following(here) === PARTITIONS, DEADLINE_MS);
    await appendToAll(here, 3);
    await eventually('the last are consumed', () => seen.length >= 3 * PARTITIONS, DEADLINE_MS);
    expect([...seen].sort()).toEqual([1, 2, 3].flatMap((n) => SYMBOL_OF_PARTITION.map((s) => `${s}:${n}`)).sort());
  });

  it('goes on with all partitions at once when Kafka dies, not when a lease of its own has run out', async () => {
    const here = await openProcess({ leaseMs: 60_000 });
    const { seen } = await collect(here);
    await eventually('Kafka has given it all partitions', () => following(here) === PARTITIONS, DEADLINE_MS);
    // It stays dead: this is the last test of the file.
    await broker.kill();
    const byLease = (): boolean => here.kafkaStatus().consumers.every(({ ownership }) => ownership === 'lease');
    await eventually('it goes by lease', byLease, DEADLINE_MS);
    await appendToAll(here, 1);
    await eventually('all are consumed', () => seen.length === PARTITIONS, 30_000);
  });
});
