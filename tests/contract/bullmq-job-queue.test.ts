import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Client } from 'pg';
import { openPostgresJobQueue } from '../../src/adapters/queue/open-job-queue.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { recordingLogger } from '../support/recording-logger.js';
import { describeJobQueue } from './job-queue.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database?.drop());

const open = () => openPostgresJobQueue({ connectionString: database.connectionString, logger: recordingLogger() });

describeJobQueue('BullMQ on PostgreSQL', open);

it('keeps BullMQ in its own schema and opens no more connections than it may', async () => {
  const observer = new Client({ connectionString: database.connectionString, application_name: 'observer' });
  await observer.connect();
  // What the queues of other tests had is still seen for a moment after they closed.
  const connections = async () => {
    const { rows } = await observer.query<{ connections: number }>(
      `SELECT count(*)::int AS connections FROM pg_stat_activity
       WHERE datname = current_database() AND application_name <> 'observer'`,
    );
    return rows[0]?.connections;
  };
  await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 10_000, interval: 20 });
  const queue = await open();
  const job = { name: 'bounded', attempts: 1, concurrency: 4, parse: () => ({}), run: async () => undefined };
  await queue.work(job);
  await Promise.all(Array.from({ length: 40 }, () => queue.enqueue(job, {})));
  expect(await connections()).toBeLessThanOrEqual(12);
  const { rows } = await observer.query<{ leaked: number }>(
    "SELECT count(*)::int AS leaked FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%bullmq%'",
  );
  expect(rows[0]?.leaked).toBe(0);
  await queue.close(5000);
  await observer.end();
});

const killedJob = (run: () => Promise<void>) => ({
  name: 'killed',
  attempts: 1,
  concurrency: 1,
  parse: () => ({}),
  run,
});

it('takes up at once what a killed process was doing, where it is alone, and queues it no second time', async () => {
  const gate = new AbortController();
  const stuck = new Promise<void>((resolve) => gate.signal.addEventListener('abort', () => resolve()));
  const started = vi.fn<() => Promise<void>>(() => stuck);
  const killed = await open();
  const id = await killed.enqueue(killedJob(started), {}, { id: 'once' });
  await killed.work(killedJob(started));
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(1), { timeout: 15_000, interval: 20 });
  // Its job stays as a kill leaves it: active, and locked for a while.
  await killed.close(0);
  const alone = await openPostgresJobQueue({
    connectionString: database.connectionString,
    logger: recordingLogger(),
    isAlone: true,
  });
  const again = vi.fn<() => Promise<void>>(async () => undefined);
  expect(await alone.enqueue(killedJob(again), {}, { id: 'once' })).toBe(id);
  const began = performance.now();
  await alone.work(killedJob(again));
  await vi.waitFor(() => expect(again).toHaveBeenCalledTimes(1), { timeout: 14_000, interval: 20 });
  expect(performance.now() - began).toBeLessThan(10_000);
  await vi.waitFor(async () => expect(await alone.status()).toMatchObject([{ waiting: 0, active: 0, failed: 0 }]), {
    timeout: 5000,
    interval: 20,
  });
  gate.abort();
  await alone.close(5000);
});
