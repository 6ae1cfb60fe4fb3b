import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { MonteCarloThread } from '../../src/adapters/searches/monte-carlo-thread.js';
import { partitionOf } from '../../src/domain/topics.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import type { GraphQLContext } from '../../src/resolvers/context.js';
import type { StreamRequest } from '../../src/resolvers/event-streams.js';
import { RunMonteCarlo } from '../../src/services/research/monte-carlo.js';
import { makeCommand, openBacktesting } from '../support/backtesting.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { makeContext } from '../support/graphql-context.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { openSearching } from '../support/searching.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOTHING = '00000000-0000-4000-8000-000000000000';
const schema = buildGraphQLSchema();
const streamed: StreamRequest[] = [];
let market: MarketDatabase;
let cacheDirectory: string;
let context: GraphQLContext;
let service: ReturnType<typeof openSearching>;
let backtestId: string;

interface Answer {
  readonly data: Record<string, Record<string, unknown>>;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}
const ask = async (source: string, variableValues?: Record<string, unknown>): Promise<Answer> =>
  JSON.parse(
    JSON.stringify(await graphql({ schema, source, contextValue: context, variableValues })),
  ) as unknown as Answer;

const INPUT = {
  symbols: ['BTC-USD'],
  timeframe: 'ONE_MINUTE',
  strategy: 'sma-cross',
  profile: 'BACKTESTING_PY',
  ranges: [
    { parameter: 'fast', min: 2, max: 4 },
    { parameter: 'slow', values: [6, 12] },
  ],
  objective: 'TOTAL_RETURN',
};
const ERRORS = 'errors { ... on UserError { code path message } ... on InvalidInputError { limit } }';
const OPTIMIZE = `mutation Run($input: OptimizeStrategyInput!) { optimizeStrategy(input: $input) { search { id status } ${ERRORS} } }`;
const FORWARD = `mutation Run($input: WalkForwardInput!) { walkForward(input: $input) { search { id status } ${ERRORS} } }`;

async function searched(document: string, field: string, input: object): Promise<string> {
  const { data } = await ask(document, { input });
  expect(data[field]).toMatchObject({ search: { status: 'QUEUED' }, errors: [] });
  const { id } = data[field]!['search'] as { id: string };
  await service.executeSearch.execute(id);
  return id;
}

beforeAll(async () => {
  market = await openMarketDatabase();
  cacheDirectory = await mkdtemp(join(tmpdir(), 'tradegraph-searches-api-'));
  await market.unitOfWork.transaction(async (tx) => {
    await market.instruments.saveInstrument(tx, BITCOIN);
    const bars = Array.from({ length: 600 }, (_, index) => {
      const close = 100 + 5 * Math.sin(index / 7);
      const timestamp = SOME_MINUTE + index * MINUTE_MS;
      return makeBar({ timestamp, open: close, high: close + 1, low: close - 1, close, volume: 1_000 });
    });
    await market.bars.load(tx, bars);
  });
  service = openSearching(market, { cacheDirectory });
  const readModel = createReadModel(market.database, market.bars);
  const runner = new MonteCarloThread();
  const monteCarlo = new RunMonteCarlo({ backtests: readModel.backtests, instruments: market.instruments, runner });
  context = makeContext(
    readModel,
    {
      runSearch: (command) => service.runSearch.execute(command),
      cancelSearch: (id) => service.cancelSearch.execute(id),
      deleteSearch: (id) => service.deleteSearch.execute(id),
      monteCarlo: (command) => monteCarlo.execute(command),
    },
    {
      events: {
        cursorOfNow: () => Promise.resolve(''),
        stream(request) {
          streamed.push(request);
          return (async function* () {})();
        },
      },
    },
  );
  const backtests = openBacktesting(market, { cacheDirectory });
  const run = await backtests.runBacktest.execute(
    makeCommand({ profile: 'backtesting.py', params: { fast: 3, slow: 6 } }),
  );
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  ({ backtestId } = run.value);
  await backtests.executeBacktest.execute(backtestId);
});

afterAll(async () => {
  await market.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

describe('searches in the API', () => {
  it('train the models of a strategy that learns, and say of the best how good they were', async () => {
    const id = await searched(OPTIMIZE, 'optimizeStrategy', {
      ...INPUT,
      strategy: 'lstm',
      params: { trainBars: 400, retrainEveryBars: 200, units: 2, epochs: 2, requireSkill: false },
      ranges: [{ parameter: 'volatilityMultiple', values: [0.01, 0.02, 0.05] }],
    });
    const { data, errors } = await ask(`{ search(id: "${id}") {
      status doneCount bestParams cautions { code message } runs(first: 4) { edges { node { score errorMessage } } }
    } }`);
    expect(errors).toBeUndefined();
    expect(data['search']).toMatchObject({ status: 'DONE', doneCount: 3, bestParams: { trainBars: 400 } });
    const { cautions, runs } = data['search'] as {
      cautions: { code: string; message: string }[];
      runs: { edges: { node: { score: number; errorMessage: null } }[] };
    };
    expect(cautions.find(({ code }) => code === 'STRATEGY_REMARK')?.message).toMatch(/^BTC-USD: 1 model, each trained/);
    expect(runs.edges.map(({ node }) => node.errorMessage)).toEqual([null, null, null]);
  });

  it('answer what was found: the best set, all runs by score in pages, and a heat map', async () => {
    const id = await searched(OPTIMIZE, 'optimizeStrategy', INPUT);
    const { data, errors } = await ask(`{ search(id: "${id}") {
      status percent kind method objective symbols setCount runCount doneCount bestScore bestParams
      ranges { parameter values min max } statistics { totalReturnPct } stability { neighbourCount } cautions { code }
      walkForward { gainShare } equityCurve { equities }
      runs(first: 4) { edges { node { params score } } pageInfo { hasNextPage endCursor } }
      heatMap(x: "fast", y: "slow", figure: MEAN) { xParameter xValues yParameter rows { y scores counts } }
    } }`);
    expect(errors).toBeUndefined();
    const search = data['search'] as Record<string, unknown>;
    expect(search).toMatchObject({
      status: 'DONE',
      percent: 100,
      kind: 'OPTIMIZATION',
      method: 'GRID',
      objective: 'TOTAL_RETURN',
      setCount: 6,
      doneCount: 6,
      ranges: [
        { parameter: 'fast', values: [2, 3, 4], min: null },
        { parameter: 'slow', values: [6, 12], min: null },
      ],
      walkForward: null,
      equityCurve: null,
      heatMap: { xParameter: 'fast', xValues: [2, 3, 4], yParameter: 'slow' },
    });
    const runs = search['runs'] as {
      edges: { node: { params: object; score: number } }[];
      pageInfo: { endCursor: string };
    };
    expect(runs.edges[0]!.node).toMatchObject({ params: search['bestParams'], score: search['bestScore'] });
    const rest = await ask(`{ search(id: "${id}") { runs(first: 4, after: "${runs.pageInfo.endCursor}") {
      edges { node { score } } pageInfo { hasNextPage } } } }`);
    expect(rest.data['search']!['runs']).toMatchObject({ pageInfo: { hasNextPage: false } });
    const heat = (search['heatMap'] as { rows: { scores: number[]; counts: number[] }[] }).rows;
    expect(Math.max(...heat.flatMap(({ scores }) => scores))).toBe(search['bestScore']);
    expect(heat.flatMap(({ counts }) => counts)).toEqual([1, 1, 1, 1, 1, 1]);
    const list = await ask('{ searches(strategy: "sma-cross", first: 5) { edges { node { id } } } }');
    expect(JSON.stringify(list.data)).toContain(id);
    const document = parse(`subscription { searchProgress(id: "${id}") { cursor } }`);
    await subscribe({ schema, document, contextValue: context });
    expect(streamed.at(-1)).toMatchObject({ types: ['search_updated'], begin: { part: partitionOf(id) } });
  });

  it('answer the windows of a walk-forward and its curve', async () => {
    const id = await searched(FORWARD, 'walkForward', {
      ...INPUT,
      inSampleBars: 200,
      outOfSampleBars: 100,
      embargoBars: 0,
    });
    const { data, errors } = await ask(`{ search(id: "${id}") {
      kind runCount walkForward { efficiency gainShare steps { outOfSampleFrom params } } equityCurve(points: 50) { equities }
      heatMap(x: "slow", y: "fast") { rows { counts } } } }`);
    expect(errors).toBeUndefined();
    expect(data['search']).toMatchObject({ kind: 'WALK_FORWARD', runCount: 24 });
    const { steps } = data['search']!['walkForward'] as { steps: unknown[] };
    expect(steps).toHaveLength(4);
    const { rows } = data['search']!['heatMap'] as { rows: { counts: number[] }[] };
    expect(rows.flatMap(({ counts }) => counts)).toEqual([4, 4, 4, 4, 4, 4]);
  });

  it.each([
    [{ ranges: [{ parameter: 'fast' }] }, 'INVALID_ARGUMENT', ['input', 'ranges', 'fast']],
    [{ ranges: [{ parameter: 'fast', min: 1, max: 3, values: [1] }] }, 'INVALID_ARGUMENT', ['input', 'ranges', 'fast']],
    [{ ranges: [...INPUT.ranges, INPUT.ranges[0]] }, 'INVALID_ARGUMENT', ['input', 'ranges', 'fast']],
    [{ ranges: [{ parameter: 'speed', values: [1] }] }, 'UNKNOWN_PARAMETER', ['input', 'ranges', 'speed']],
    [{ method: 'RANDOM' }, 'INVALID_ARGUMENT', ['input', 'count']],
    [{ count: 3 }, 'INVALID_ARGUMENT', ['input', 'count']],
    [{ strategy: 'none' }, 'UNKNOWN_STRATEGY', ['input', 'strategy']],
    [{ initialCapital: 0 }, 'CASH_NOT_POSITIVE', ['input', 'initialCapital']],
    [
      { strategy: 'lstm', ranges: [{ parameter: 'trainBars', min: 200, max: 1200 }] },
      'TOO_MANY_SETS',
      ['input', 'ranges'],
    ],
  ])('refuse %j with %s at %j', async (change, code, path) => {
    const { data } = await ask(OPTIMIZE, { input: { ...INPUT, ...change } });
    expect(data['optimizeStrategy']).toMatchObject({ search: null, errors: [{ code, path }] });
  });

  it('say of an id of nothing that it is none, and of a map what may be drawn', async () => {
    expect((await ask(`{ search(id: "${NOTHING}") { id } }`)).data['search']).toBeNull();
    for (const id of [NOTHING, 'no uuid']) {
      const { data } = await ask(
        `mutation { cancelSearch(id: "${id}") { ${ERRORS.replace(/ \.\.\. on Inv.*\}/, ' }')} } }`,
      );
      expect(data['cancelSearch']).toMatchObject({ errors: [{ code: 'UNKNOWN_SEARCH' }] });
    }
    const id = await searched(OPTIMIZE, 'optimizeStrategy', INPUT);
    const { errors } = await ask(`{ search(id: "${id}") { heatMap(x: "fast", y: "fast") { xParameter } } }`);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNKNOWN_PARAMETER' } });
    expect(errors?.[0]?.message).toContain('fast, slow');
    const gone = await ask(`mutation { deleteSearch(id: "${id}") { deletedId } }`);
    expect(gone.data['deleteSearch']).toEqual({ deletedId: id });
  });
});

describe('Monte Carlo in the API', () => {
  it('answers intervals of round trips, and refuses what is out of range by name', async () => {
    const { data, errors } = await ask(`{ monteCarlo(backtestId: "${backtestId}", method: RESAMPLE, paths: 200) {
      paths length totalReturnPct { observed p5 p95 } maxDrawdownPct { p50 } sharpe { p50 } longestLosingStreak { p95 } ruinShare lossShare
    } }`);
    expect(errors).toBeUndefined();
    expect(data['monteCarlo']).toMatchObject({ paths: 200, sharpe: null, lossShare: null });
    const codeOf = async (args: string) =>
      (await ask(`{ monteCarlo(${args}) { paths } }`)).errors?.[0]?.extensions?.['code'];
    expect(await codeOf(`backtestId: "${NOTHING}"`)).toBe('UNKNOWN_BACKTEST');
    expect(await codeOf('backtestId: "x"')).toBe('UNKNOWN_BACKTEST');
    expect(await codeOf(`backtestId: "${backtestId}", paths: 0`)).toBe('INVALID_ARGUMENT');
    expect(await codeOf(`backtestId: "${backtestId}", method: SHUFFLE, blockLength: 3`)).toBe('INVALID_ARGUMENT');
    expect(await codeOf(`backtestId: "${backtestId}", blockLength: 500`)).toBe('INVALID_ARGUMENT');
  });

  it('refuses, and says so, when too many wait already', async () => {
    const query = `{ monteCarlo(backtestId: "${backtestId}", method: RESAMPLE, paths: 1) { paths } }`;
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(query)));
    const codes = answers.flatMap(({ errors }) => errors?.map(({ extensions }) => extensions?.['code']) ?? []);
    expect(codes).toEqual(['MONTE_CARLO_BUSY', 'MONTE_CARLO_BUSY', 'MONTE_CARLO_BUSY']);
  });
});
