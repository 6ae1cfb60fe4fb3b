import { startTestDatabase } from '../support/postgres.js';
import { openEventLogProcess } from '../support/event-log-process.js';
import { withDatabase } from '../support/test-cluster.js';
import { describeEventBus, type DeadLetter } from './event-bus.js';

const LEASE_MS = 600;

describeEventBus('PostgreSQL', async () => {
  const database = await startTestDatabase();
  return {
    openProcess: () => openEventLogProcess(database.connectionString, { leaseMs: LEASE_MS }),
    deadLetters: (topic) =>
      withDatabase(database.connectionString, async (client) => {
        const { rows } = await client.query<DeadLetter>(
          'SELECT part, key, payload FROM event_log WHERE topic = $1 ORDER BY part, off',
          [`${topic}.dlq`],
        );
        return rows;
      }),
    reset: () =>
      withDatabase(database.connectionString, async (client) => {
        await client.query(
          'TRUNCATE event_log, consumer_offsets, consumer_members; UPDATE log_partition SET next_off = 0',
        );
      }),
    close: () => database.drop(),
  };
});
