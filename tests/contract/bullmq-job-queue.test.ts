import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pool } from 'pg';
import { BullMqJobQueue } from '../../src/adapters/queue/bullmq-job-queue.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { recordingLogger } from '../support/recording-logger.js';
import { describeJobQueue } from './job-queue.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database?.drop());

const open = () => BullMqJobQueue.open({ connectionString: database.connectionString, logger: recordingLogger() });

describeJobQueue('BullMQ on PostgreSQL', open);

it('keeps BullMQ in its own schema and opens no more connections than it may', async () => {
  const queue = await open();
  const pool = new Pool({ connectionString: database.connectionString, max: 1, application_name: 'observer' });
  const job = { name: 'bounded', attempts: 1, concurrency: 4, parse: () => ({}), run: async () => undefined };
  await queue.work(job);
  await Promise.all(Array.from({ length: 40 }, () => queue.enqueue(job, {})));
  const { rows } = await pool.query<{ connections: number; leaked: number }>(
    `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'observer') AS connections,
            (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%bullmq%') AS leaked`,
  );
  expect(rows[0]?.connections).toBeLessThanOrEqual(8);
  expect(rows[0]?.leaked).toBe(0);
  await queue.close(5000);
  await pool.end();
});
