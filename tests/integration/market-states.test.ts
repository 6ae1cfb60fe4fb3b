import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { PgInstrumentStore } from '../../src/adapters/postgres/instrument-store.js';
import { marketsBefore } from '../../src/adapters/postgres/market-states.js';
import { pgTransaction, PgUnitOfWork } from '../../src/adapters/postgres/transaction.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let pool: Pool;
let unitOfWork: PgUnitOfWork;

const minute = (number: number, volume: number) =>
  makeBar({ timestamp: SOME_MINUTE + number * MINUTE_MS, close: 100 + number, volume });

beforeAll(async () => {
  database = await startTestDatabase();
  pool = new Pool({ connectionString: database.connectionString });
  unitOfWork = new PgUnitOfWork(pool, () => undefined);
  const [bars, instruments] = [new PgBarStore(pool), new PgInstrumentStore(pool)];
  await unitOfWork.transaction((tx) => instruments.saveInstrument(tx, BITCOIN));
  for (const version of [[minute(0, 1), minute(1, 2), minute(2, 3)], [minute(1, 20)], [minute(1, 21)]]) {
    await unitOfWork.transaction((tx) => bars.upsert(tx, version));
  }
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const marketBefore = async (timestamp: number) => {
  const asked = [
    { instrument: BITCOIN, timeframe: 'ONE_MINUTE' as const, timestamp },
    { instrument: { ...BITCOIN, symbol: 'NONE-USD' }, timeframe: 'ONE_MINUTE' as const, timestamp },
  ];
  const markets = await unitOfWork.transaction((tx) => marketsBefore(pgTransaction(tx), asked));
  expect(markets.has('NONE-USD')).toBe(false);
  return markets.get(BITCOIN.symbol);
};

it('gives an account that begins again the volumes that it has traded on, not their corrections', async () => {
  const market = await marketBefore(SOME_MINUTE + 3 * MINUTE_MS);
  expect(market).toMatchObject({ volumes: [1, 2, 3], lastTicks: 10_200, timeframeMs: MINUTE_MS });
  expect(market?.lastCloseTime).toBe(SOME_MINUTE + 3 * MINUTE_MS);
});

it('knows nothing before the first bar', async () => {
  expect(await marketBefore(SOME_MINUTE)).toBeUndefined();
});

it('gives it what came in one answer after an outage, and not what filled a gap when bars behind it were there', async () => {
  const bars = new PgBarStore(pool);
  const store = (...given: Parameters<typeof minute>[]) =>
    unitOfWork.transaction((tx) =>
      bars.upsert(
        tx,
        given.map(([number, volume]) => minute(number, volume)),
      ),
    );
  await store([5, 50], [6, 60], [7, 70]);
  expect(await marketBefore(SOME_MINUTE + 7 * MINUTE_MS)).toMatchObject({ volumes: [1, 2, 3, 50, 60] });
  await store([3, 30], [4, 40]);
  await store([8, 80]);
  await store([4, 41]);
  const market = await marketBefore(SOME_MINUTE + 9 * MINUTE_MS);
  expect(market).toMatchObject({ volumes: [1, 2, 3, 50, 60, 70, 80], lastTicks: 10_800 });
  // Of the gap's own bars, the first has nothing behind it that came before.
  expect(await marketBefore(SOME_MINUTE + 4 * MINUTE_MS)).toMatchObject({ volumes: [1, 2, 3, 30] });
});

it('finds the bars before a gap that was filled later, however long it was', async () => {
  const bars = new PgBarStore(pool);
  const gap = Array.from({ length: 60 }, (_, number) => ({
    ...minute(9, 1_000),
    timestamp: SOME_MINUTE + (10 + number) * MINUTE_MS,
  }));
  const behind = makeBar({ timestamp: SOME_MINUTE + 100 * MINUTE_MS, close: 100, volume: 100 });
  for (const stored of [[behind], gap]) await unitOfWork.transaction((tx) => bars.upsert(tx, stored));
  const market = await marketBefore(SOME_MINUTE + 101 * MINUTE_MS);
  expect(market).toMatchObject({ volumes: [1, 2, 3, 50, 60, 70, 80, 100] });
});
