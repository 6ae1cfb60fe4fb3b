import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PgReplayTurn } from '../../src/adapters/postgres/replay-turn.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

const LEASE_MS = 60_000;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await startTestDatabase();
  pool = new Pool({ connectionString: database.connectionString });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('the turn to play a replay has one owner at a time, until it is given back or its lease is over', async () => {
  const [one, other] = [new PgReplayTurn(pool, 'one'), new PgReplayTurn(pool, 'other')];
  expect(await one.isRunning()).toBe(false);
  const claims = await Promise.all([one.claim(false, LEASE_MS), other.claim(false, LEASE_MS)]);
  expect(claims.filter(Boolean)).toHaveLength(1);
  const [owner, stranger] = claims[0] ? [one, other] : [other, one];
  expect([await owner.claim(true, LEASE_MS), await stranger.claim(false, LEASE_MS)]).toEqual([true, false]);
  expect(await stranger.isRunning()).toBe(true);

  await stranger.release();
  expect(await stranger.claim(false, LEASE_MS)).toBe(false);
  await owner.release();
  expect(await owner.isRunning()).toBe(false);
  expect(await stranger.claim(true, LEASE_MS)).toBe(true);

  await pool.query("UPDATE replay_turn SET lease_until = now() - interval '1 ms'");
  expect([await stranger.isRunning(), await owner.claim(true, LEASE_MS)]).toEqual([false, true]);
  expect(await stranger.claim(true, LEASE_MS)).toBe(false);
});
