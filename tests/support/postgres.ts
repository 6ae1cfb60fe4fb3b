import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { TestClusterAnswer } from './global-postgres.js';
import { withDatabase } from './test-cluster.js';

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
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

async function askForCluster(): Promise<Exclude<TestClusterAnswer, { error: string }>> {
  const socket = connect(inject('testClusterSocket'));
  const answer = JSON.parse(await text(socket)) as TestClusterAnswer;
  if ('error' in answer) throw new Error(`the test cluster did not start: ${answer.error}`);
  return answer;
}
