import { startTestDatabase } from '../support/postgres.js';
import { openEventLogProcess } from '../support/event-log-process.js';
import { withDatabase } from '../support/test-cluster.js';
import { describeEventBus, type BusProcess, type DeadLetter } from './event-bus.js';

const LEASE_MS = 600;

type OpenProcess = (connectionString: string) => Promise<BusProcess>;

const oneProcess: OpenProcess = (connectionString) => openEventLogProcess(connectionString, { leaseMs: LEASE_MS });

/** What one process appends, another consumes: nothing is in its memory, and its wake-up is a NOTIFY. */
const appendsElsewhere: OpenProcess = async (connectionString) => {
  const [here, elsewhere] = [await oneProcess(connectionString), await openEventLogProcess(connectionString)];
  return {
    eventBus: here.eventBus,
    unitOfWork: elsewhere.unitOfWork,
    close: async () => {
      await here.close();
      await elsewhere.close();
    },
  };
};

function describeOnPostgreSQL(name: string, openProcess: OpenProcess): void {
  describeEventBus(name, async () => {
    const database = await startTestDatabase();
    return {
      openProcess: () => openProcess(database.connectionString),
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
}

describeOnPostgreSQL('PostgreSQL', oneProcess);
describeOnPostgreSQL('PostgreSQL, appended to by another process', appendsElsewhere);
