import { createInterface } from 'node:readline';
import type { PgTransaction } from '../../src/adapters/postgres/transaction.js';
import { openKafkaProcess } from './kafka-process.js';

/** What a member is started with, as the one argument of its process. */
export interface KafkaMemberOptions {
  readonly name: string;
  readonly connectionString: string;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  readonly group: string;
}

const LOOK_EVERY_MS = 50;

/**
 * A process with one consumer of anomalies: each event's effect is a row of `effects`, in the transaction of its offset. It
 * prints how many partitions Kafka has given it, whenever that changes, and ends with its standard input.
 */
async function run({ name, group, connectionString, ...kafka }: KafkaMemberOptions): Promise<void> {
  const member = await openKafkaProcess(connectionString, kafka);
  await member.eventBus.consume<'anomalies'>({
    group,
    topics: ['anomalies'],
    start: 'earliest',
    batchSize: 5,
    handle:
      async ({ part, events }) =>
      async (tx) => {
        const offs = events.map(({ off }) => off);
        // On PostgreSQL every transaction is one of these.
        await (tx as PgTransaction).query(
          'INSERT INTO effects (part, off, member) SELECT $1, unnest($2::bigint[]), $3',
          [part, offs, name],
        );
      },
  });
  let told = -1;
  const look = setInterval(() => {
    const [state] = member.kafkaStatus().consumers;
    const given = state?.ownership === 'assignment' && state.isFollowing ? state.partitions : 0;
    if (given !== told) process.stdout.write(`${given}\n`);
    told = given;
  }, LOOK_EVERY_MS);
  createInterface({ input: process.stdin }).once('close', () => {
    clearInterval(look);
    void member.close();
  });
}

await run(JSON.parse(process.argv[2] ?? '') as KafkaMemberOptions);
