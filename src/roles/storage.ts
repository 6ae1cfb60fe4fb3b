import { join } from 'node:path';
import { openDatabase, type Database } from '../adapters/postgres/database.js';
import { findRunningServer, startEmbeddedPostgres } from '../adapters/postgres/embedded/index.js';
import { awaitDatabase } from '../adapters/postgres/await-database.js';
import { migrate } from '../adapters/postgres/migrate.js';
import type { Config } from '../config/config.js';
import type { Steps } from './steps.js';

export interface Storage {
  readonly database: Database;
  close(): Promise<void>;
}

type StorageConfig = Pick<
  Config,
  | 'DATABASE_URL'
  | 'DATABASE_POOL_SIZE'
  | 'DATABASE_WAIT_SECONDS'
  | 'DATABASE_CONNECT_SECONDS'
  | 'DATABASE_STATEMENT_SECONDS'
  | 'DATABASE_LOCK_SECONDS'
  | 'DATABASE_IDLE_IN_TRANSACTION_SECONDS'
  | 'DATABASE_QUERY_SECONDS'
  | 'TRADEGRAPH_HOME'
>;

export interface Server {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export const embeddedPaths = (home: string) => ({
  dataDir: join(home, 'postgres'),
  secretsFile: join(home, 'postgres.json'),
});

/**
 * Opens the database of this configuration, migrated: the embedded server, which this process then owns, or the one that
 * DATABASE_URL names. `onLost` is told when the embedded server goes away by itself.
 */
export async function openStorage(
  config: StorageConfig,
  steps: Steps,
  onLost: (error: Error) => void,
  signal?: AbortSignal,
): Promise<Storage> {
  const server =
    config.DATABASE_URL === undefined
      ? await ownServer(config.TRADEGRAPH_HOME, steps, onLost)
      : await foreignServer(config.DATABASE_URL, config, steps, signal);
  return openOn(server, config, steps, signal);
}

/** For commands that run beside a started Tradegraph: its embedded server when one is up, a server of their own otherwise. */
export async function openSharedStorage(config: StorageConfig, steps: Steps): Promise<Storage> {
  return openOn(await openServer(config, steps, 'SHARED'), config, steps);
}

/**
 * The server alone, for commands that take the schema as it is. SHARED: beside a started Tradegraph, whose embedded
 * server it then is. OWN: refused while a started Tradegraph owns the embedded server.
 */
export async function openServer(config: StorageConfig, steps: Steps, use: 'SHARED' | 'OWN'): Promise<Server> {
  if (config.DATABASE_URL !== undefined) return foreignServer(config.DATABASE_URL, config, steps);
  const { dataDir, secretsFile } = embeddedPaths(config.TRADEGRAPH_HOME);
  const running = use === 'SHARED' ? await findRunningServer(dataDir, secretsFile).catch(() => null) : null;
  return running === null
    ? ownServer(config.TRADEGRAPH_HOME, steps, () => undefined)
    : runningServer(running.connectionString);
}

async function openOn(server: Server, config: StorageConfig, steps: Steps, signal?: AbortSignal): Promise<Storage> {
  try {
    const step = steps.begin('Database schema');
    const onWait = () => steps.say('    another process migrates the database');
    const applied = await migrate(server.connectionString, { onWait, ...(signal && { signal }) });
    step.done(applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`);
    const database = await openDatabase({
      connectionString: server.connectionString,
      poolSize: config.DATABASE_POOL_SIZE,
      bounds: {
        connectMs: config.DATABASE_CONNECT_SECONDS * 1000,
        statementMs: config.DATABASE_STATEMENT_SECONDS * 1000,
        lockMs: config.DATABASE_LOCK_SECONDS * 1000,
        idleInTransactionMs: config.DATABASE_IDLE_IN_TRANSACTION_SECONDS * 1000,
        queryMs: config.DATABASE_QUERY_SECONDS * 1000,
      },
    });
    return {
      database,
      async close() {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const runningServer = (connectionString: string): Server => ({ connectionString, stop: async () => undefined });

/** The user's own server: waited for while it is away, as it may be starting beside us. */
async function foreignServer(
  connectionString: string,
  config: StorageConfig,
  steps: Steps,
  signal?: AbortSignal,
): Promise<Server> {
  const step = steps.begin('PostgreSQL');
  const major = await awaitDatabase({
    connectionString,
    patienceMs: config.DATABASE_WAIT_SECONDS * 1000,
    onWait: (reason) => steps.say(`    ${reason}; asked again for ${config.DATABASE_WAIT_SECONDS} s`),
    ...(signal && { signal }),
  });
  step.done(`version ${major}`);
  return runningServer(connectionString);
}

async function ownServer(home: string, steps: Steps, onLost: (error: Error) => void): Promise<Server> {
  const step = steps.begin('PostgreSQL');
  try {
    const server = await startEmbeddedPostgres({
      ...embeddedPaths(home),
      onStep: (text) => steps.say(`    ${text}`),
      onLost,
    });
    step.done(server.adopted ? 'adopted the server that a killed Tradegraph left running' : `data in ${home}`);
    return server;
  } catch (error) {
    step.failed(error instanceof Error ? error.message : String(error));
    throw error;
  }
}
