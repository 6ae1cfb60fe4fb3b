import { join } from 'node:path';
import { openDatabase, type Database } from '../adapters/postgres/database.js';
import { findRunningServer, startEmbeddedPostgres } from '../adapters/postgres/embedded/index.js';
import { migrate } from '../adapters/postgres/migrate.js';
import type { Config } from '../config/config.js';
import type { Steps } from './steps.js';

export interface Storage {
  readonly database: Database;
  close(): Promise<void>;
}

type StorageConfig = Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL_SIZE' | 'TRADEGRAPH_HOME'>;

interface Server {
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
): Promise<Storage> {
  const server =
    config.DATABASE_URL === undefined
      ? await ownServer(config.TRADEGRAPH_HOME, steps, onLost)
      : foreignServer(config.DATABASE_URL);
  return openOn(server, config, steps);
}

/** For commands that run beside a started Tradegraph: its embedded server when one is up, a server of their own otherwise. */
export async function openSharedStorage(config: StorageConfig, steps: Steps): Promise<Storage> {
  if (config.DATABASE_URL !== undefined) return openOn(foreignServer(config.DATABASE_URL), config, steps);
  const { dataDir, secretsFile } = embeddedPaths(config.TRADEGRAPH_HOME);
  const running = await findRunningServer(dataDir, secretsFile).catch(() => null);
  const server =
    running === null
      ? await ownServer(config.TRADEGRAPH_HOME, steps, () => undefined)
      : foreignServer(running.connectionString);
  return openOn(server, config, steps);
}

async function openOn(server: Server, config: StorageConfig, steps: Steps): Promise<Storage> {
  try {
    const step = steps.begin('Database schema');
    const applied = await migrate(server.connectionString);
    step.done(applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`);
    const database = await openDatabase({
      connectionString: server.connectionString,
      poolSize: config.DATABASE_POOL_SIZE,
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

const foreignServer = (connectionString: string): Server => ({ connectionString, stop: async () => undefined });

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
