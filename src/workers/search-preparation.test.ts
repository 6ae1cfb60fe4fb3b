import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BITCOIN } from '../../tests/support/bars.js';
import { makeSearch } from '../../tests/support/searching.js';
import { makeBars } from '../../tests/support/synthetic-bars.js';
import { BacktestThreads } from '../adapters/backtests/backtest-threads.js';
import { SearchThreads } from '../adapters/searches/search-threads.js';
import type { BarSeries } from '../domain/bar.js';
import type { SearchRange, SearchSpec } from '../domain/search.js';
import type { SearchRun } from '../ports/search-runner.js';

const BAR_COUNT = 330;
const BARS: BarSeries = { symbol: BITCOIN.symbol, timeframe: 'ONE_MINUTE', ...makeBars(BAR_COUNT, 0.95) };
const SMALL = {
  trainBars: 200,
  retrainEveryBars: 130,
  units: 4,
  epochs: 6,
  volatilityMultiple: 0.05,
  requireSkill: false,
  skillStandardErrors: 2,
  protection: true,
  sizePct: 0,
};
const COUNTS = fileURLToPath(new URL('../../tests/support/strategies/counts-preparations.ts', import.meta.url));

const list = (...values: readonly (number | boolean)[]): SearchRange => ({ kind: 'VALUES', values });

function searchOf(spec: Partial<SearchSpec>): SearchRun {
  const { options, symbols, timeframe, seed } = makeSearch();
  return {
    spec: {
      strategy: 'lstm',
      reference: { kind: 'BUILT_IN', name: 'lstm' },
      params: SMALL,
      symbols,
      timeframe,
      from: null,
      to: null,
      profile: 'backtesting.py',
      options,
      seed,
      deadlineSeconds: 60,
      ranges: {},
      method: { kind: 'GRID' },
      objective: 'totalReturnPct',
      direction: 'MAXIMIZE',
      walkForward: null,
      ...spec,
    },
    instruments: [BITCOIN],
    series: [BARS],
  };
}
const counting = (ranges: SearchSpec['ranges'], walkForward: SearchSpec['walkForward'] = null): SearchRun =>
  searchOf({
    strategy: 'counts-preparations',
    reference: { kind: 'FILE', path: COUNTS },
    params: {},
    ranges,
    walkForward,
  });

interface Tried {
  readonly params: Record<string, number | boolean>;
  readonly totalReturnPct: number;
  readonly error: string | null;
}

/** Every run of a search by its index, and what it concluded. */
async function searched(run: SearchRun, threads = 2, doneRuns: readonly number[] = []) {
  const opened = await new SearchThreads({ stallMs: 30_000, threads }).open(run, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.error.message);
  const search = opened.value;
  const tried: Tried[] = [];
  const scores = new Float64Array(search.runCount).fill(NaN);
  try {
    const ran = await search.run(doneRuns, (results) => {
      results.runIndexes.forEach((index, k) => {
        scores[index] = results.scores[k]!;
        const params = JSON.parse(results.params[k]!) as Tried['params'];
        tried[index] = { params, totalReturnPct: results.totalReturnsPct[k]!, error: results.errors[k]! };
      });
      return Promise.resolve();
    });
    if (!ran.ok) throw new Error(ran.error.message);
    const concluded = await search.conclude(scores, []);
    if (!concluded.ok) throw new Error(concluded.error.message);
    return { tried, result: concluded.value.result };
  } finally {
    await search.close();
  }
}

describe('a search over a strategy that prepares itself', { timeout: 60_000 }, () => {
  it('prepares once for the sets that differ in what the preparation does not read', async () => {
    const { tried } = await searched(counting({ model: list(1, 2, 3), other: list(1, 2, 3, 4) }), 1);
    expect(tried.map(({ params }) => [params['model'], params['other']])).toHaveLength(12);
    for (const { params, error } of tried) {
      const { model, other } = params;
      expect(error).toContain(`model ${model} other ${other}: prepared with ${model} as number ${model}`);
    }
  });

  it('prepares nothing again for what is done, and nothing twice between its threads', async () => {
    const { tried } = await searched(counting({ other: list(1, 2), model: list(1, 2, 3, 4) }), 2, [0, 1, 4, 5]);
    const models = tried.filter((row) => row !== undefined).map(({ params }) => params['model']);
    expect(models).toEqual([3, 4, 3, 4]);
    // Each thread has one of the two groups that are left, and has prepared for no other.
    for (const { error } of Object.values(tried)) expect(error).toMatch(/prepared with ([34]) as number [12]$/);
    expect(new Set(Object.values(tried).map(({ error }) => error?.slice(-'with 3 as number 1'.length))).size).toBe(2);
  });

  it('tries what failed in its preparation once, and says why of each set', async () => {
    const { tried } = await searched(counting({ model: list(9), other: list(1, 2, 3) }), 1);
    expect(tried.map(({ error }) => error)).toEqual(
      Array.from({ length: 3 }, () => 'strategy counts-preparations failed at its preparation: attempt 1 at 9'),
    );
  });

  it('refuses more preparations than a search may take', async () => {
    const run = counting({ model: { kind: 'STEPS', from: 1, to: 1_001, step: null }, other: list(1, 2) });
    const opened = await new SearchThreads({ stallMs: 30_000, threads: 1 }).open(run, new AbortController().signal);
    expect(opened).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_ARGUMENT',
        message:
          'counts-preparations would prepare itself (train its models) 1001 times; at most 1000 are made; sets that agree in model share one',
      },
    });
  });

  it('gives each set the numbers of its backtest to the last digit, on one thread and on two', async () => {
    const run = searchOf({
      ranges: { units: list(3, 4), volatilityMultiple: list(0.01, 0.05), sizePct: list(20, 50) },
    });
    const [one, two] = await Promise.all([searched(run, 1), searched(run, 2)]);
    expect(one).toEqual(two);
    expect(new Set(one.tried.map(({ totalReturnPct }) => totalReturnPct)).size).toBeGreaterThan(4);
    const { params } = one.tried[5]!;
    const backtests = new BacktestThreads({ stallMs: 30_000 });
    const { instruments, spec } = run;
    // A backtest takes the columns that it is given.
    const series = structuredClone(run.series);
    const backtest = await backtests.run({
      spec: { ...spec, params },
      instruments,
      series,
      dataHash: '',
      otherSharpes: [],
    });
    if (!backtest.ok) throw new Error(backtest.error.message);
    expect(backtest.value.statistics['totalReturnPct']).toBe(one.tried[5]!.totalReturnPct);
    const codes = one.result.cautions.map(({ code }) => code);
    expect(codes).toContain('STRATEGY_REMARK');
    expect(codes).toContain('NOT_CHECKED');
  });

  it('reads, in the windows of a walk-forward, the lines that were prepared over all bars', async () => {
    const walkForward = { mode: 'ROLLING', inSampleBars: 60, outOfSampleBars: 30, embargoBars: 0 } as const;
    const counted = await searched(counting({ model: list(1, 2), other: list(1, 2) }, walkForward), 1);
    expect(counted.tried).toHaveLength(4 * 9);
    for (const { params, error } of counted.tried)
      expect(error).toMatch(`with ${params['model']} as number ${params['model']}`);

    const forward = { ...walkForward, inSampleBars: 230, outOfSampleBars: 50 };
    const { result } = await searched(
      searchOf({ ranges: { volatilityMultiple: list(0.01, 0.05) }, walkForward: forward }),
      1,
    );
    const { steps } = result.walkForward!;
    expect(steps).toHaveLength(2);
    expect(steps.every(({ params, outOfSampleGrowth }) => params !== null && outOfSampleGrowth !== null)).toBe(true);
    expect(steps.some(({ outOfSampleGrowth }) => outOfSampleGrowth !== 0)).toBe(true);
  });

  it('tells of its trainings, and is called off within a second in the middle of them', async () => {
    const controller = new AbortController();
    // Hours of training.
    const run = searchOf({
      params: { ...SMALL, retrainEveryBars: 5, epochs: 100, units: 64 },
      ranges: { volatilityMultiple: list(0.1, 0.2), units: list(63, 64) },
    });
    const opened = await new SearchThreads({ stallMs: 30_000, threads: 2 }).open(run, controller.signal);
    if (!opened.ok) throw new Error(opened.error.message);
    let calledOffAt = NaN;
    const onPreparing = (fractions: readonly number[]) => {
      if (controller.signal.aborted || fractions.length < 2) return;
      expect(Math.max(...fractions)).toBeLessThan(0.9);
      calledOffAt = performance.now();
      controller.abort(new Error('called off'));
    };
    const running = opened.value.run([], () => Promise.resolve(), onPreparing);
    await expect(running).rejects.toThrow('called off');
    expect(performance.now() - calledOffAt).toBeLessThan(1_000);
  });
});
