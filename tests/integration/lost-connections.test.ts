import { afterAll, beforeAll, expect, it } from 'vitest';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { openDatabase, type Database } from '../../src/adapters/postgres/database.js';
import { openCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { withDatabase } from '../support/test-cluster.js';

let server: TestDatabase;
let proxy: CuttingProxy;
let database: Database;
/** What would have ended the process. */
const unexpected: unknown[] = [];
const note = (error: unknown): void => void unexpected.push(error);

beforeAll(async () => {
  server = await startTestDatabase();
  proxy = await openCuttingProxy(server.connectionString);
  database = await openDatabase({ connectionString: proxy.connectionString });
});
afterAll(async () => {
  await database.close();
  await proxy.close();
  await server.drop();
});

/** Runs `work` where what nobody catches is noted instead of ending the process. */
async function noting(work: () => Promise<void>): Promise<void> {
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  try {
    await work();
  } finally {
    process.off('uncaughtException', note);
    for (const listener of others) process.on('uncaughtException', listener);
  }
}

it('a connection that breaks while it reads bars fails the read, and does not end the process', async () => {
  const bars = new PgBarStore(database.pool);
  await noting(async () => {
    proxy.cutAfter('COPY (');
    await expect(bars.lastBars('BTC-USD', 'ONE_MINUTE', Date.now(), 30)).rejects.toThrow('Connection terminated');
    proxy.heal();
    // What is told as an event comes before the next answer.
    expect((await bars.lastBars('BTC-USD', 'ONE_MINUTE', Date.now(), 30)).timestamps).toHaveLength(0);
  });
  expect(unexpected).toEqual([]);
});

it('a connection that breaks while nobody uses it is replaced, and does not end the process', async () => {
  const { pool } = database;
  await noting(async () => {
    const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const removed = new Promise<void>((resolve) => void pool.once('remove', () => resolve()));
    await withDatabase(server.connectionString, (client) =>
      client.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]),
    );
    await removed;
    expect((await pool.query('SELECT 1')).rowCount).toBe(1);
  });
  expect(unexpected).toEqual([]);
});
