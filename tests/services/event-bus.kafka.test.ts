import { randomBytes } from 'node:crypto';
import { describeEventBus, type DeadLetter } from '../contract/event-bus.js';
import { startKafkaBroker } from '../support/kafka-broker.js';
import { openKafkaProcess } from '../support/kafka-process.js';
import { startTestDatabase } from '../support/postgres.js';
import { withDatabase } from '../support/test-cluster.js';

describeEventBus('Kafka', async () => {
  const [database, broker] = await Promise.all([startTestDatabase(), startKafkaBroker()]);
  const { connectionString } = database;
  const brokers = [broker.address];
  const topicPrefix = `contract-${randomBytes(4).toString('hex')}.`;
  return {
    openProcess: () => openKafkaProcess(connectionString, { brokers, topicPrefix }),
    deadLetters: (topic) =>
      withDatabase(connectionString, async (client) => {
        const { rows } = await client.query<DeadLetter>(
          'SELECT part, key, payload FROM event_log WHERE topic = $1 ORDER BY part, off',
          [`${topic}.dlq`],
        );
        return rows;
      }),
    reset: () =>
      withDatabase(connectionString, async (client) => {
        await client.query(
          `TRUNCATE event_log, consumer_offsets, consumer_members; UPDATE log_partition SET next_off = 0;
           UPDATE log_identity SET id = gen_random_uuid()`,
        );
      }),
    async close() {
      await Promise.all([database.drop(), broker.close()]);
    },
  };
});
