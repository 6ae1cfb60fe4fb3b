import { openDatabase, type Database } from '../../src/adapters/postgres/database.js';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { PgInstrumentStore } from '../../src/adapters/postgres/instrument-store.js';
import { BULLMQ_SCHEMA } from '../../src/adapters/queue/queue-pool.js';
import { PgUnitOfWork } from '../../src/adapters/postgres/transaction.js';
import type { NewEvent } from '../../src/domain/events.js';
import { startTestDatabase } from './postgres.js';

export interface MarketDatabase {
  readonly database: Database;
  readonly unitOfWork: PgUnitOfWork;
  readonly bars: PgBarStore;
  readonly instruments: PgInstrumentStore;
  /** Events of market_data, in the order of their partition. */
  marketEvents(): Promise<Pick<NewEvent, 'type' | 'key' | 'payload'>[]>;
  /** Empties what ingestion writes, the event log and the job queue included: a tenth of the time of a new database. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const INGESTION_TABLES =
  'market_data, market_data_revisions, tracked_symbols, instruments, data_quality_issues, event_log';

/** A migrated database of its own with the stores that ingestion writes to. */
export async function openMarketDatabase(): Promise<MarketDatabase> {
  const testDatabase = await startTestDatabase();
  const database = await openDatabase({ connectionString: testDatabase.connectionString, poolSize: 6 });
  return {
    database,
    unitOfWork: new PgUnitOfWork(database.pool),
    bars: new PgBarStore(database.pool),
    instruments: new PgInstrumentStore(database.pool),
    async marketEvents() {
      const { rows } = await database.pool.query<Pick<NewEvent, 'type' | 'key' | 'payload'>>(
        "SELECT type, key, payload FROM event_log WHERE topic = 'market_data' ORDER BY part, off",
      );
      return rows;
    },
    async clear() {
      const { rows } = await database.pool.query<{ name: string }>(
        "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1 AND tablename <> 'migration'",
        [BULLMQ_SCHEMA],
      );
      const tables = [INGESTION_TABLES, ...rows.map(({ name }) => name)].join(', ');
      await database.pool.query(`TRUNCATE ${tables} CASCADE`);
    },
    async close() {
      await database.close();
      await testDatabase.drop();
    },
  };
}
