import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PARTITIONS } from '../../src/domain/topics.js';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { openEventLogProcess, type EventLogProcess } from '../support/event-log-process.js';
import { eventually } from '../support/eventually.js';
import { startKafkaBroker, type KafkaBroker } from '../support/kafka-broker.js';
import type { KafkaMemberOptions } from '../support/kafka-member.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

/** Built before the services are tested, like the program. */
const MEMBER_PROGRAM = resolve('dist/tests/support/kafka-member.js');
const DEADLINE_MS = 60_000;
vi.setConfig({ testTimeout: 150_000 });

let broker: KafkaBroker;
let database: TestDatabase;
let log: EventLogProcess;
const members: Member[] = [];

interface Member {
  readonly child: ChildProcess;
  /** Partitions that Kafka has given it, by its own word. */
  given: number;
}

beforeAll(async () => {
  [broker, database] = await Promise.all([startKafkaBroker(), startTestDatabase()]);
  log = await openEventLogProcess(database.connectionString);
  // Without a key: an effect that is had twice is to be seen, not refused.
  await log.pool.query('CREATE TABLE effects (part integer, off bigint, member text)');
});
afterAll(async () => {
  await Promise.all(members.map(kill));
  await log?.close();
  await Promise.all([broker?.close(), database?.drop()]);
});

function start(options: KafkaMemberOptions): Member {
  const child = spawn(process.execPath, [MEMBER_PROGRAM, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const member = { child, given: 0 };
  createInterface({ input: child.stdout }).on('line', (line) => (member.given = Number(line)));
  members.push(member);
  return member;
}

async function kill({ child }: Member): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((ended) => child.once('exit', ended));
  child.kill('SIGKILL');
  await gone;
}

/** An event of each partition, all in one commit. */
async function appendToAll(number: number): Promise<void> {
  await log.unitOfWork.transaction(async (tx) => {
    for (const symbol of SYMBOL_OF_PARTITION) tx.append(anomalyEvent(symbol, number));
  });
}

async function effects(): Promise<readonly { part: number; off: number; member: string }[]> {
  const { rows } = await log.pool.query<{ part: number; off: number; member: string }>(
    'SELECT part, off::float8 AS off, member FROM effects',
  );
  return rows;
}

it('takes over what a member held that was killed, without losing an event or having an effect twice', async () => {
  const topicPrefix = `t-${randomBytes(4).toString('hex')}.`;
  const { connectionString } = database;
  const options = { connectionString, brokers: [broker.address], topicPrefix, group: 'collector' };
  const victim = start({ ...options, name: 'victim' });
  const heir = start({ ...options, name: 'heir' });
  const shared = (): boolean => victim.given === PARTITIONS / 2 && heir.given === PARTITIONS / 2;
  await eventually('Kafka has given each half of the partitions', shared, DEADLINE_MS);

  let rounds = 0;
  const append = async (count: number): Promise<void> => {
    for (let end = rounds + count; rounds < end; rounds += 1) await appendToAll(rounds);
  };
  await append(20);
  await eventually('both have acted', async () => new Set((await effects()).map(({ member }) => member)).size === 2);
  const appending = append(60);
  await eventually('the victim is at work', async () => (await effects()).length > 30 * PARTITIONS, DEADLINE_MS);
  await kill(victim);
  await appending;
  await append(20);
  await eventually(
    'all have had their effect',
    async () => (await effects()).length >= rounds * PARTITIONS,
    DEADLINE_MS,
  );

  const had = await effects();
  const places = had.map(({ part, off }) => `${part}/${off}`);
  expect(new Set(places).size).toBe(rounds * PARTITIONS);
  expect(places).toHaveLength(rounds * PARTITIONS);
  // The last round is the heir's alone, in every partition.
  expect(had.filter(({ off }) => off === rounds - 1).map(({ member }) => member)).toEqual(
    Array.from({ length: PARTITIONS }, () => 'heir'),
  );
});
