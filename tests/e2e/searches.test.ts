import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectApi, type ApiClient } from '../support/api-client.js';
import type { OptimizeStrategyMutationVariables, SearchProgressSubscription } from '../support/generated/sdk.js';
import { RUNS_LONG_TESTS } from '../support/long-tests.js';
import { eventually, startProgram, temporaryHome, type Home, type Program } from '../support/program.js';

vi.setConfig({ testTimeout: 180_000 });

/** Before the replay begins: history, the same in every run. */
const RANGE = { startDate: '2016-01-01T00:00:00Z', endDate: '2016-01-03T00:00:00Z' };
const SETS = 10_000;

let home: Home;
let program: Program;
let api: ApiClient;

const start = async (): Promise<void> => {
  program = await startProgram({ TRADEGRAPH_HOME: home.path, REPLAY_HOLD_SECONDS: '0', ML_EPOCHS: '1' });
  api = connectApi(program.url);
};

describe.runIf(RUNS_LONG_TESTS)('a search of the real program', () => {
  beforeAll(async () => {
    home = await temporaryHome();
    await start();
  }, 120_000);

  afterAll(async () => {
    await api?.close();
    await program?.end('SIGTERM');
    await home?.remove();
  });

  type Input = OptimizeStrategyMutationVariables['input'];
  const INPUT: Input = {
    symbols: ['BTC-USD'],
    timeframe: 'ONE_MINUTE',
    ...RANGE,
    strategy: 'sma-cross',
    profile: 'BACKTESTING_PY',
    objective: 'TOTAL_RETURN',
    ranges: [
      { parameter: 'fast', min: 2, max: 51 },
      { parameter: 'slow', min: 102, max: 301 },
    ],
  };

  type Progress = SearchProgressSubscription['searchProgress'];
  async function follow(id: string, isLast: (progress: Progress['search']) => boolean): Promise<Progress[]> {
    const seen: Progress[] = [];
    for await (const { searchProgress } of api.sdk.SearchProgress({ id })) {
      seen.push(searchProgress);
      if (isLast(searchProgress.search)) break;
    }
    return seen;
  }

  it('goes on with what is not done when the program is killed in the middle of a search', async () => {
    const { optimizeStrategy } = await api.sdk.OptimizeStrategy({ input: { ...INPUT, clientRequestId: 'killed' } });
    expect(optimizeStrategy.errors).toEqual([]);
    const { id, setCount } = optimizeStrategy.search!;
    expect(setCount).toBe(SETS);
    await follow(id, ({ doneCount }) => doneCount > 500);
    await api.close();
    await program.end('SIGKILL');
    await start();
    const before = (await api.sdk.Search({ id, first: 1 })).search!;
    expect(before.doneCount).toBeGreaterThan(500);
    expect(before.doneCount).toBeLessThan(SETS);
    const told = await follow(id, ({ status }) => status === 'DONE' || status === 'FAILED');
    // What was stored before the kill is not run again.
    expect(Math.min(...told.slice(-5).map(({ search }) => search.doneCount))).toBeGreaterThanOrEqual(before.doneCount);
    expect(told.at(-1)!.search).toMatchObject({ status: 'DONE', doneCount: SETS, percent: 100 });
    const { search } = await api.sdk.Search({ id, first: 3 });
    expect(search!.runs.edges[0]!.node.params).toEqual(search!.bestParams);
    expect(search!.cautions.map(({ code }) => code)).toContain('SHORT_HISTORY');
    const { search: map } = await api.sdk.SearchHeatMap({ id, x: 'fast', y: 'slow', figure: 'BEST' });
    expect(map!.heatMap.rows).toHaveLength(200);
  });

  it('is canceled within a second, and deleted', async () => {
    const { optimizeStrategy } = await api.sdk.OptimizeStrategy({
      input: { ...INPUT, profile: 'NATIVE', objective: 'OMEGA' },
    });
    const { id } = optimizeStrategy.search!;
    await follow(id, ({ doneCount }) => doneCount > 0);
    const { cancelSearch } = await api.sdk.CancelSearch({ id });
    expect(cancelSearch).toMatchObject({ search: { status: 'CANCELED' }, errors: [] });
    // Its threads are gone when another one gets its turn.
    const next = await api.sdk.OptimizeStrategy({
      input: { ...INPUT, ranges: [{ parameter: 'fast', values: [3, 5] }], params: { slow: 50 } },
    });
    await eventually('the next search is done', async () => {
      return (await api.sdk.Search({ id: next.optimizeStrategy.search!.id, first: 1 })).search!.status === 'DONE';
    });
    const { deleteSearch } = await api.sdk.DeleteSearch({ id });
    expect(deleteSearch.deletedId).toBe(id);
  });
});
