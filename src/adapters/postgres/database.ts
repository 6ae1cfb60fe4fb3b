import { MikroORM } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { Pool, types } from 'pg';
import { migrations } from '../../../migrations/index.js';
import { ENTITIES } from './entities/index.js';
import { surviveLostConnections } from './lost-connections.js';

/** Offsets, counts and versions stay far below 2^53: int8 is read as a number. */
const INT8_OID = 20;
types.setTypeParser(INT8_OID, Number);

export interface DatabaseOptions {
  readonly connectionString: string;
  /** Connections in the pool at most. */
  readonly poolSize?: number;
  readonly bounds?: Partial<DatabaseBounds>;
}

/** Keep a black-holed connection or a forgotten transaction from hanging the program for ever; all in milliseconds. */
export interface DatabaseBounds {
  readonly connectMs: number;
  readonly statementMs: number;
  readonly lockMs: number;
  readonly idleInTransactionMs: number;
  /** On our side, where the server's word may never come. */
  readonly queryMs: number;
}

/** The one connection pool of a process, as MikroORM for reading entities and as pg for everything that must be fast. */
export interface Database {
  readonly orm: MikroORM<PostgreSqlDriver>;
  readonly pool: Pool;
  readonly connectionString: string;
  close(): Promise<void>;
}

const BOUNDS: DatabaseBounds = {
  connectMs: 10_000,
  statementMs: 60_000,
  lockMs: 15_000,
  idleInTransactionMs: 60_000,
  queryMs: 70_000,
};

/** Reads by the API's resolvers: bounded apart, so that they leave connections to what writes. */
const READ_CONNECTIONS = 8;

/**
 * Bars come in a burst a minute, and their connections are kept over the pause: a new one costs a process of the server and
 * the derivation of a key on both sides.
 */
const IDLE_MS = 300_000;

export function poolOptions(options: DatabaseOptions) {
  const bounds = { ...BOUNDS, ...options.bounds };
  return {
    statement_timeout: bounds.statementMs,
    lock_timeout: bounds.lockMs,
    idle_in_transaction_session_timeout: bounds.idleInTransactionMs,
    query_timeout: bounds.queryMs,
    connectionTimeoutMillis: bounds.connectMs,
    connectionString: options.connectionString,
    max: options.poolSize ?? 20,
    keepAlive: true,
    idleTimeoutMillis: IDLE_MS,
    application_name: 'tradegraph',
  };
}

/** Connects; throws when the database does not answer. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = new Pool(poolOptions(options));
  surviveLostConnections(pool);
  const orm = await MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    clientUrl: options.connectionString,
    // MikroORM takes host, user and database out of the URL, but neither TLS nor bounds.
    driverOptions: { ...poolOptions(options), max: Math.min(READ_CONNECTIONS, options.poolSize ?? READ_CONNECTIONS) },
    entities: ENTITIES,
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
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
