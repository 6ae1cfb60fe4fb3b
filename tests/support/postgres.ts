import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { inject } from 'vitest';
import type { TestClusterAnswer } from './global-postgres.js';
import { withDatabase } from './test-cluster.js';

/** What is open after this is meant to be. */
const SESSIONS_END_MS = 300;

export interface TestDatabase {
  /** postgres://..., of a superuser. */
  readonly connectionString: string;
  /** Cuts off all sessions and removes the database. */
  drop(): Promise<void>;
}

/**
 * A database of its own for a test file, migrated, on the run's shared PostgreSQL. Call it in `beforeAll`, and `drop()` in
 * `afterAll`. The first call of a run takes about 2 s (the cluster and the template are made), each other about 50 ms.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  const { adminConnectionString, template } = await askForCluster();
  const name = `test_${randomBytes(6).toString('hex')}`;
  // With fsync off, copying files is quicker than writing the copy through the log.
  await withDatabase(adminConnectionString, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`),
  );
  const connectionString = new URL(adminConnectionString);
  connectionString.pathname = `/${name}`;
  return {
    connectionString: connectionString.href,
    drop: () =>
      withDatabase(adminConnectionString, async (client) => {
        await sessionsEnded(client, name);
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** A pool that has ended may still be closing its connections: cut off, they would report an error that nobody listens for. */
async function sessionsEnded(client: Client, database: string): Promise<void> {
  const end = performance.now() + SESSIONS_END_MS;
  while (performance.now() < end) {
    const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [database]);
    if (rowCount === 0) return;
    await delay(5);
  }
}

async function askForCluster(): Promise<Exclude<TestClusterAnswer, { error: string }>> {
  const socket = connect(inject('testClusterSocket'));
  const answer = JSON.parse(await text(socket)) as TestClusterAnswer;
  if ('error' in answer) throw new Error(`the test cluster did not start: ${answer.error}`);
  return answer;
}
