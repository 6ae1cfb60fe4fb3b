import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PgCorporateActionStore } from '../../src/adapters/postgres/corporate-action-store.js';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { MonteCarloThread } from '../../src/adapters/searches/monte-carlo-thread.js';
import { SearchThreads } from '../../src/adapters/searches/search-threads.js';
import type { SearchPayload } from '../../src/domain/events.js';
import type { ReadModel } from '../../src/ports/read-model.js';
import type { RunResults, SearchRunner } from '../../src/ports/search-runner.js';
import { RunMonteCarlo } from '../../src/services/research/monte-carlo.js';
import { makeCommand, openBacktesting } from '../support/backtesting.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { makeSearch, openSearching } from '../support/searching.js';
import { makeBars } from '../support/synthetic-bars.js';

vi.setConfig({ testTimeout: 60_000 });

const BAR_COUNT = 2_000;
const PAGE = { from: 'first', size: 1_000, after: null, before: null } as const;
/** fast 3 5 7 9 by slow 10 15 20 25 30. */
const SETS = 20;

let market: MarketDatabase;
let readModel: ReadModel;
let cacheDirectory: string;
let service: ReturnType<typeof openSearching>;

const at = (column: Float64Array, index: number): number => column[index]!;

beforeAll(async () => {
  market = await openMarketDatabase();
  cacheDirectory = await mkdtemp(join(tmpdir(), 'tradegraph-searches-'));
  readModel = createReadModel(market.database, market.bars);
  const columns = makeBars(BAR_COUNT, 0.2);
  await market.unitOfWork.transaction(async (tx) => {
    await market.instruments.saveInstrument(tx, BITCOIN);
    await market.bars.load(
      tx,
      Array.from({ length: BAR_COUNT }, (_, index) =>
        makeBar({
          timestamp: SOME_MINUTE + index * 60 * MINUTE_MS,
          open: at(columns.opens, index),
          high: at(columns.highs, index),
          low: at(columns.lows, index),
          close: at(columns.closes, index),
          volume: 1_000,
        }),
      ),
    );
  });
  service = openSearching(market, { cacheDirectory });
});

afterAll(async () => {
  await market.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

beforeEach(async () => {
  await market.database.pool.query('TRUNCATE searches, backtests, backtest_trials CASCADE');
});

async function taken(overrides: Parameters<typeof makeSearch>[0] = {}): Promise<string> {
  const answer = await service.runSearch.execute(makeSearch({ profile: 'backtesting.py', ...overrides }));
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.searchId;
}
const found = async (id: string) => (await readModel.searches.search(id))!;
const runsOf = async (id: string) => (await readModel.searches.runs(id, PAGE)).items.map(({ item }) => item);
async function trialCount(): Promise<number> {
  const { rows } = await market.database.pool.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM backtest_trials',
  );
  return rows[0]!.count;
}

/** Threads whose runs a test sees, and may break off. */
function watched(onResults: (results: RunResults) => void): SearchRunner {
  const threads = new SearchThreads({ stallMs: 10_000, threads: 1 });
  return {
    async open(run, signal) {
      const opened = await threads.open(run, signal);
      if (!opened.ok) return opened;
      const search = opened.value;
      return {
        ok: true,
        value: {
          runCount: search.runCount,
          run: (done, store) =>
            search.run(done, async (results) => {
              onResults(results);
              await store(results);
            }),
          conclude: (scores, trials) => search.conclude(scores, trials),
          close: () => search.close(),
        },
      };
    },
  };
}

describe('a search over a grid', () => {
  it('tries every set once, ranks them, enters them into the ledger and finds the best', async () => {
    const id = await taken({ name: 'a grid' });
    expect(await found(id)).toMatchObject({ status: 'QUEUED', setCount: SETS, unfitCount: 0, doneCount: 0 });
    expect(await service.executeSearch.execute(id)).toEqual({ status: 'DONE' });
    const search = await found(id);
    const runs = await runsOf(id);
    expect(search).toMatchObject({ status: 'DONE', kind: 'OPTIMIZATION', runCount: SETS, doneCount: SETS });
    expect(runs.map(({ runIndex }) => runIndex).toSorted((a, b) => a - b)).toEqual([...Array(SETS).keys()]);
    const scores = runs.map(({ score }) => score!);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(search.bestScore).toBe(scores[0]);
    expect(search.result).toMatchObject({ bestParams: runs[0]!.params, walkForward: null });
    expect(search.result!.statistics!['sharpe']).toBe(scores[0]);
    expect(search.result!.stability!.neighbourCount).toBeGreaterThan(1);
    expect(await trialCount()).toBe(SETS);
    const { rows } = await market.database.pool.query<{ payload: SearchPayload }>(
      "SELECT payload FROM event_log WHERE topic = 'backtests' AND key = $1 ORDER BY off",
      [id],
    );
    expect(rows.map(({ payload }) => payload.version)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.at(-1)!.payload).toMatchObject({ status: 'DONE', done_count: SETS });
  });

  it('gives each set the numbers of its backtest, which is then the same trial', async () => {
    const id = await taken();
    await service.executeSearch.execute(id);
    const [best] = await runsOf(id);
    const backtests = openBacktesting(market, { cacheDirectory });
    const run = await backtests.runBacktest.execute(makeCommand({ profile: 'backtesting.py', params: best!.params }));
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    await backtests.executeBacktest.execute(run.value.backtestId);
    const backtest = (await readModel.backtests.backtest(run.value.backtestId))!;
    expect(backtest.statistics!['sharpe']).toBe(best!.sharpe);
    expect(backtest.statistics!['totalReturnPct']).toBe(best!.totalReturnPct);
    expect(backtest.statistics!['roundTripCount']).toBe(best!.roundTripCount);
    expect(await trialCount()).toBe(SETS);
    // Deflated by all that was tried, in the search and in the backtest alike.
    const inSearch = (await found(id)).result!.statistics!;
    expect(backtest.statistics!['deflatedSharpe']).toBeCloseTo(inSearch['deflatedSharpe']!, 12);
  });

  it('has a heat map that is the scores by place', async () => {
    const id = await taken();
    await service.executeSearch.execute(id);
    const { axes } = await found(id);
    const request = { x: axes[0]!, y: axes[1]!, parts: 20, figure: 'HIGHEST' } as const;
    const cells = await readModel.searches.cells(id, request);
    expect(cells).toHaveLength(SETS);
    for (const { params, score } of await runsOf(id)) {
      const [x, y] = [
        [3, 5, 7, 9].indexOf(params['fast'] as number),
        [10, 15, 20, 25, 30].indexOf(params['slow'] as number),
      ];
      expect(cells.find((cell) => cell.x === x && cell.y === y)).toMatchObject({ score, count: 1 });
    }
  });

  it('goes on from what was stored when its executor is killed half-way', async () => {
    const id = await taken({
      ranges: { fast: { kind: 'STEPS', from: 2, to: 9, step: 1 }, slow: { kind: 'STEPS', from: 10, to: 29, step: 1 } },
    });
    const first: number[] = [];
    const kill = new AbortController();
    const dying = openSearching(market, {
      cacheDirectory,
      runner: watched(({ runIndexes }) => {
        first.push(...runIndexes);
        if (first.length > 40) kill.abort(new Error('killed'));
      }),
    });
    await expect(dying.executeSearch.execute(id, kill.signal)).rejects.toThrow('killed');
    const stored = await runsOf(id);
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.length).toBeLessThan(160);
    expect(await found(id)).toMatchObject({ status: 'QUEUED', doneCount: stored.length });
    const second: number[] = [];
    const living = openSearching(market, {
      cacheDirectory,
      runner: watched(({ runIndexes }) => second.push(...runIndexes)),
    });
    expect(await living.executeSearch.execute(id)).toEqual({ status: 'DONE' });
    expect([...stored.map(({ runIndex }) => runIndex), ...second].toSorted((a, b) => a - b)).toEqual([
      ...Array(160).keys(),
    ]);
    expect(await found(id)).toMatchObject({ status: 'DONE', doneCount: 160 });
  });

  it('begins again where a dividend was stored since it was broken off', async () => {
    const id = await taken({
      ranges: { fast: { kind: 'STEPS', from: 2, to: 9, step: 1 }, slow: { kind: 'STEPS', from: 10, to: 29, step: 1 } },
    });
    const first: number[] = [];
    const kill = new AbortController();
    const dying = openSearching(market, {
      cacheDirectory,
      runner: watched(({ runIndexes }) => {
        first.push(...runIndexes);
        if (first.length > 40) kill.abort(new Error('killed'));
      }),
    });
    await expect(dying.executeSearch.execute(id, kill.signal)).rejects.toThrow('killed');
    expect((await runsOf(id)).length).toBeGreaterThan(0);
    const exDate = Math.floor((SOME_MINUTE + 20 * 86_400_000) / 86_400_000) * 86_400_000;
    const dividend = { symbol: 'BTC-USD', exDate, kind: 'DIVIDEND', value: 1, basis: 'RAW' } as const;
    await market.unitOfWork.transaction((tx) =>
      new PgCorporateActionStore(market.database.pool).save(tx, [dividend], 'csv'),
    );
    try {
      const again: number[] = [];
      const living = openSearching(market, {
        cacheDirectory,
        runner: watched(({ runIndexes }) => again.push(...runIndexes)),
      });
      expect(await living.executeSearch.execute(id)).toEqual({ status: 'DONE' });
      expect(again.toSorted((a, b) => a - b)).toEqual([...Array(160).keys()]);
      expect(await found(id)).toMatchObject({ status: 'DONE', doneCount: 160 });
    } finally {
      await market.database.pool.query('TRUNCATE corporate_actions');
    }
  });

  it('lets nobody write who no longer holds it', async () => {
    const id = await taken();
    const other = openSearching(market, { cacheDirectory });
    const late = openSearching(market, {
      cacheDirectory,
      runner: watched(() => undefined),
    });
    // Another executor takes it up while the first loads its threads.
    const losing = late.executeSearch.execute(id);
    await vi.waitFor(async () => expect((await found(id)).status).toBe('RUNNING'));
    const winning = other.executeSearch.execute(id);
    expect(await losing).toEqual({ status: 'NOT_OURS' });
    expect(await winning).toEqual({ status: 'DONE' });
    expect(await found(id)).toMatchObject({ doneCount: SETS });
  });

  it('can be canceled, and deleted when it has ended; its trials stay', async () => {
    const id = await taken();
    expect(await service.deleteSearch.execute(id)).toMatchObject({ ok: false, error: { code: 'SEARCH_NOT_ENDED' } });
    expect(await service.cancelSearch.execute(id)).toMatchObject({ ok: true });
    expect(await service.cancelSearch.execute(id)).toMatchObject({ ok: false, error: { code: 'SEARCH_ENDED' } });
    expect(await service.executeSearch.execute(id)).toEqual({ status: 'NOT_OURS' });
    const done = await taken();
    await service.executeSearch.execute(done);
    expect(await service.deleteSearch.execute(done)).toMatchObject({ ok: true });
    expect(await readModel.searches.search(done)).toBeNull();
    expect(await service.deleteSearch.execute(done)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_SEARCH' } });
    expect(await trialCount()).toBe(SETS);
  });

  it('names a strategy that is stuck, and one whose thread dies', async () => {
    const unvaried = { ranges: { fast: { kind: 'VALUES', values: [3] } } } as const;
    expect(await service.runSearch.execute(makeSearch({ strategy: 'loops', ...unvaried }))).toMatchObject({
      ok: false,
      error: [{ code: 'UNKNOWN_PARAMETER', path: ['input', 'ranges', 'fast'] }],
    });
  });
});

describe('a search that is refused', () => {
  it.each([
    [{ ranges: {} }, 'INVALID_ARGUMENT', ['input', 'ranges']],
    [{ ranges: { fast: { kind: 'STEPS', from: 9, to: 3, step: 1 } } }, 'INVALID_ARGUMENT', ['input', 'ranges', 'fast']],
    [
      { ranges: { fast: { kind: 'STEPS', from: 0, to: 3, step: 1 } } },
      'PARAMETER_OUT_OF_RANGE',
      ['input', 'ranges', 'fast'],
    ],
    [
      { ranges: { fast: { kind: 'STEPS', from: 20, to: 30, step: 1 } }, params: { slow: 10 } },
      'PARAMETERS_DO_NOT_FIT',
      ['input', 'ranges'],
    ],
    [{ method: { kind: 'RANDOM', samples: 0, seed: 1 } }, 'INVALID_ARGUMENT', ['input', 'count']],
    [{ symbols: ['NONE'] }, 'UNKNOWN_SYMBOL', ['input', 'symbols']],
    [{ strategy: 'none' }, 'UNKNOWN_STRATEGY', ['input', 'strategy']],
    [
      { walkForward: { mode: 'ROLLING', inSampleBars: 0, outOfSampleBars: 10, embargoBars: null } },
      'INVALID_ARGUMENT',
      ['input', 'windows'],
    ],
  ] as const)('%j is %s at %j', async (overrides, code, path) => {
    const answer = await service.runSearch.execute(makeSearch(overrides as never));
    expect(answer).toMatchObject({ ok: false, error: [{ code, path }] });
  });

  it('names the size of a grid and the limit', async () => {
    const wide = { kind: 'STEPS', from: 1, to: 500, step: 1 } as const;
    const answer = await service.runSearch.execute(makeSearch({ ranges: { fast: wide, slow: wide } }));
    expect(answer).toMatchObject({ ok: false, error: [{ code: 'TOO_MANY_SETS', limit: 100_000 }] });
    expect(JSON.stringify(answer)).toContain('250000 sets');
  });

  it('names the number of trainings and the limit, and which sets would share one', async () => {
    const bars = { kind: 'STEPS', from: 200, to: 1_200, step: 1 } as const;
    const multiples = { kind: 'STEPS', from: 0.1, to: 1, step: 0.1 } as const;
    const ranges = { trainBars: bars, volatilityMultiple: multiples };
    const answer = await service.runSearch.execute(makeSearch({ strategy: 'lstm', ranges }));
    const message =
      'ranges: lstm would prepare itself (train its models) 1001 times; at most 1000 are made; sets that agree in trainBars, retrainEveryBars, units, epochs share one';
    expect(answer).toMatchObject({ ok: false, error: [{ code: 'TOO_MANY_SETS', limit: 1_000, message }] });
  });

  it('is a repeat where the request id is known, and refused where its input is another', async () => {
    const first = await taken({ clientRequestId: 'once' });
    expect(await taken({ clientRequestId: 'once' })).toBe(first);
    const other = makeSearch({ clientRequestId: 'once', profile: 'backtesting.py', objective: 'calmar' });
    expect(await service.runSearch.execute(other)).toMatchObject({
      ok: false,
      error: [{ code: 'CLIENT_REQUEST_ID_REUSED' }],
    });
  });
});

describe('a walk-forward', () => {
  it('chooses in each sample and joins what came after', async () => {
    const windows = { mode: 'ROLLING', inSampleBars: 600, outOfSampleBars: 300, embargoBars: null } as const;
    const id = await taken({ walkForward: windows, objective: 'totalReturnPct' });
    expect(await service.executeSearch.execute(id)).toEqual({ status: 'DONE' });
    const search = await found(id);
    // The largest warm-up is between the sample and what follows it.
    const embargo = search.spec.walkForward!.embargoBars;
    const count = Math.ceil((BAR_COUNT - 600 - embargo) / 300);
    expect(search).toMatchObject({ kind: 'WALK_FORWARD', runCount: SETS * count, doneCount: SETS * count });
    const { steps, gainShare } = search.result!.walkForward!;
    expect(steps).toHaveLength(count);
    expect(gainShare).toBeGreaterThanOrEqual(0);
    for (const step of steps) {
      const inWindow = (await runsOf(id)).filter(({ windowIndex }) => windowIndex === steps.indexOf(step));
      expect(step.inSampleScore).toBe(Math.max(...inWindow.map(({ score }) => score!)));
      expect(step.outOfSampleFrom - step.inSampleTo).toBe((embargo + 1) * 60 * MINUTE_MS);
    }
    const curve = (await readModel.searches.curve(id))!;
    expect(curve.equity).toHaveLength(BAR_COUNT - 600 - embargo);
    expect(search.result!.statistics!['finalEquity']).toBe(curve.equity.at(-1));
    const growth = steps.map(
      ({ outOfSampleGrowth }, index) =>
        outOfSampleGrowth! * (index === count - 1 ? curve.equity.length - 300 * (count - 1) : 300),
    );
    expect(Math.log(curve.equity.at(-1)! / 10_000)).toBeCloseTo(
      growth.reduce((sum, each) => sum + each, 0),
      9,
    );
  });

  it('fails with the number of bars where they leave none to trade', async () => {
    const windows = { mode: 'ANCHORED', inSampleBars: 5_000, outOfSampleBars: 300, embargoBars: 0 } as const;
    const outcome = await service.executeSearch.execute(await taken({ walkForward: windows }));
    expect(outcome).toMatchObject({ status: 'FAILED', failure: { code: 'TOO_FEW_BARS' } });
  });
});

describe('Monte Carlo over a stored backtest', () => {
  it('has the backtest as what was observed, and the same figures for the same seed', async () => {
    const backtests = openBacktesting(market, { cacheDirectory });
    const run = await backtests.runBacktest.execute(makeCommand({ profile: 'backtesting.py' }));
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    const { backtestId } = run.value;
    const monteCarlo = new RunMonteCarlo({
      backtests: readModel.backtests,
      instruments: market.instruments,
      runner: new MonteCarloThread(),
    });
    const command = { backtestId, method: 'STATIONARY', paths: 500, blockLength: null, seed: 3 } as const;
    expect(await monteCarlo.execute(command)).toMatchObject({ ok: false, error: { code: 'NO_RESULT' } });
    await backtests.executeBacktest.execute(backtestId);
    const { statistics } = (await readModel.backtests.backtest(backtestId))!;
    const drawn = await monteCarlo.execute(command);
    if (!drawn.ok) throw new Error(drawn.error.message);
    expect(drawn.value.totalReturnPct.observed).toBeCloseTo(statistics!['totalReturnPct']!, 9);
    expect(drawn.value.sharpe!.observed).toBeCloseTo(statistics!['sharpe']!, 9);
    expect(drawn.value.totalReturnPct.p5).toBeLessThan(drawn.value.totalReturnPct.p95);
    expect(await monteCarlo.execute(command)).toEqual(drawn);
    const shuffled = await monteCarlo.execute({ ...command, method: 'SHUFFLE' });
    expect(shuffled).toMatchObject({ ok: true, value: { length: statistics!['roundTripCount'], sharpe: null } });
    expect(await monteCarlo.execute({ ...command, paths: 100_001 })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_ARGUMENT', path: ['paths'], limit: 100_000 },
    });
    expect(await monteCarlo.execute({ ...command, blockLength: 1_000 })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_ARGUMENT', path: ['blockLength'] },
    });
  });
});
