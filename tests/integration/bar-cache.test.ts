import { mkdtemp, readdir, readFile, rm, truncate, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CachedBarLoader, type CachedBarLoaderOptions } from '../../src/adapters/bar-cache/cached-bar-loader.js';
import { dataHash } from '../../src/adapters/bar-cache/data-hash.js';
import { PgBarHistory } from '../../src/adapters/postgres/bar-history.js';
import { BAR_SERIES_COLUMNS } from '../../src/domain/bar-columns.js';
import type { Bar, BarSeries } from '../../src/domain/bar.js';
import type { BarRange } from '../../src/ports/bar-history.js';
import { BITCOIN, makeBar, MINUTE_MS } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';

/** The end of a month lies in the middle of the bars. */
const START = Date.UTC(2024, 1, 29, 22);
const COUNT = 300;
const RANGE: BarRange = { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', from: START, to: START + COUNT * MINUTE_MS };

let market: MarketDatabase;
let directory: string;
let faults: string[];

beforeAll(async () => {
  market = await openMarketDatabase();
});
afterAll(() => market?.close());
beforeEach(async () => {
  await market.clear();
  directory = join(await mkdtemp(join(tmpdir(), 'tradegraph-cache-')), 'cache');
  faults = [];
  return () => rm(join(directory, '..'), { recursive: true, force: true });
});

const minutes = (count: number, from = START): Bar[] =>
  Array.from({ length: count }, (_, index) =>
    makeBar({ timestamp: from + index * MINUTE_MS, close: 95 + (index % 10), volume: index % 7 }),
  );
const store = (bars: readonly Bar[]) => market.unitOfWork.transaction((tx) => market.bars.upsert(tx, bars));
const loader = (options: Partial<CachedBarLoaderOptions> = {}) =>
  new CachedBarLoader({
    history: new PgBarHistory(market.database.pool),
    directory,
    onFault: (_path, error) => faults.push(String(error)),
    ...options,
  });
const columnsOf = (series: BarSeries) => BAR_SERIES_COLUMNS.map((name) => [...series[name]]);
const files = async () => (await readdir(directory)).toSorted();

describe('loading bars for a backtest', () => {
  it('gives the same bars and hash from the database and from the cache', async () => {
    await store(minutes(COUNT + 5));
    const first = await loader().load(RANGE);
    const second = await loader().load(RANGE);
    expect([first.origin, second.origin]).toEqual(['DATABASE', 'CACHE']);
    expect(columnsOf(second.series)).toEqual(columnsOf(first.series));
    expect(columnsOf(first.series)).toEqual(
      columnsOf(await market.bars.range('BTC-USD', 'ONE_MINUTE', RANGE.from, RANGE.to, COUNT)),
    );
    expect(second.dataHash).toBe(first.dataHash);
    expect(dataHash(second.series)).toBe(first.dataHash);
    expect(new Set(BAR_SERIES_COLUMNS.map((name) => second.series[name].buffer)).size).toBe(1);
    expect(faults).toEqual([]);
  });

  const changes: Record<string, (bars: readonly Bar[]) => Promise<unknown>> = {
    'the correction of its first bar': ([first]) => store([{ ...first!, close: 99.5 }]),
    'the correction of a bar in the middle': (bars) => store([{ ...bars[200]!, volume: 8 }]),
    'a correction by bulk load': (bars) =>
      market.unitOfWork.transaction((tx) => market.bars.load(tx, [{ ...bars.at(-1)!, low: 80 }])),
    'a bar that was missing': () => store([makeBar({ timestamp: START + 250 * MINUTE_MS })]),
    'a deleted bar': () =>
      market.database.pool.query('DELETE FROM market_data WHERE "timestamp" = $1', [new Date(START + MINUTE_MS)]),
    'a bar deleted and put back with another price': async ([first]) => {
      await market.database.pool.query('DELETE FROM market_data WHERE "timestamp" = $1', [new Date(START)]);
      await store([{ ...first!, close: 91 }]);
    },
    'everything deleted and loaded anew': async (bars) => {
      await market.clear();
      await store(bars.map((bar) => ({ ...bar, close: 96 })));
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`reads anew after ${name}, and keeps one file for the range`, async () => {
      const bars = minutes(COUNT).filter((_, index) => index !== 250);
      await store(bars);
      const before = await loader().load(RANGE);
      await change(bars);
      const after = await loader().load(RANGE);
      expect(after.origin).toBe('DATABASE');
      expect(after.dataHash).not.toBe(before.dataHash);
      expect(columnsOf(after.series)).toEqual(
        columnsOf(await market.bars.range('BTC-USD', 'ONE_MINUTE', RANGE.from, RANGE.to, COUNT)),
      );
      expect((await loader().load(RANGE)).origin).toBe('CACHE');
      expect(await files()).toHaveLength(1);
    });
  }

  it('stays with the cache when other series and other months change, or a repeat changes nothing', async () => {
    const bars = minutes(COUNT);
    await store(bars);
    await loader().load(RANGE);
    await store(bars);
    await store([makeBar({ symbol: 'ETH-USD', timestamp: START })]);
    await store([makeBar({ timestamp: Date.UTC(2024, 3, 1) })]);
    expect((await loader().load(RANGE)).origin).toBe('CACHE');
  });

  it('sees a new bar in a timeframe that it aggregates', async () => {
    await market.unitOfWork.transaction((tx) => market.instruments.saveInstrument(tx, BITCOIN));
    await store(minutes(COUNT));
    const hours: BarRange = { ...RANGE, timeframe: 'ONE_HOUR' };
    const first = await loader().load(hours);
    expect([...first.series.timestamps]).toHaveLength(5);
    expect((await loader().load(hours)).origin).toBe('CACHE');
    await store([makeBar({ timestamp: START + 5 * MINUTE_MS, high: 500 })]);
    const second = await loader().load(hours);
    expect([second.origin, second.series.highs[0]]).toEqual(['DATABASE', 500]);
  });

  it('answers no bars for a symbol that is not stored, and keeps no file of it', async () => {
    const { series } = await loader().load({ ...RANGE, symbol: 'NONE/../X' });
    expect(series.closes).toHaveLength(0);
    await expect(files()).rejects.toThrow('ENOENT');
  });

  it('reads a long range over two connections, in order and whole', async () => {
    const count = 60_000;
    await market.database.pool.query(
      `INSERT INTO market_data (symbol, timeframe, "timestamp", close_time, open, high, low, close, volume, adjustment, source)
       SELECT 'LONG', 'ONE_MINUTE', t, t + interval '1 minute', i, i + 1, i, i + 1, i % 7, 'RAW', 'csv'
       FROM generate_series(1, $1::int) i, LATERAL (SELECT timestamptz '2024-01-01Z' + i * interval '1 minute') at (t)`,
      [count],
    );
    const { series } = await loader().load({ symbol: 'LONG', timeframe: 'ONE_MINUTE', from: -8e15, to: 8e15 });
    expect(series.opens).toHaveLength(count);
    expect(series.opens.every((open, index) => open === index + 1)).toBe(true);
    expect(series.timestamps.every((time, index) => time === Date.UTC(2024, 0, 1) + (index + 1) * MINUTE_MS)).toBe(
      true,
    );
  });
});

describe('a cache file that is not what was written', () => {
  const damages: Record<string, (path: string) => Promise<unknown>> = {
    empty: (path) => truncate(path, 0),
    'cut off inside of its header': (path) => truncate(path, 100),
    'cut off inside of its columns': (path) => truncate(path, 5000),
    'longer than it says': async (path) => writeFile(path, Buffer.concat([await readFile(path), Buffer.alloc(48)])),
    'one bit different in its columns': (path) => flip(path, 4321),
    'one bit different in its header': (path) => flip(path, 30),
    'something else': (path) => writeFile(path, 'Date,Open\n'.repeat(1000)),
    'a directory': async (path) => {
      await rm(path);
      await mkdir(path);
    },
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`is told and not used when it is ${name}, also by who has read it before`, async () => {
      await store(minutes(COUNT));
      // It has read the file before, and then reads it without a check while nothing has changed.
      const experienced = loader();
      const before = await experienced.load(RANGE);
      expect((await experienced.load(RANGE)).origin).toBe('CACHE');
      const [file] = await files();
      await damage(join(directory, file!));
      const after = await experienced.load(RANGE);
      expect([after.origin, after.dataHash]).toEqual(['DATABASE', before.dataHash]);
      expect(faults.length).toBeGreaterThan(0);
      if (name !== 'a directory') expect((await loader().load(RANGE)).origin).toBe('CACHE');
    });
  }

  it('is told when it was renamed to another version', async () => {
    await store(minutes(COUNT));
    await loader().load(RANGE);
    const [old] = await files();
    const content = await readFile(join(directory, old!));
    await store([makeBar({ timestamp: START, close: 99 })]);
    await loader().load(RANGE);
    const [name] = await files();
    await writeFile(join(directory, name!), content);
    expect((await loader().load(RANGE)).origin).toBe('DATABASE');
    expect(faults.join()).toContain('another series');
  });

  it('is no obstacle when there is no room or right to write one', async () => {
    await store(minutes(COUNT));
    await mkdir(join(directory, '..'), { recursive: true });
    await writeFile(directory, 'a file where the directory should be');
    const loaded = await loader().load(RANGE);
    expect([loaded.origin, loaded.series.closes.length]).toEqual(['DATABASE', COUNT]);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('makes room for newer ones above the limit, and never for good', async () => {
    await store(minutes(COUNT));
    const maxBytes = 3 * (128 + 100 * 48);
    for (let start = 0; start < 5; start += 1) {
      const from = START + start * MINUTE_MS;
      await loader({ maxBytes }).load({ ...RANGE, from, to: from + 100 * MINUTE_MS });
    }
    expect(await files()).toHaveLength(3);
  });
});

async function flip(path: string, offset: number): Promise<void> {
  const content = await readFile(path);
  content[offset]! ^= 1;
  await writeFile(path, content);
}
