import { MikroORM } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { Pool, types } from 'pg';
import { migrations } from '../../../migrations/index.js';
import { ENTITIES } from './entities/index.js';

/** Offsets, counts and versions stay far below 2^53: int8 is read as a number. */
const INT8_OID = 20;
types.setTypeParser(INT8_OID, Number);

export interface DatabaseOptions {
  readonly connectionString: string;
  /** Connections in the pool at most. */
  readonly poolSize?: number;
}

/** The one connection pool of a process, as MikroORM for reading entities and as pg for everything that must be fast. */
export interface Database {
  readonly orm: MikroORM<PostgreSqlDriver>;
  readonly pool: Pool;
  readonly connectionString: string;
  close(): Promise<void>;
}

/** Bounds that keep a black-holed connection or a forgotten transaction from hanging the program for ever. */
const SESSION_SETTINGS = {
  statement_timeout: 60_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 60_000,
  query_timeout: 70_000,
  connectionTimeoutMillis: 10_000,
};

export function poolOptions(options: DatabaseOptions) {
  return {
    ...SESSION_SETTINGS,
    connectionString: options.connectionString,
    max: options.poolSize ?? 20,
    keepAlive: true,
    application_name: 'tradegraph',
  };
}

/** Connects; throws when the database does not answer. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = new Pool(poolOptions(options));
  // A connection that the server drops while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  const orm = await MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    clientUrl: options.connectionString,
    entities: ENTITIES,
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { min: 0, max: 8 },
    migrations: {
      migrationsList: migrations,
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      tableName: 'schema_migrations',
    },
    forceUtcTimezone: true,
    // The migrator writes a line a migration; the caller says what was applied.
    logger: () => undefined,
  });
  return {
    orm,
    pool,
    connectionString: options.connectionString,
    async close() {
      await orm.close(true);
      await pool.end();
    },
  };
}
