import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql, parse, subscribe, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { partitionOf } from '../../src/domain/topics.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import type { GraphQLContext } from '../../src/resolvers/context.js';
import type { StreamRequest } from '../../src/resolvers/event-streams.js';
import { strategyView } from '../../src/services/backtesting/strategy-view.js';
import { openBacktesting, testLibrary } from '../support/backtesting.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { makeContext } from '../support/graphql-context.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';

const NOTHING = '00000000-0000-4000-8000-000000000000';
const schema = buildGraphQLSchema();
const streamed: StreamRequest[] = [];
let market: MarketDatabase;
let cacheDirectory: string;
let context: GraphQLContext;
let ids: string[];

interface Answer {
  readonly data: Record<string, Record<string, unknown>>;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}
const ask = async (source: string, variableValues?: Record<string, unknown>): Promise<Answer> =>
  JSON.parse(
    JSON.stringify(await graphql({ schema, source, contextValue: context, variableValues })),
  ) as unknown as Answer;
const codeOf = async (source: string): Promise<unknown> => (await ask(source)).errors?.[0]?.extensions?.['code'];

const RUN = `mutation Run($input: RunBacktestInput!) {
  runBacktest(input: $input) { backtest { id status } errors { ... on UserError { code path message } } }
}`;
const INPUT = { symbols: ['BTC-USD'], timeframe: 'ONE_MINUTE', strategy: 'sma-cross', params: { fast: 3, slow: 6 } };

beforeAll(async () => {
  market = await openMarketDatabase();
  cacheDirectory = await mkdtemp(join(tmpdir(), 'tradegraph-backtests-api-'));
  await market.unitOfWork.transaction(async (tx) => {
    await market.instruments.saveInstrument(tx, BITCOIN);
    const bars = Array.from({ length: 600 }, (_, index) => {
      const close = 100 + 5 * Math.sin(index / 7);
      const timestamp = SOME_MINUTE + index * MINUTE_MS;
      return makeBar({ timestamp, open: close, high: close + 1, low: close - 1, close, volume: 1_000 });
    });
    await market.bars.load(tx, bars);
  });
  const service = openBacktesting(market, { cacheDirectory });
  context = makeContext(
    createReadModel(market.database, market.bars),
    {
      runBacktest: (command) => service.runBacktest.execute(command),
      cancelBacktest: (id) => service.cancelBacktest.execute(id),
      deleteBacktest: (id) => service.deleteBacktest.execute(id),
      strategies: async () => (await testLibrary.list()).map(strategyView),
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
  ids = [];
  for (const profile of ['NATIVE', 'BACKTESTING_PY']) {
    const { data } = await ask(RUN, { input: { ...INPUT, profile } });
    const id = (data['runBacktest']!['backtest'] as { id: string }).id;
    await service.executeBacktest.execute(id);
    ids.push(id);
  }
});

afterAll(async () => {
  await market.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

it('answers what a result is made of, in the shapes of the schema', async () => {
  const { data, errors } = await ask(
    `query Result($id: ID!) { backtest(id: $id) {
      status percent profile params options { initialCapital commission { rate } }
      statistics { startTime instantCount sharpe totalReturnPct } backtestingPyStatistics
      monthlyReturns { year monthsPct yearPct } cautions { code }
      provenance { dataHash barCount seed }
      equityCurve(points: 20) { timestamps equities } drawdownCurve(points: 20) { timestamps drawdownsPct }
      roundTrips(first: 2) { edges { cursor node { number exitReason entryTime } } pageInfo { hasNextPage } }
    } }`,
    { id: ids[1] },
  );
  expect(errors).toBeUndefined();
  expect(data['backtest']).toMatchObject({
    status: 'DONE',
    percent: 100,
    profile: 'BACKTESTING_PY',
    options: { initialCapital: 10_000, commission: null },
    statistics: { startTime: '2024-03-05T14:30:00.000Z', instantCount: 600, sharpe: null },
    backtestingPyStatistics: { '# Trades': expect.any(Number) },
    monthlyReturns: [{ year: 2024, monthsPct: expect.arrayContaining([null, expect.any(Number)]) }],
    provenance: { barCount: 600, seed: 7 },
    roundTrips: { edges: [{ node: { number: 1 } }, { node: { number: 2 } }], pageInfo: { hasNextPage: true } },
  });
  const { equityCurve } = data['backtest'] as unknown as {
    equityCurve: { timestamps: unknown[]; equities: unknown[] };
  };
  expect(equityCurve.equities.length).toBe(equityCurve.timestamps.length);
  expect(equityCurve.equities.length).toBeLessThanOrEqual(20);
});

it('compares backtests side by side, and lists them newest first, page by page', async () => {
  const { data } = await ask(
    `query Compare($ids: [ID!]!) { compareBacktests(ids: $ids) { isSameData isSameProfile backtests { id } statistics { name values } } }`,
    { ids },
  );
  expect(data['compareBacktests']).toMatchObject({
    isSameData: true,
    isSameProfile: false,
    backtests: ids.map((id) => ({ id })),
  });
  const page = async (after: string | null) => {
    const { data: listed } = await ask(
      `query List($after: String) { backtests(first: 1, after: $after, statuses: [DONE]) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    return listed['backtests'] as unknown as { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } };
  };
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids.toReversed());
});

describe('bad input', () => {
  it.each([
    ['no amount', { commission: {} }, 'INVALID_ARGUMENT', ['input', 'commission']],
    ['two kinds of commission', { commission: { rate: 0.1, perUnit: 1 } }, 'INVALID_ARGUMENT', ['input', 'commission']],
    [
      'two kinds of slippage',
      { slippage: { basisPoints: 1, volumeImpact: 1 } },
      'INVALID_ARGUMENT',
      ['input', 'slippage'],
    ],
    ['an option of the other profile', { slippage: { volumeImpact: 1 } }, 'OPTION_NOT_OFFERED', ['input', 'slippage']],
    ['a rate above a tenth', { commission: { rate: 0.5 } }, 'INVALID_ARGUMENT', ['input', 'commission', 'rate']],
  ])('%s is answered as data', async (_what, overrides, code, path) => {
    const { data } = await ask(RUN, { input: { ...INPUT, ...overrides } });
    expect(data['runBacktest']).toMatchObject({ backtest: null, errors: [{ code, path }] });
  });

  it('parameters that are no object of plain values are refused by their type', async () => {
    const { errors } = await ask(RUN, { input: { ...INPUT, params: { fast: [1] } } });
    expect(errors?.[0]?.message).toMatch(/StrategyParams: fast is none of them/);
  });

  it('ids of nothing, too few to compare, too many points: each has its code', async () => {
    expect((await ask(`{ backtest(id: "x") { id } }`)).data).toEqual({ backtest: null });
    expect(await codeOf(`{ compareBacktests(ids: ["${ids[0]}"]) { isSameData } }`)).toBe('INVALID_ARGUMENT');
    expect(await codeOf(`{ compareBacktests(ids: ["${ids[0]}", "${NOTHING}"]) { isSameData } }`)).toBe(
      'UNKNOWN_BACKTEST',
    );
    expect(await codeOf(`{ backtest(id: "${ids[0]}") { equityCurve(points: 9999) { equities } } }`)).toBe(
      'INVALID_ARGUMENT',
    );
    const { data } = await ask(`mutation { cancelBacktest(id: "x") { errors { ... on NotFoundError { code } } } }`);
    expect(data['cancelBacktest']).toEqual({ errors: [{ code: 'UNKNOWN_BACKTEST' }] });
    const ended = await ask(
      `mutation { cancelBacktest(id: "${ids[0]}") { errors { ... on BacktestStatusError { code status } } } }`,
    );
    expect(ended.data['cancelBacktest']).toEqual({ errors: [{ code: 'BACKTEST_ENDED', status: 'DONE' }] });
  });
});

it('strategies are listed with what they take', async () => {
  const { data } = await ask(`{ strategies { name isBuiltIn defaults parameters { name kind min max choices } } }`);
  const listed = data['strategies'] as unknown as { name: string }[];
  expect(listed.find(({ name }) => name === 'sma-cross')).toMatchObject({
    isBuiltIn: true,
    defaults: { fast: 10, slow: 20, direction: 'long' },
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: 'fast', kind: 'INTEGER', min: expect.any(Number) }),
    ]),
  });
});

const follow = (id: string) =>
  subscribe({
    schema,
    document: parse(`subscription { backtestProgress(id: "${id}") { cursor backtest { status } } }`),
    contextValue: context,
  });

describe('the subscription to progress', () => {
  it("begins at the backtest's first event in its partition, and takes no event of another", async () => {
    await follow(ids[1]!);
    const request = streamed.at(-1)!;
    const part = partitionOf(ids[1]!);
    const { rows } = await market.database.pool.query<{ off: number }>(
      "SELECT min(off) AS off FROM event_log WHERE topic = 'backtests' AND key = $1",
      [ids[1]],
    );
    expect(request).toMatchObject({ topic: 'backtests', after: null, begin: { part, off: rows[0]!.off } });
    expect(request.matches({ key: ids[0]! } as never)).toBe(false);
    expect(request.matches({ key: ids[1]! } as never)).toBe(true);
  });

  it('is refused for a backtest that is not there', async () => {
    const refused = (await follow(NOTHING)) as ExecutionResult;
    expect(refused.errors?.[0]?.extensions['code']).toBe('UNKNOWN_BACKTEST');
  });
});
