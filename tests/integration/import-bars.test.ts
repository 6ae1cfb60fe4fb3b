import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBarFile } from '../../src/adapters/csv/read-bar-file.js';
import { ImportBars } from '../../src/services/ingestion/import-bars.js';
import type { Timeframe } from '../../src/domain/timeframe.js';
import { BITCOIN, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { REFERENCE_DATA } from '../support/recorded-exchanges.js';

const NOW = Date.UTC(2026, 0, 1);
const DEFECTIVE = join(REFERENCE_DATA, 'bars/defective');

let market: MarketDatabase;
let folder: string;
beforeAll(async () => {
  market = await openMarketDatabase();
  folder = await mkdtemp(join(tmpdir(), 'tradegraph-import-'));
});
afterAll(async () => {
  await market?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() =>
  market.database.pool.query('TRUNCATE market_data, data_quality_issues, instruments, event_log CASCADE'),
);

const instrument = { ...BITCOIN, symbol: 'FILE', dataSource: 'csv' as const };

/** Chunks are small, so that a small file has several. */
function importFile(path: string, timeframe: Timeframe = 'ONE_DAY', signal?: AbortSignal) {
  const rows = readBarFile(path, { symbol: 'FILE', timeframe, adjustment: 'RAW', calendar: 'crypto', zone: 'UTC' });
  const options = { ...market, clock: { isReplay: false, now: () => NOW }, chunkRows: 1000 };
  return new ImportBars(options).import({ instrument, timeframe, rows }, undefined, signal);
}

describe('importing a file', () => {
  it('stores its bars in chunks as history, counts what it refuses, and changes nothing the second time', async () => {
    const lines = Array.from({ length: 2500 }, (_, index) => {
      const time = new Date(SOME_MINUTE + index * MINUTE_MS).toISOString();
      return index % 1000 === 17 ? `${time},1,1,5,1,1` : `${time},10,12,9,11,${index}`;
    });
    const path = join(folder, 'minutes.csv');
    await writeFile(path, ['Timestamp,Open,High,Low,Close,Volume', ...lines.toReversed()].join('\n'));
    const report = await importFile(path, 'ONE_MINUTE');
    expect(report).toMatchObject({
      read: 2500,
      inserted: 2497,
      corrected: 0,
      refused: 3,
      refusedByCode: { HIGH_BELOW_LOW: 3 },
    });
    expect(report.examples[0]).toEqual({
      line: 484,
      code: 'HIGH_BELOW_LOW',
      message: 'line 484: high: 1 is below low 5',
    });
    expect((await market.marketEvents()).map(({ type }) => type)).toEqual([
      'history_loaded',
      'history_loaded',
      'history_loaded',
    ]);
    expect(await market.bars.latest('FILE', 'ONE_MINUTE')).toMatchObject({
      timestamp: SOME_MINUTE + 2499 * MINUTE_MS,
    });
    expect(await importFile(path, 'ONE_MINUTE')).toMatchObject({ inserted: 0, corrected: 0, refused: 3 });
    expect(await market.marketEvents()).toHaveLength(3);
    expect(await market.instruments.dataQuality('FILE')).toMatchObject([{ code: 'HIGH_BELOW_LOW', count: 6 }]);
  });

  it('says of a file without the columns, or that is not there, what is wrong', async () => {
    const path = join(folder, 'other.csv');
    await writeFile(path, 'a,b\n1,2\n');
    await expect(importFile(path)).rejects.toThrow('the header names no Timestamp, Date or Time');
    await expect(importFile(join(folder, 'absent.csv'))).rejects.toThrow(/ENOENT/);
    await expect(importFile(folder)).rejects.toThrow(/EISDIR/);
  });

  it('stops when it is aborted', async () => {
    const path = join(folder, 'one.csv');
    await writeFile(path, 'Date,Open,High,Low,Close,Volume\n2024-01-02,1,1,1,1,1\n');
    await expect(importFile(path, 'ONE_DAY', AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

const hasDefective = existsSync(DEFECTIVE);
if (!hasDefective) console.warn(`skipped: no defective files in ${DEFECTIVE} (set REFERENCE_DATA)`);

describe.skipIf(!hasDefective)('importing the defective files of other projects', () => {
  it.each([
    ['bad.csv', 502],
    ['mismatch.csv', 502],
    ['penny.csv', 533],
    ['toobig.csv', 1246],
    ['zeros.csv', 200],
  ])('survives %s: each row is stored or counted', async (name, rows) => {
    const report = await importFile(join(DEFECTIVE, name));
    expect(report.read).toBe(rows);
    const { rows: counted } = await market.database.pool.query<{ stored: number }>(
      'SELECT count(*) AS stored FROM market_data',
    );
    expect(report.inserted).toBe(counted[0]?.stored);
    const sum = Object.values(report.refusedByCode).reduce((total, count) => total + count, 0);
    expect(sum).toBe(report.refused);
    expect(report.read - report.refused).toBeGreaterThanOrEqual(report.inserted);
  });

  it('refuses prices of zero', async () => {
    const report = await importFile(join(DEFECTIVE, 'zeros.csv'));
    expect(report).toMatchObject({ inserted: 0, refused: 200, refusedByCode: { PRICE_NOT_POSITIVE: 200 } });
  });
});
