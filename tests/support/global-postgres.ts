import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { EmbeddedPostgres } from '../../src/adapters/postgres/embedded/index.js';
import { withDatabase } from './test-cluster.js';

/** What a test file gets when it asks for the cluster: one line of JSON. */
export type TestClusterAnswer =
  { readonly adminConnectionString: string; readonly template: string } | { readonly error: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the socket that answers with a TestClusterAnswer. */
    testClusterSocket: string;
  }
}

const TEMPLATE = 'tradegraph_template';
const DIRECTORY_PREFIX = 'tradegraph-tests-';

/**
 * One PostgreSQL for the whole run, with one migrated template database. It is started by the first test file that asks
 * for it, so a run of unit tests alone pays nothing but the opening of a socket.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  const socketPath = join(directory, 'cluster.sock');
  let cluster: Promise<{ postgres: EmbeddedPostgres; template: string }> | null = null;

  const server = createServer((socket) => {
    // A test file that is interrupted closes its end without reading the answer.
    socket.on('error', () => undefined);
    cluster ??= startCluster(directory);
    cluster.then(
      ({ postgres, template }) => socket.end(answer({ adminConnectionString: postgres.connectionString, template })),
      (error: unknown) =>
        socket.end(answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })),
    );
  });
  await listen(server, socketPath);
  project.provide('testClusterSocket', socketPath);

  return async () => {
    server.close();
    await cluster?.then(({ postgres }) => postgres.stop()).catch(() => undefined);
    await rm(directory, { recursive: true, force: true });
  };
}

async function startCluster(directory: string): Promise<{ postgres: EmbeddedPostgres; template: string }> {
  const { startEmbeddedPostgres } = await import('../../src/adapters/postgres/embedded/index.js');
  await removeAbandoned();
  const [postgres, { migrate }] = await Promise.all([
    startEmbeddedPostgres({ ...placesIn(directory), durability: 'none' }),
    import('../../src/adapters/postgres/migrate.js'),
  ]);
  try {
    await withDatabase(postgres.connectionString, (client) => client.query(`CREATE DATABASE ${TEMPLATE}`));
    const template = new URL(postgres.connectionString);
    template.pathname = `/${TEMPLATE}`;
    await migrate(template.href);
    return { postgres, template: TEMPLATE };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function placesIn(directory: string): { dataDir: string; secretsFile: string } {
  return { dataDir: join(directory, 'postgres'), secretsFile: join(directory, 'secrets.json') };
}

/** Ends and removes what runs that were killed have left; each directory's name tells the process it belongs to. */
async function removeAbandoned(): Promise<void> {
  const { findRunningServer } = await import('../../src/adapters/postgres/embedded/index.js');
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${DIRECTORY_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const { dataDir, secretsFile } = placesIn(join(tmpdir(), name));
    try {
      const server = await findRunningServer(dataDir, secretsFile);
      if (server !== null) process.kill(server.pid, 'SIGQUIT');
      await rm(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Another user's, or another run is removing it as well: not ours to insist on.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function answer(content: TestClusterAnswer): string {
  return `${JSON.stringify(content)}\n`;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}
