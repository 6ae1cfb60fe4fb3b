import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExportThreads } from '../../src/adapters/backtests/export-threads.js';
import { backtestExportsRouter } from '../../src/api/backtest-exports.js';
import type { RunBacktestCommand } from '../../src/services/backtesting/backtest-command.js';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { makeCommand, openBacktesting } from '../support/backtesting.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';

const BARS = 5_000;
const PARAMS = { fast: 3, slow: 6 };
let market: MarketDatabase;
let cacheDirectory: string;
let service: ReturnType<typeof openBacktesting>;
let api: TestApi;
let nativeId: string;
let foreignId: string;

const barAt = (index: number, lift = 0) => {
  const close = 100 + lift + 5 * Math.sin(index / 7);
  const timestamp = SOME_MINUTE + index * MINUTE_MS;
  return makeBar({ timestamp, open: close, high: close + 1, low: close - 1, close, volume: 1_000 });
};

async function queued(command: Partial<RunBacktestCommand>): Promise<string> {
  const taken = await service.runBacktest.execute(makeCommand(command));
  if (!taken.ok) throw new Error(taken.error[0]?.message);
  return taken.value.backtestId;
}

async function done(command: Partial<RunBacktestCommand>): Promise<string> {
  const id = await queued(command);
  expect(await service.executeBacktest.execute(id)).toEqual({ status: 'DONE' });
  return id;
}

beforeAll(async () => {
  market = await openMarketDatabase();
  cacheDirectory = await mkdtemp(join(tmpdir(), 'tradegraph-exports-'));
  await market.unitOfWork.transaction(async (tx) => {
    await market.instruments.saveInstrument(tx, BITCOIN);
    await market.bars.load(
      tx,
      Array.from({ length: BARS }, (_, index) => barAt(index)),
    );
  });
  service = openBacktesting(market, { cacheDirectory });
  nativeId = await done({ params: PARAMS });
  foreignId = await done({ params: PARAMS, profile: 'backtesting.py' });
  const exporter = new ExportThreads({ connectionString: market.database.connectionString, cacheDirectory });
  api = await startTestApi({ privateRouters: [backtestExportsRouter({ exporter })] });
});

afterAll(async () => {
  await api.close();
  await market.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

const get = (id: string, file: string): Promise<Response> => fetch(`${api.url}/backtests/${id}/${file}`);
const textOf = async (id: string, file: string): Promise<string> => (await get(id, file)).text();

describe('a finished backtest', () => {
  it('is a report of one page, which can reach nobody', async () => {
    const answer = await get(nativeId, 'report.html');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox allow-scripts');
    expect(policy).not.toContain('allow-same-origin');
    const page = await answer.text();
    expect(page).toContain('sma-cross on BTC-USD');
    expect(page).toContain('Buy and hold');
    expect(page.trimEnd().endsWith('</html>')).toBe(true);
  });

  it('is JSON with what it was made of', async () => {
    const answer = await get(nativeId, 'result.json');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const result = (await answer.json()) as { readonly trades: readonly unknown[] };
    const { rows } = await market.database.pool.query<{ data_hash: string; trips: number }>(
      `SELECT data_hash, (SELECT count(*)::int FROM round_trips WHERE backtest_id = id) AS trips
       FROM backtests WHERE id = $1`,
      [nativeId],
    );
    expect(result).toMatchObject({
      profile: 'native',
      strategy: 'sma-cross',
      params: PARAMS,
      provenance: { dataHash: rows[0]!.data_hash, barCount: BARS },
    });
    expect(rows[0]!.trips).toBeGreaterThan(100);
    expect(result.trades.length).toBe(rows[0]!.trips);
  });

  it('is a curve as CSV, a row an instant, beside what holding was worth', async () => {
    const answer = await get(nativeId, 'equity.csv');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="backtest-${nativeId}-equity.csv"`);
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(BARS + 1);
    expect(lines[0]).toBe('Time,Equity,DrawdownPct,Benchmark');
    expect(lines[1]).toBe(`${new Date(SOME_MINUTE).toISOString()},10000,0,10000`);
  });

  it('has its round trips as CSV', async () => {
    const lines = (await textOf(nativeId, 'trades.csv')).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^symbol,units,entryTime,/);
    expect(lines[1]).toMatch(/^BTC-USD,/);
  });

  it('has the statistics of backtesting.py in the order of that program', async () => {
    const answer = await textOf(foreignId, 'result.json');
    const { stats, trades } = JSON.parse(answer) as { stats: object; trades: object[] };
    expect(trades[0]).toHaveProperty('EntryBar');
    expect(Object.keys(stats).slice(0, 4)).toEqual(['Start', 'End', 'Duration', 'Exposure Time [%]']);
  });

  it('is handed out to those who wait behind clients that go away', async () => {
    const url = `${api.url}/backtests/${nativeId}/equity.csv`;
    const [whole] = await Promise.all([textOf(nativeId, 'equity.csv'), brokenOff(url), brokenOff(url)]);
    expect(whole.split('\n')).toHaveLength(BARS + 2);
  });
});

/** Takes the first bytes, and closes the connection. */
const brokenOff = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request(url, (answer) => {
      answer.once('data', () => asked.destroy());
      answer.once('close', () => resolve());
      answer.on('error', () => undefined);
    });
    asked.on('error', reject);
    asked.end();
  });

describe('nothing is handed out', () => {
  it.each([
    ['for an id that is none', 'nothing'],
    ['for the id of nothing', '00000000-0000-4000-8000-000000000000'],
  ])('%s', async (_what, id) => {
    const answer = await get(id, 'report.html');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await answer.text()).toBe(`There is no backtest "${id}".\n`);
  });

  it('of a backtest without a result', async () => {
    const id = await queued({ params: PARAMS, name: 'waits' });
    const answer = await get(id, 'result.json');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe(`Backtest ${id} has no result: it is QUEUED.\n`);
  });

  it('to another host, or under another name', async () => {
    const foreign = await fetch(`${api.url}/backtests/${nativeId}/result.json`, {
      headers: { origin: 'http://evil.example' },
    });
    expect(foreign.status).toBe(403);
    await foreign.arrayBuffer();
    expect((await get(nativeId, 'spec.json')).status).toBe(404);
  });
});

it('leaves out what holding was worth, once the bars are not those of the run any more', async () => {
  const id = await done({ params: PARAMS, profile: 'native', seed: 11 });
  await market.unitOfWork.transaction((tx) => market.bars.upsert(tx, [barAt(100, 1)]));
  expect((await textOf(id, 'equity.csv')).split('\n')[0]).toBe('Time,Equity,DrawdownPct');
  expect(await textOf(id, 'report.html')).toContain('sma-cross on BTC-USD');
});
