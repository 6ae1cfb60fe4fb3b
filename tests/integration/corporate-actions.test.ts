import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PgCorporateActionStore } from '../../src/adapters/postgres/corporate-action-store.js';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import type { Adjustment, Bar } from '../../src/domain/bar.js';
import type { CorporateAction } from '../../src/domain/corporate-action.js';
import type { DataSource } from '../../src/domain/instrument.js';
import { PollSymbol } from '../../src/services/ingestion/poll-symbol.js';
import { LoadHistory } from '../../src/services/ingestion/load-history.js';
import { makeCommand, openBacktesting } from '../support/backtesting.js';
import { BITCOIN, makeBar } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { makeSearch, openSearching } from '../support/searching.js';
import { RecordedMetrics, silentLogger } from '../support/silent.js';

vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2020, 7, 1);
const SYMBOL = 'AAPL';
const split = (day: number, value: number, basis: Adjustment = 'RAW'): CorporateAction => {
  return { symbol: SYMBOL, exDate: FIRST + day * DAY_MS, kind: 'SPLIT', value, basis };
};
const dividend = (day: number, value: number, basis: Adjustment = 'RAW'): CorporateAction => {
  return { ...split(day, value, basis), kind: 'DIVIDEND' };
};

let market: MarketDatabase;
let store: PgCorporateActionStore;
let cacheDirectory: string;

beforeAll(async () => {
  market = await openMarketDatabase();
  store = new PgCorporateActionStore(market.database.pool);
  cacheDirectory = await mkdtemp(join(tmpdir(), 'tradegraph-actions-'));
});
afterAll(async () => {
  await market.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});
beforeEach(async () => {
  await market.clear();
  await market.database.pool.query('TRUNCATE corporate_actions, backtests, backtest_trials CASCADE');
});

const save = (actions: readonly CorporateAction[], source: DataSource = 'csv') =>
  market.unitOfWork.transaction((tx) => store.save(tx, actions, source));

/** Ten days at 100 before a 4:1 split, ten at 25 after it. */
function days(adjustment: Adjustment): Bar[] {
  return Array.from({ length: 20 }, (_, day) => {
    const price = day < 10 && adjustment === 'RAW' ? 100 : 25;
    const prices = { open: price, high: price, low: price, close: price, volume: 1e6 };
    const times = { timestamp: FIRST + day * DAY_MS, closeTime: FIRST + (day + 1) * DAY_MS };
    return makeBar({ symbol: SYMBOL, timeframe: 'ONE_DAY', adjustment, ...times, ...prices });
  });
}

async function storeBars(bars: readonly Bar[]): Promise<void> {
  await market.unitOfWork.transaction(async (tx) => {
    await market.instruments.saveInstrument(tx, { ...BITCOIN, symbol: SYMBOL, lotSize: '1' });
    await market.bars.load(tx, bars);
  });
}

describe('stored corporate actions', () => {
  it('are kept once, changed when they differ, and answered by symbol and day, splits first', async () => {
    const all = [dividend(10, 0.2), split(10, 4), split(3, 0.1), { ...split(1, 2), symbol: 'IBM' }];
    expect(await save(all)).toBe(4);
    expect(await save(all)).toBe(0);
    expect(await save([dividend(10, 0.25)])).toBe(1);
    expect(await store.actionsOf([SYMBOL])).toEqual([split(3, 0.1), split(10, 4), dividend(10, 0.25)]);
    expect(await store.actionsOf(['MSFT'])).toEqual([]);
  });

  it('of a file stand over those of a source, not the other way round', async () => {
    await save([split(10, 4, 'SPLIT'), dividend(5, 1, 'SPLIT')], 'yahoo');
    expect(await save([dividend(5, 4)])).toBe(1);
    expect(await save([split(10, 4, 'SPLIT'), dividend(5, 1, 'SPLIT')], 'yahoo')).toBe(0);
    expect(await store.actionsOf([SYMBOL])).toEqual([dividend(5, 4), split(10, 4, 'SPLIT')]);
  });

  it('are stored with the bars that a source tells them with, by a poll and by a load of history', async () => {
    await market.unitOfWork.transaction((tx) => market.instruments.saveInstrument(tx, { ...BITCOIN, symbol: SYMBOL }));
    const told = { bars: days('SPLIT'), malformed: [], actions: [split(10, 4, 'SPLIT')], ended: false };
    const source = {
      name: 'yahoo' as const,
      description: 'scripted',
      defaults: { tracked: [], history: [] },
      instrument: () => Promise.reject(new Error('not asked for')),
      fetch: () => Promise.resolve(told),
    };
    const clock = { isReplay: false, now: () => FIRST + 30 * DAY_MS };
    const options = { ...market, source, clock, actions: store, logger: silentLogger, metrics: new RecordedMetrics() };
    await new PollSymbol(options).poll(SYMBOL, 'ONE_DAY');
    expect(await store.actionsOf([SYMBOL])).toEqual(told.actions);
    await market.database.pool.query('DELETE FROM corporate_actions');
    await new LoadHistory(options).load({ symbol: SYMBOL, timeframe: 'ONE_DAY', from: FIRST });
    expect(await store.actionsOf([SYMBOL])).toEqual(told.actions);
  });
});

async function result() {
  const service = openBacktesting(market, { cacheDirectory });
  const taken = await service.runBacktest.execute(
    makeCommand({
      symbols: [SYMBOL],
      timeframe: 'ONE_DAY',
      strategy: 'buy-and-hold',
      profile: 'backtesting.py',
      params: { sizePct: 100 },
    }),
  );
  if (!taken.ok) throw new Error(JSON.stringify(taken.error));
  const outcome = await service.executeBacktest.execute(taken.value.backtestId);
  const view = await createReadModel(market.database, market.bars).backtests.backtest(taken.value.backtestId);
  return { outcome, view: view!, statistics: view?.statistics ?? {} };
}

describe('a backtest over stored bars', () => {
  it('of raw prices books their splits and dividends, and says which they were', async () => {
    await storeBars(days('RAW'));
    const without = await result();
    // 99 shares: all of the cash is a hair too little for a hundred.
    expect(without.statistics).toMatchObject({ finalEquity: 2_575, dividends: 0 });
    expect(without.view.actionsHash).toBeNull();
    await save([split(10, 4), dividend(15, 0.5)]);
    const { statistics, view } = await result();
    expect(statistics).toMatchObject({ finalEquity: 10_198, dividends: 198 });
    expect(statistics['benchmarkReturnPct']).toBeCloseTo(100 * (25 / 24.5 - 1), 9);
    expect(view.actionsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(view.dataHash).toBe(without.view.dataHash);
  });

  it('of split-adjusted prices books the dividends alone, in shares of today', async () => {
    await storeBars(days('SPLIT'));
    await save([split(10, 4), dividend(5, 2)]);
    expect((await result()).statistics).toMatchObject({ finalEquity: 10_199.5, dividends: 199.5 });
  });

  it('of prices of both kinds is refused where they have actions', async () => {
    const [raw, adjusted] = [days('RAW'), days('SPLIT')];
    await storeBars([...raw.slice(0, 10), ...adjusted.slice(10)]);
    expect((await result()).outcome).toEqual({ status: 'DONE' });
    await save([split(10, 4)]);
    expect((await result()).outcome).toMatchObject({
      status: 'FAILED',
      failure: { code: 'INVALID_ARGUMENT', message: expect.stringContaining('some bars of AAPL are stored raw') },
    });
  });
});

it('a search books them as well', async () => {
  await storeBars(days('RAW'));
  const { runSearch, executeSearch, store: searches } = openSearching(market, { cacheDirectory });
  const found = async () => {
    const taken = await runSearch.execute(
      makeSearch({
        symbols: [SYMBOL],
        timeframe: 'ONE_DAY',
        strategy: 'buy-and-hold',
        profile: 'backtesting.py',
        objective: 'totalReturnPct',
        ranges: { sizePct: { kind: 'STEPS', from: 50, to: 100, step: 50 } },
      }),
    );
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    expect(await executeSearch.execute(taken.value.searchId)).toEqual({ status: 'DONE' });
    return [...(await searches.scores(taken.value.searchId, 2))];
  };
  expect(await found()).toEqual([-37.5, -74.25]);
  await save([split(10, 4), dividend(15, 0.5)]);
  const [half, all] = await found();
  expect(half).toBeCloseTo(1, 9);
  expect(all).toBeCloseTo(1.98, 9);
});
