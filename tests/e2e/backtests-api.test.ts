import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ENGINE_VERSION } from '../../src/services/backtesting/engine-version.js';
import { connectApi, type ApiClient } from '../support/api-client.js';
import type { OnBacktestProgressSubscription, RunBacktestMutationVariables } from '../support/generated/sdk.js';
import { RUNS_LONG_TESTS } from '../support/long-tests.js';
import { eventually, startProgram, temporaryHome, type Home, type Program } from '../support/program.js';

vi.setConfig({ testTimeout: 120_000 });

/** Before the replay begins: history, the same in every run. Minutes without trades are absent. */
const RANGE = { startDate: '2016-01-01T00:00:00Z', endDate: '2016-01-03T00:00:00Z' };

const BAR_COUNT = 2_586;

let home: Home;
let strategies: string;
let program: Program;
let api: ApiClient;

type Input = RunBacktestMutationVariables['input'];
type Progress = OnBacktestProgressSubscription['backtestProgress'];

/** A user's strategy, as a file of the folder; `onBar` is its body, `bar` counts from 0. */
const strategySource = (name: string, onBar: string): string => `
export default {
  name: '${name}', description: 'A strategy of the tests.', parameters: {}, warmUpBars: () => 0,
  create(setup) {
    const market = setup.market();
    let bar = -1;
    return { onBar() { bar += 1; ${onBar} } };
  },
};`;
const SLOW = 'const end = performance.now() + 2; while (performance.now() < end); if (bar === 1) market.buy();';

const start = async (): Promise<void> => {
  program = await startProgram({
    TRADEGRAPH_HOME: home.path,
    TRADEGRAPH_STRATEGIES: strategies,
    REPLAY_HOLD_SECONDS: '0',
    ML_EPOCHS: '1',
  });
  api = connectApi(program.url);
};

beforeAll(async () => {
  home = await temporaryHome();
  strategies = await mkdtemp(join(tmpdir(), 'tradegraph-strategies-'));
  await writeFile(join(strategies, 'slow.mjs'), strategySource('slow', SLOW));
  await writeFile(join(strategies, 'loops.mjs'), strategySource('loops', 'while (bar === 10);'));
  await writeFile(join(strategies, 'broken.mjs'), 'export default {\n  name: "broken",,\n};');
  await start();
}, 120_000);

afterAll(async () => {
  await api?.close();
  await program?.end('SIGTERM');
  await home?.remove();
  await rm(strategies, { recursive: true, force: true });
});

async function run(input: Partial<Input> & { strategy: string }) {
  const { runBacktest } = await api.sdk.RunBacktest({
    input: { symbols: ['BTC-USD'], timeframe: 'ONE_MINUTE', ...RANGE, ...input },
  });
  return runBacktest;
}

async function taken(input: Partial<Input> & { strategy: string }): Promise<string> {
  const { backtest, errors } = await run(input);
  expect(errors).toEqual([]);
  return backtest!.id;
}

const statusOf = async (id: string) => (await api.sdk.Backtest({ id, points: 10, trips: 1 })).backtest!.status;

/** What the subscription tells, up to the event that `isLast` accepts. */
async function follow(
  id: string,
  isLast: (progress: Progress['backtest']) => boolean,
  after: string | null = null,
): Promise<Progress[]> {
  const seen: Progress[] = [];
  for await (const { backtestProgress } of api.sdk.OnBacktestProgress({ id, after })) {
    seen.push(backtestProgress);
    if (isLast(backtestProgress.backtest)) break;
  }
  return seen;
}
const isFinal = ({ status }: Progress['backtest']): boolean => status !== 'QUEUED' && status !== 'RUNNING';

it('runs sma-cross on the stored history, tells of it from its start on, and answers its result', async () => {
  const input = {
    strategy: 'sma-cross',
    params: { fast: 10, slow: 30 },
    profile: 'BACKTESTING_PY',
    lotSize: 0,
  } as const;
  const id = await taken({ ...input, clientRequestId: 'first', initialCapital: 100_000 });
  expect(await taken({ ...input, clientRequestId: 'first', initialCapital: 100_000 })).toBe(id);
  const told = await follow(id, isFinal);
  expect(told[0]!.backtest).toMatchObject({ status: 'QUEUED', percent: 0 });
  expect(told.at(-1)!.backtest).toMatchObject({ status: 'DONE', percent: 100, barTime: '2016-01-02T23:59:00.000Z' });
  const resumed = await follow(id, isFinal, told[0]!.cursor);
  expect(resumed.map(({ backtest }) => backtest.version)).toEqual(
    told.slice(1).map(({ backtest }) => backtest.version),
  );

  const { backtest } = await api.sdk.Backtest({ id, points: 100, trips: 1_000 });
  expect(backtest).toMatchObject({
    status: 'DONE',
    error: null,
    cautions: expect.any(Array),
    params: { fast: 10, slow: 30 },
    provenance: {
      barCount: BAR_COUNT,
      engineVersion: ENGINE_VERSION,
      dataHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
  expect(backtest!.statistics).toMatchObject({
    instantCount: BAR_COUNT,
    roundTripCount: backtest!.backtestingPyStatistics!['# Trades'],
  });
  expect(backtest!.roundTrips.edges).toHaveLength(backtest!.statistics!.roundTripCount);
  expect(backtest!.equityCurve!.equities.at(-1)).toBe(backtest!.statistics!.finalEquity);
  expect(backtest!.equityCurve!.timestamps.length).toBeLessThanOrEqual(100);
  expect(Math.min(...backtest!.drawdownCurve!.drawdownsPct)).toBeCloseTo(backtest!.statistics!.maxDrawdownPct, 9);
  expect(backtest!.monthlyReturns).toMatchObject([{ year: 2016 }]);

  const native = await taken({ strategy: 'sma-cross', params: { fast: 10, slow: 30 } });
  await follow(native, isFinal);
  const { compareBacktests } = await api.sdk.CompareBacktests({ ids: [id, native] });
  expect(compareBacktests).toMatchObject({ isSameData: true, isSameProfile: false });
  expect(compareBacktests.statistics.find(({ name }) => name === 'finalEquity')!.values).toHaveLength(2);
  expect((await api.sdk.Backtests({ first: 10, statuses: ['DONE'] })).backtests.edges).toHaveLength(2);
  expect((await api.sdk.DeleteBacktest({ id: native })).deleteBacktest).toMatchObject({
    deletedId: native,
    errors: [],
  });
});

const codes = async (input: Partial<Input> & { strategy: string }): Promise<string[]> =>
  (await run(input)).errors.map(({ code, path }) => `${code} ${path?.slice(1).join('.')}`);

it('refuses bad input as data, every fault with its field', async () => {
  expect(await codes({ strategy: 'nope' })).toEqual(['UNKNOWN_STRATEGY strategy']);
  expect(await codes({ strategy: 'broken' })).toEqual(['STRATEGY_NOT_LOADED strategy']);
  expect(await codes({ strategy: 'sma-cross', params: { pace: 1 } })).toEqual(['UNKNOWN_PARAMETER params.pace']);
  expect(await codes({ strategy: 'sma-cross', params: { fast: 0 } })).toEqual(['PARAMETER_OUT_OF_RANGE params.fast']);
  expect(await codes({ strategy: 'sma-cross', initialCapital: 0 })).toEqual(['CASH_NOT_POSITIVE initialCapital']);
  expect(
    await codes({ strategy: 'sma-cross', startDate: '2001-01-01T00:00:00Z', endDate: '2001-01-02T00:00:00Z' }),
  ).toEqual(['NO_BARS_IN_RANGE symbols']);
  expect(await codes({ strategy: 'sma-cross', endDate: '2016-01-01T00:10:00Z' })).toEqual(['TOO_FEW_BARS symbols']);
  const names = (await api.sdk.Strategies()).strategies.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['sma-cross', 'slow', 'loops']));
  expect(names).not.toContain('broken');
});

it('ends a strategy that loops for ever when it is canceled, and runs the next one', async () => {
  const id = await taken({ strategy: 'loops' });
  await follow(id, ({ status }) => status === 'RUNNING');
  const { cancelBacktest } = await api.sdk.CancelBacktest({ id });
  expect(cancelBacktest).toMatchObject({ backtest: { status: 'CANCELED' }, errors: [] });
  const next = await taken({ strategy: 'buy-and-hold' });
  await follow(next, isFinal);
  expect(await statusOf(next)).toBe('DONE');
  expect((await api.sdk.CancelBacktest({ id })).cancelBacktest.errors).toMatchObject([
    { code: 'BACKTEST_ENDED', status: 'CANCELED' },
  ]);
});

it.runIf(RUNS_LONG_TESTS)('takes a backtest up again whose program was killed', async () => {
  const id = await taken({ strategy: 'slow', endDate: '2016-01-01T12:00:00Z' });
  await follow(id, ({ percent }) => percent > 20);
  await api.close();
  expect(await program.end('SIGKILL')).toBe('SIGKILL');
  await start();
  const told = await follow(id, isFinal);
  expect(told.at(-1)!.backtest).toMatchObject({ status: 'DONE' });
  const percents = told.map(({ backtest }) => backtest.percent);
  expect(percents.some((percent, index) => percent < (percents[index - 1] ?? 0))).toBe(true);
  const ready = await eventually('readiness', async () => {
    const answer = await fetch(`${program.url}/readyz`);
    return (await answer.json()) as { checks: { jobQueue: { detail: { queues: { name: string }[] } } } };
  });
  expect(JSON.stringify(ready)).toContain('run-backtest');
});
