import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poolOptions } from '../../src/adapters/postgres/database.js';
import { EventReader } from '../../src/adapters/postgres/event-log/event-reader.js';
import { PgUnitOfWork } from '../../src/adapters/postgres/transaction.js';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

const BACKLOG = 3000;
const LIMIT = 100;
const PART = 3;

describe('reading the event log with a long backlog', () => {
  let database: TestDatabase;
  /** One connection: its own counters can be asked for. */
  let pool: Pool;

  beforeAll(async () => {
    database = await startTestDatabase();
    pool = new Pool(poolOptions({ connectionString: database.connectionString, poolSize: 1 }));
    const symbol = SYMBOL_OF_PARTITION[PART] ?? '';
    await new PgUnitOfWork(pool).transaction(async (tx) => {
      for (let number = 0; number < BACKLOG; number += 1) tx.append(anomalyEvent(symbol, number));
    });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  async function rowsFetched(): Promise<number> {
    await pool.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await pool.query<{ fetched: number }>(
      "SELECT (idx_tup_fetch + seq_tup_read)::int AS fetched FROM pg_stat_user_tables WHERE relname = 'event_log'",
    );
    return rows[0]?.fetched ?? NaN;
  }

  it('touches the events that it answers and not those behind them', async () => {
    const before = await rowsFetched();
    const events = await new EventReader(pool).read('anomalies', PART, 50, LIMIT);
    const fetched = (await rowsFetched()) - before;

    expect(events.map(({ off }) => off)).toEqual(Array.from({ length: LIMIT }, (_, index) => 50 + index));
    expect(fetched).toBe(LIMIT);
  });
});
