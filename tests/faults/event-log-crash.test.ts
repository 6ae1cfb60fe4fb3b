import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { runWithFaults } from './event-log-harness.js';

/** FAULT_SECONDS for a long run, FAULT_SEED to choose the same kills and rollbacks again. */
const SECONDS = Number(process.env.FAULT_SECONDS ?? 5);
const SEED = Number(process.env.FAULT_SEED ?? 20_160_103);
const FAULTY_RUNS_MAX = 6;

describe('the event log under crashes', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await startTestDatabase();
    pool = new Pool({ connectionString: database.connectionString, application_name: 'fault-harness' });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it(
    'loses nothing, does nothing twice and keeps the order while processes are killed and connections cut',
    async () => {
      const { connectionString } = database;
      const run = await runWithFaults({ connectionString, pool, seed: SEED, seconds: SECONDS, consumer: 'consumer' });
      console.log(`seed ${SEED}: ${run.events} events, ${run.kills} kills, ${run.endedBackends} ended backends`);
      expect(run.violations).toEqual([]);
      expect(run.kills).toBeGreaterThan(0);
      expect(run.events).toBeGreaterThan(100);
    },
    (SECONDS + 60) * 1000,
  );

  it('finds the bug of an offset that is committed after the effect', async () => {
    const { connectionString } = database;
    let violations: readonly string[] = [];
    for (let attempt = 0; attempt < FAULTY_RUNS_MAX && violations.length === 0; attempt += 1) {
      const seed = SEED + attempt;
      const run = await runWithFaults({ connectionString, pool, seed, seconds: 2, consumer: 'faulty-consumer' });
      violations = run.violations;
    }
    expect(violations.join('\n')).toContain('an event was acted on more than once');
  }, 120_000);
});
