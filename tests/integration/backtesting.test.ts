import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import type { BacktestStatus } from '../../src/domain/backtest.js';
import type { BacktestPayload } from '../../src/domain/events.js';
import type { ReadModel } from '../../src/ports/read-model.js';
import { BacktestThreads } from '../../src/adapters/backtests/backtest-threads.js';
import { ResultWriterThread } from '../../src/adapters/backtests/result-writer-thread.js';
import type { BacktestResult } from '../../src/ports/backtest-runner.js';
import { ENGINE_VERSION } from '../../src/services/backtesting/engine-version.js';
import { openBacktesting, makeCommand } from '../support/backtesting.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { eventually as holds } from '../support/eventually.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { makeBars } from '../support/synthetic-bars.js';

vi.setConfig({ testTimeout: 60_000 });

const BAR_COUNT = 3_000;
const PAGE = { from: 'first', size: 1_000, after: null, before: null } as const;

/** A thread is started in a tenth of this, on a machine that does nothing else. */
const DEADLINE_MS = 40_000;
const eventually = (what: string, condition: () => Promise<boolean>) => holds(what, condition, DEADLINE_MS);

let market: MarketDatabase;
let readModel: ReadModel;
let cacheDirectory: string;
/** Runs in this thread. */
let service: ReturnType<typeof openBacktesting>;
/** Each run in a thread of its own, as in the program. */
let threaded: ReturnType<typeof openBacktesting>;
let writerThread: ResultWriterThread;

const at = (column: Float64Array, index: number): number => column[index]!;

beforeAll(async () => {
  market = await openMarketDatabase();
  cacheDirectory = await mkdtemp(join(tmpdir(), 'tradegraph-backtests-'));
  readModel = createReadModel(market.database, market.bars);
  const columns = makeBars(BAR_COUNT, 0.2);
  await market.unitOfWork.transaction(async (tx) => {
    await market.instruments.saveInstrument(tx, BITCOIN);
    await market.instruments.saveInstrument(tx, { ...BITCOIN, symbol: 'ETH-EUR', currency: 'EUR' });
    await market.bars.load(
      tx,
      Array.from({ length: BAR_COUNT }, (_, index) =>
        makeBar({
          timestamp: SOME_MINUTE + index * MINUTE_MS,
          open: at(columns.opens, index),
          high: at(columns.highs, index),
          low: at(columns.lows, index),
          close: at(columns.closes, index),
          volume: 1_000,
        }),
      ),
    );
  });
  service = openBacktesting(market, { cacheDirectory });
  writerThread = new ResultWriterThread({ connectionString: market.database.connectionString });
  threaded = openBacktesting(market, {
    cacheDirectory,
    runner: new BacktestThreads({ stallMs: 20_000 }),
    results: writerThread,
  });
});

afterAll(async () => {
  await writerThread.close();
  await market.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

beforeEach(async () => {
  await market.database.pool.query('TRUNCATE backtests, backtest_trials CASCADE');
});

async function taken(overrides: Parameters<typeof makeCommand>[0] = {}): Promise<string> {
  const answer = await service.runBacktest.execute(makeCommand(overrides));
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.backtestId;
}
const found = async (id: string) => (await readModel.backtests.backtest(id))!;
const isStatus = (id: string, status: BacktestStatus) => async () => (await found(id)).status === status;
async function eventsOf(id: string): Promise<BacktestPayload[]> {
  const { rows } = await market.database.pool.query<{ payload: BacktestPayload }>(
    "SELECT payload FROM event_log WHERE topic = 'backtests' AND key = $1 ORDER BY off",
    [id],
  );
  return rows.map(({ payload }) => payload);
}

describe('a backtest that is run', () => {
  it('stores statistics, curve, round trips and where they come from, and tells of it', async () => {
    const id = await taken({ params: { fast: 5, slow: 20 }, profile: 'backtesting.py', name: 'first' });
    expect(await found(id)).toMatchObject({ status: 'QUEUED', version: 1, statistics: null });
    expect(await threaded.executeBacktest.execute(id)).toEqual({ status: 'DONE' });
    const done = await found(id);
    expect(done).toMatchObject({
      name: 'first',
      status: 'DONE',
      progress: 1,
      barCount: BAR_COUNT,
      dataFrom: SOME_MINUTE,
      dataTo: SOME_MINUTE + (BAR_COUNT - 1) * MINUTE_MS,
      engineVersion: ENGINE_VERSION,
      actionsHash: null,
      symbols: ['BTC-USD'],
      params: { fast: 5, slow: 20, exitOnCross: true },
      cautions: expect.any(Array),
    });
    expect(done.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(done.foreignStatistics).toHaveProperty(['# Trades']);
    const trips = await readModel.backtests.roundTrips(id, PAGE);
    expect(trips.items.length).toBeGreaterThan(10);
    expect(trips.items.length).toBe(Math.min(1_000, done.statistics!['roundTripCount']!));
    expect(trips.items[0]!.item).toMatchObject({ number: 1, symbol: 'BTC-USD', stopLoss: null });
    expect(trips.items[0]!.item.exitTime).toBeGreaterThan(trips.items[0]!.item.entryTime);
    const curve = (await readModel.backtests.curve(id))!;
    const whole = (await readModel.backtests.equity(id))!;
    expect(whole.equity).toHaveLength(BAR_COUNT);
    expect(curve.equity).toEqual(whole.equity);
    expect(Math.min(...curve.drawdowns) * 100).toBeCloseTo(done.statistics!['maxDrawdownPct']!, 9);
    const events = await eventsOf(id);
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['QUEUED', 'RUNNING', 'DONE'] satisfies BacktestStatus[]),
    );
  });

  it('gives the same numbers when it is run again, and is one trial of the ledger', async () => {
    const first = await taken({ params: { fast: 5, slow: 20 } });
    const second = await taken({ params: { slow: 20, fast: 5 } });
    await service.executeBacktest.execute(first);
    await service.executeBacktest.execute(second);
    const [a, b] = [await found(first), await found(second)];
    expect(a.statistics).not.toBeNull();
    expect({ ...b.statistics, dataHash: b.dataHash }).toEqual({ ...a.statistics, dataHash: a.dataHash });
    expect(await readModel.backtests.equity(second)).toEqual(await readModel.backtests.equity(first));
    expect(await service.store.trials(a.dataHash!)).toHaveLength(1);
    await service.executeBacktest.execute(await taken({ params: { fast: 6, slow: 20 } }));
    expect(await service.store.trials(a.dataHash!)).toHaveLength(2);
    expect(await service.deleteBacktest.execute(first)).toMatchObject({ ok: true });
    expect(await service.store.trials(a.dataHash!)).toHaveLength(2);
    expect(await readModel.backtests.curve(first)).toBeNull();
  });

  it('runs on bars of a timeframe that is made of the stored ones', async () => {
    const id = await taken({ timeframe: 'FIVE_MINUTES', params: { fast: 2, slow: 5 } });
    await service.executeBacktest.execute(id);
    expect(await found(id)).toMatchObject({ status: 'DONE', barCount: BAR_COUNT / 5 });
  });

  it('trains the LSTM on the way, and keeps what is to be known of its models', async () => {
    const params = { trainBars: 200, units: 2, epochs: 1 };
    const id = await taken({ strategy: 'lstm', params, to: SOME_MINUTE + 300 * MINUTE_MS });
    expect(await threaded.executeBacktest.execute(id)).toEqual({ status: 'DONE' });
    const remark = (await found(id)).cautions?.find(({ code }) => code === 'STRATEGY_REMARK');
    expect(remark?.message).toMatch(/^BTC-USD: 1 model, .* Skill on the 99 predictions out of sample/);
  });

  it('is not stored twice for one client request id, and another input is refused', async () => {
    const clientRequestId = 'once';
    const id = await taken({ clientRequestId });
    expect(await taken({ clientRequestId })).toBe(id);
    expect(await service.runBacktest.execute(makeCommand({ clientRequestId, seed: 8 }))).toMatchObject({
      ok: false,
      error: [{ code: 'CLIENT_REQUEST_ID_REUSED', path: ['input', 'clientRequestId'] }],
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => taken({ clientRequestId: 'at-once' })));
    expect(new Set(answers).size).toBe(1);
  });
});

describe('what cannot be run is refused, with the field and the limit', () => {
  it.each([
    ['UNKNOWN_STRATEGY', { strategy: 'nope' }, ['input', 'strategy'], /nope.*sma-cross/],
    ['UNKNOWN_PARAMETER', { params: { pace: 3 } }, ['input', 'params', 'pace'], /pace.*fast/],
    ['PARAMETER_OUT_OF_RANGE', { params: { fast: 0 } }, ['input', 'params', 'fast'], /fast: 0/],
    ['PARAMETERS_DO_NOT_FIT', { params: { fast: 20, slow: 10 } }, ['input', 'params'], /fast .*below/],
    ['UNKNOWN_SYMBOL', { symbols: ['DOGE-USD'] }, ['input', 'symbols'], /DOGE-USD/],
    ['INVALID_SYMBOL', { symbols: ['btc usd'] }, ['input', 'symbols'], /A-Z/],
    ['CURRENCY_MISMATCH', { symbols: ['BTC-USD', 'ETH-EUR'] }, ['input', 'symbols'], /USD and EUR/],
    ['NO_BARS_IN_RANGE', { from: SOME_MINUTE + 1e12 }, ['input', 'symbols'], /BTC-USD/],
    ['TOO_FEW_BARS', { to: SOME_MINUTE + 20 * MINUTE_MS }, ['input', 'symbols'], /20 .*needs 21/],
    ['INVALID_RANGE', { from: SOME_MINUTE, to: SOME_MINUTE }, ['input', 'startDate'], /not before/],
    ['CASH_NOT_POSITIVE', { options: { initialCapital: 0 } }, ['input', 'initialCapital'], /above 0/],
    ['CASH_NOT_POSITIVE', { options: { initialCapital: -5 } }, ['input', 'initialCapital'], /-5/],
    ['INVALID_ARGUMENT', { profile: 'backtesting.py', options: { margin: 0 } }, ['input', 'margin'], /above 0/],
    ['INVALID_ARGUMENT', { options: { spread: NaN } }, ['input', 'spread'], /NaN/],
    ['INVALID_ARGUMENT', { deadlineSeconds: 0 }, ['input', 'deadlineSeconds'], /1 to 86400/],
    ['INVALID_CLIENT_REQUEST_ID', { clientRequestId: 'a b' }, ['input', 'clientRequestId'], /64/],
    [
      'OPTION_NOT_OFFERED',
      { options: { slippage: { kind: 'VOLUME_SHARE', impact: 1 } } },
      ['input', 'slippage'],
      /native/,
    ],
  ] as const)('%s', async (code, overrides, path, message) => {
    const answer = await service.runBacktest.execute(makeCommand(overrides));
    expect(answer).toEqual({
      ok: false,
      error: [expect.objectContaining({ code, path, message: expect.stringMatching(message) })],
    });
    expect(await service.store.open()).toEqual([]);
  });
});

describe('a strategy that goes wrong fails its backtest', () => {
  it.each([
    ['throws', 'STRATEGY_FAILED', /throws failed at the bar of .*: the tenth bar is too much/],
    ['asks-for-nan', 'STRATEGY_RETURNED_NAN', /limit NaN/],
  ])('%s', async (strategy, code, message) => {
    const id = await taken({ strategy });
    expect(await threaded.executeBacktest.execute(id)).toMatchObject({ status: 'FAILED', failure: { code } });
    expect(await found(id)).toMatchObject({ status: 'FAILED', errorCode: code, statistics: null });
    expect((await found(id)).errorMessage).toMatch(message);
  });

  it('ends one that makes no progress', async () => {
    const impatient = openBacktesting(market, { cacheDirectory, runner: new BacktestThreads({ stallMs: 1_000 }) });
    const id = await taken({ strategy: 'loops' });
    expect(await impatient.executeBacktest.execute(id)).toMatchObject({ failure: { code: 'STRATEGY_STUCK' } });
    expect((await found(id)).errorMessage).toBe('strategy loops made no progress for 1 s');
  });

  it('ends one that takes longer than its deadline', async () => {
    const id = await taken({ strategy: 'slow', deadlineSeconds: 1 });
    expect(await threaded.executeBacktest.execute(id)).toMatchObject({
      failure: { code: 'BACKTEST_DEADLINE_EXCEEDED' },
    });
  });

  it('ends one that needs too much memory', async () => {
    const small = openBacktesting(market, {
      cacheDirectory,
      runner: new BacktestThreads({ stallMs: 20_000, heapMb: 24 }),
    });
    const id = await taken({ strategy: 'grows' });
    expect(await small.executeBacktest.execute(id)).toMatchObject({ failure: { code: 'BACKTEST_OUT_OF_MEMORY' } });
  });

  it('takes one up again whose thread died, and gives it up when it dies each time', async () => {
    const id = await taken({ strategy: 'dies' });
    await expect(threaded.executeBacktest.execute(id)).rejects.toThrow('ended with code 3');
    expect(await found(id)).toMatchObject({ status: 'RUNNING' });
    await market.database.pool.query('UPDATE backtests SET attempt = 5');
    expect(await threaded.executeBacktest.execute(id)).toMatchObject({ failure: { code: 'BACKTEST_WORKER_DIED' } });
  });
});

describe('a backtest that is called off', () => {
  it('is ended within a second while it runs, progress having been told', async () => {
    const id = await taken({ strategy: 'slow' });
    const running = threaded.executeBacktest.execute(id);
    await eventually('progress', async () => (await found(id)).progress > 0);
    const startedAtMs = performance.now();
    expect(await service.cancelBacktest.execute(id)).toMatchObject({ ok: true });
    expect(await running).toEqual({ status: 'NOT_OURS' });
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    const events = await eventsOf(id);
    expect(events.at(-1)).toMatchObject({ status: 'CANCELED' });
    expect(events.find(({ progress }) => progress > 0)).toMatchObject({
      status: 'RUNNING',
      bar_time: expect.stringMatching(/^2024-03-05T/),
      equity: expect.any(Number),
    });
    expect(await service.cancelBacktest.execute(id)).toMatchObject({ error: { code: 'BACKTEST_ENDED' } });
  });

  it('is ended within a second even when its strategy loops for ever', async () => {
    const id = await taken({ strategy: 'loops' });
    const running = threaded.executeBacktest.execute(id);
    await eventually('the run', isStatus(id, 'RUNNING'));
    const startedAtMs = performance.now();
    await service.cancelBacktest.execute(id);
    expect(await running).toEqual({ status: 'NOT_OURS' });
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  it('is never run when it was still queued', async () => {
    const id = await taken();
    await service.cancelBacktest.execute(id);
    expect(await threaded.executeBacktest.execute(id)).toEqual({ status: 'NOT_OURS' });
    expect(await found(id)).toMatchObject({ status: 'CANCELED' });
  });

  it('is deleted only when it has ended', async () => {
    const id = await taken();
    expect(await service.deleteBacktest.execute(id)).toMatchObject({ error: { code: 'BACKTEST_NOT_ENDED' } });
    await service.cancelBacktest.execute(id);
    expect(await service.deleteBacktest.execute(id)).toMatchObject({ ok: true });
    expect(await service.deleteBacktest.execute(id)).toMatchObject({ error: { code: 'UNKNOWN_BACKTEST' } });
    expect(await service.cancelBacktest.execute(randomUUID())).toMatchObject({ error: { code: 'UNKNOWN_BACKTEST' } });
  });
});

describe('two executors of one backtest', () => {
  it('the later one ends the earlier one, and one result is stored', async () => {
    const id = await taken({ strategy: 'slow', to: SOME_MINUTE + 60 * MINUTE_MS });
    const first = threaded.executeBacktest.execute(id);
    await eventually('the first run', async () => (await found(id)).progress > 0);
    const second = threaded.executeBacktest.execute(id);
    expect(await first).toEqual({ status: 'NOT_OURS' });
    expect(await second).toEqual({ status: 'DONE' });
    expect((await eventsOf(id)).filter(({ status }) => status === 'DONE')).toHaveLength(1);
  });

  it('what a stop breaks off goes back to the queue and is run from its start', async () => {
    const id = await taken({ strategy: 'slow', to: SOME_MINUTE + 60 * MINUTE_MS });
    const stopping = new AbortController();
    const running = threaded.executeBacktest.execute(id, stopping.signal);
    await eventually('the run', async () => (await found(id)).progress > 0);
    stopping.abort(new Error('the program is stopping'));
    await expect(running).rejects.toThrow('stopping');
    expect(await found(id)).toMatchObject({ status: 'QUEUED', progress: 0, startedAt: null });
    expect(await threaded.executeBacktest.execute(id)).toEqual({ status: 'DONE' });
  });
});

const twoTrips = () => Float64Array.of(0, 1);
const smallResult = (): BacktestResult => ({
  dataHash: '',
  actionsHash: null,
  barCount: 2,
  symbols: ['BTC-USD', 'ETH-EUR'],
  dataFrom: SOME_MINUTE,
  dataTo: SOME_MINUTE + MINUTE_MS,
  engineVersion: '1',
  statistics: {},
  foreignStatistics: null,
  monthlyReturns: [],
  cautions: [],
  times: Float64Array.of(SOME_MINUTE, SOME_MINUTE + MINUTE_MS),
  equity: Float64Array.of(1, 2),
  sample: { times: Float64Array.of(3), equity: Float64Array.of(4), drawdowns: Float64Array.of(5) },
  roundTrips: {
    length: 2,
    symbolIndex: twoTrips(),
    units: twoTrips(),
    entryIndex: twoTrips(),
    exitIndex: twoTrips(),
    entryPrice: twoTrips(),
    exitPrice: twoTrips(),
    stopLoss: Float64Array.of(NaN, 1.5),
    takeProfit: Float64Array.of(-0.5, NaN),
    pnl: twoTrips(),
    commission: twoTrips(),
    returnFraction: twoTrips(),
    maxAdverse: twoTrips(),
    maxFavorable: twoTrips(),
    exitReason: ['SIGNAL', 'STOP_LOSS'],
  },
});
const rowsOf = async (id: string) => {
  const { rows } = await market.database.pool.query(
    `SELECT number, symbol, units, exit_time, stop_loss, take_profit, exit_reason FROM round_trips
     WHERE backtest_id = $1 ORDER BY number`,
    [id],
  );
  return rows;
};
const takeUp = (id: string) => market.unitOfWork.transaction((tx) => service.store.takeUp(tx, id));

describe('the bulk of a result', () => {
  it('replaces that of an earlier attempt, which then can store nothing any more', async () => {
    const id = await taken();
    await takeUp(id);
    expect(await writerThread.write(id, 1, smallResult())).toBe(true);
    await takeUp(id);
    expect(await writerThread.write(id, 1, { ...smallResult(), symbols: ['A', 'B'] })).toBe(false);
    const stored = [
      { number: 1, symbol: 'BTC-USD', units: 0, exit_reason: 'SIGNAL', stop_loss: null, take_profit: -0.5 },
      { number: 2, symbol: 'ETH-EUR', units: 1, exit_reason: 'STOP_LOSS', stop_loss: 1.5, take_profit: null },
    ].map((row, index) => ({ ...row, exit_time: new Date(SOME_MINUTE + index * MINUTE_MS) }));
    expect(await rowsOf(id)).toEqual(stored);
    expect(await writerThread.write(id, 2, smallResult())).toBe(true);
    expect(await rowsOf(id)).toEqual(stored);
  });

  it('is not stored once the backtest is canceled or deleted, and breaks off when the thread ends', async () => {
    const id = await taken();
    await takeUp(id);
    await service.cancelBacktest.execute(id);
    expect(await writerThread.write(id, 1, smallResult())).toBe(false);
    expect(await rowsOf(id)).toEqual([]);
    await service.deleteBacktest.execute(id);
    expect(await writerThread.write(id, 1, smallResult())).toBe(false);
    const broken = expect(writerThread.write(id, 1, smallResult())).rejects.toThrow('result-writer-worker has ended');
    await writerThread.close();
    await broken;
    expect(await writerThread.write(id, 1, smallResult())).toBe(false);
  });
});
