import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { ok } from '../../src/domain/result.js';
import type { ReadModel } from '../../src/ports/read-model.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import type { GraphQLContext } from '../../src/resolvers/context.js';
import { makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { type Answer, answerOf } from '../support/graphql-answer.js';
import { makeContext } from '../support/graphql-context.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { ids, insertTradingRows } from '../support/trading-rows.js';

const schema = buildGraphQLSchema();
const at = (minutes: number): string => new Date(SOME_MINUTE + minutes * MINUTE_MS).toISOString();
let market: MarketDatabase;
let readModel: ReadModel;

async function ask<Alias extends string = never>(
  source: string,
  context: GraphQLContext = makeContext(readModel),
): Promise<Answer<Alias>> {
  const result = await graphql({ schema, source, contextValue: context });
  expect(result.errors).toBeUndefined();
  return answerOf<Alias>(result.data);
}

const barsPage = (args: string) =>
  ask(
    `{ bars(symbol: "BTC-USD", ${args}) { edges { cursor node { timestamp close revision aggregatedFrom } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`,
  );
const signalsPage = (args: string) =>
  ask(`{ signals(${args}) { edges { node { id } } pageInfo { endCursor startCursor hasNextPage } } }`);

beforeAll(async () => {
  market = await openMarketDatabase();
  readModel = createReadModel(market.database, market.bars);
  await insertTradingRows(market.database.pool);
  // 12 minutes, of which the fourth had no trades.
  const minutes = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11];
  const bars = minutes.map((minute) =>
    makeBar({
      timestamp: SOME_MINUTE + minute * MINUTE_MS,
      open: 100 + minute,
      low: 99,
      high: 200 + minute,
      close: 101 + minute,
    }),
  );
  await market.unitOfWork.transaction((tx) => market.bars.upsert(tx, bars));
});

afterAll(() => market?.close());

describe('provenance', () => {
  it('is walked from the fill to the bars in one query', async () => {
    const { fills } = await ask(`{ fills(first: 10) { edges { node { id quantity price fee order {
      clientOrderId account { id }
      riskDecision { approved checks { code passed limit value headroom } signal { id } }
      signal { source action settings { name value } model { version kind backend } prediction { expectedChange inputs { from to } model { id } } }
    } } } } }`);
    expect(fills.edges).toHaveLength(1);
    expect(fills.edges[0]?.node).toEqual({
      id: ids.fill,
      quantity: '100',
      price: '100',
      fee: '26.25',
      order: {
        clientOrderId: 'entry-1',
        account: { id: 'replay-lstm' },
        riskDecision: {
          approved: true,
          checks: [
            { code: 'INSUFFICIENT_FUNDS', passed: true, limit: '100000', value: '11051.25', headroom: '100000' },
            { code: 'ACCOUNT_HALTED', passed: true, limit: null, value: 'ACTIVE', headroom: null },
          ],
          signal: { id: ids.signal },
        },
        signal: {
          source: 'lstm',
          action: 'BUY',
          settings: [{ name: 'thresholdBps', value: 30 }],
          model: { version: 1, kind: 'LSTM', backend: 'TFJS_WASM' },
          prediction: { expectedChange: 2, inputs: { from: at(-29), to: at(0) }, model: { id: ids.model } },
        },
      },
    });
  });

  it('asks for each kind of nested row once, however many rows there are', async () => {
    const asked: string[] = [];
    const ml = readModel.ml;
    const counting: ReadModel = {
      ...readModel,
      ml: Object.assign(Object.create(ml) as typeof ml, {
        modelsById: (wanted: readonly string[]) => (asked.push(`models ${wanted.length}`), ml.modelsById(wanted)),
      }),
    };
    const context = makeContext(counting);
    await ask(
      '{ signals(first: 10) { edges { node { model { id } } } } anomalies(first: 10) { edges { node { model { id } } } } }',
      context,
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(new Set(asked)).toEqual(new Set(['models 1']));
  });
});

describe('bars', () => {
  it('come in pages that join without gap or overlap, from either end', async () => {
    const times: unknown[] = [];
    for (let after = '', more = true; more;) {
      const { bars } = await barsPage(`first: 4${after && `, after: "${after}"`}`);
      times.push(...bars.edges.map((edge) => edge.node.timestamp));
      more = bars.pageInfo.hasNextPage;
      after = bars.pageInfo.endCursor;
    }
    expect(times).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11].map(at));
    const { bars: last } = await barsPage('last: 2');
    expect(last.edges.map((edge) => edge.node.timestamp)).toEqual([at(10), at(11)]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const { bars: before } = await barsPage(`last: 2, before: "${last.pageInfo.startCursor}"`);
    expect(before.edges.map((edge) => edge.node.timestamp)).toEqual([at(8), at(9)]);
    const { bars: ranged } = await barsPage(`first: 10, from: "${at(1)}", to: "${at(4)}"`);
    expect(ranged.edges.map((edge) => edge.node.timestamp)).toEqual([at(1), at(2)]);
  });

  it('of a timeframe that is not stored are made of the stored ones, without the one still forming', async () => {
    const { bars, barSeries, none } = await ask<'none'>(`{
      bars(symbol: "BTC-USD", timeframe: FIVE_MINUTES, last: 5) { edges { node { timestamp closeTime open high low close volume aggregatedFrom source } } pageInfo { hasPreviousPage } }
      barSeries(symbol: "BTC-USD", timeframe: FIVE_MINUTES, last: 1) { timestamps closes hasEarlier hasLater }
      none: barSeries(symbol: "AAPL", timeframe: ONE_DAY, last: 5) { timestamps hasEarlier }
    }`);
    expect(bars.edges.map((edge) => edge.node)).toEqual([
      {
        timestamp: at(0),
        closeTime: at(5),
        open: 100,
        high: 204,
        low: 99,
        close: 105,
        volume: 6,
        aggregatedFrom: 'ONE_MINUTE',
        source: 'replay',
      },
      {
        timestamp: at(5),
        closeTime: at(10),
        open: 105,
        high: 209,
        low: 99,
        close: 110,
        volume: 7.5,
        aggregatedFrom: 'ONE_MINUTE',
        source: 'replay',
      },
    ]);
    expect(bars.pageInfo.hasPreviousPage).toBe(false);
    expect(barSeries).toEqual({ timestamps: [at(5)], closes: [110], hasEarlier: true, hasLater: false });
    expect(none).toEqual({ timestamps: [], hasEarlier: false });
  });

  it('come as columns of the same numbers', async () => {
    const { barSeries } = await ask(
      `{ barSeries(symbol: "BTC-USD", first: 3, from: "${at(2)}") { symbol timeframe timestamps opens highs lows closes volumes hasLater } }`,
    );
    expect(barSeries).toEqual({
      symbol: 'BTC-USD',
      timeframe: 'ONE_MINUTE',
      timestamps: [at(2), at(4), at(5)],
      opens: [102, 104, 105],
      highs: [202, 204, 205],
      lows: [99, 99, 99],
      closes: [103, 105, 106],
      volumes: [1.5, 1.5, 1.5],
      hasLater: true,
    });
  });
});

describe('lists', () => {
  it('answer what is stored, in their order', async () => {
    const data = await ask(`{
      symbols { updateFrequency symbols { symbol calendar tickSize tracked { timeframe endedAt } } }
      dataQuality(first: 10) { edges { node { code count lastBarTimestamp } } }
      signals(first: 10) { edges { node { source kind action timestamp } } }
      sells: signals(first: 10, actions: [SELL], symbols: ["BTC-USD"], source: "lstm") { edges { cursor } }
      anomalies(first: 1) { edges { node { anomalyScore anomalyType severity model { id } } } }
      models(last: 1, kind: LSTM) { edges { node { id skill skillStandardError hasSkill trainingSeconds } } }
      accounts(first: 10) { edges { node { id isDefault broker signalSource } } }
      orders(first: 10, accountId: "replay-lstm") { edges { node { clientOrderId status reservedCash protectionMode fills { id } } } }
      order(id: "${ids.order}") { clientOrderId stopDistance endedAt }
      nothing: order(id: "no-uuid") { id }
      positions(first: 10, accountId: "replay-lstm") { edges { node { symbol quantity averagePrice marketValue unrealizedPnl account { name } } } }
      portfolioHistory(last: 1, accountId: "replay-lstm") { edges { node { timestamp totalValue } } pageInfo { hasPreviousPage } }
    }`);
    expect(data).toEqual({
      symbols: {
        updateFrequency: '1 minute',
        symbols: [
          { symbol: 'AAPL', calendar: 'US_EQUITY', tickSize: '0.000001', tracked: [] },
          {
            symbol: 'BTC-USD',
            calendar: 'CRYPTO',
            tickSize: '0.01',
            tracked: [{ timeframe: 'ONE_MINUTE', endedAt: null }],
          },
        ],
      },
      dataQuality: {
        edges: [
          { node: { code: 'HIGH_BELOW_LOW', count: 3, lastBarTimestamp: at(0) } },
          { node: { code: 'MALFORMED', count: 1, lastBarTimestamp: null } },
        ],
      },
      signals: {
        edges: [
          { node: { source: 'ema-cross', kind: 'STRATEGY', action: 'HOLD', timestamp: at(2) } },
          { node: { source: 'lstm', kind: 'MODEL', action: 'BUY', timestamp: at(1) } },
        ],
      },
      sells: { edges: [] },
      anomalies: {
        edges: [
          { node: { anomalyScore: -0.12, anomalyType: 'PRICE_SPIKE', severity: 'HIGH', model: { id: ids.model } } },
        ],
      },
      models: {
        edges: [
          { node: { id: ids.model, skill: 0.01, skillStandardError: 0.002, hasSkill: true, trainingSeconds: 19.5 } },
        ],
      },
      accounts: {
        edges: [
          { node: { id: 'replay-lstm', isDefault: false, broker: 'PAPER', signalSource: 'lstm' } },
          { node: { id: 'replay-manual', isDefault: true, broker: 'PAPER', signalSource: null } },
        ],
      },
      orders: {
        edges: [
          { node: { clientOrderId: 'stop-1', status: 'ACCEPTED', reservedCash: '0', protectionMode: null, fills: [] } },
          {
            node: {
              clientOrderId: 'entry-1',
              status: 'FILLED',
              reservedCash: '0',
              protectionMode: 'RESTING',
              fills: [{ id: ids.fill }],
            },
          },
        ],
      },
      order: { clientOrderId: 'entry-1', stopDistance: '2', endedAt: at(2) },
      nothing: null,
      positions: {
        edges: [
          {
            node: {
              symbol: 'BTC-USD',
              quantity: '100',
              averagePrice: '100',
              marketValue: '10500',
              unrealizedPnl: '500',
              account: { name: 'lstm' },
            },
          },
        ],
      },
      portfolioHistory: {
        edges: [{ node: { timestamp: at(3), totalValue: '100473.75' } }],
        pageInfo: { hasPreviousPage: true },
      },
    });
  });

  it('of models leave their artifacts, which take megabytes, in the database', async () => {
    const page = { from: 'first', size: 10, after: null, before: null } as const;
    const { items } = await readModel.ml.models({ symbol: null, kind: null }, page);
    const [byId] = await readModel.ml.modelsById([ids.model]);
    expect([items[0]?.item.id, byId?.id]).toEqual([ids.model, ids.model]);
    expect([items[0]?.item, byId].map((model) => Object(model).artifact)).toEqual([undefined, undefined]);
  });

  it('newest first go on behind a cursor, also where several items share a time', async () => {
    const { signals: first } = await signalsPage('first: 1');
    const { signals: second } = await signalsPage(`first: 1, after: "${first.pageInfo.endCursor}"`);
    expect([...first.edges, ...second.edges].map((edge) => edge.node.id)).toEqual([ids.hold, ids.signal]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const { signals: back } = await signalsPage(`last: 1, before: "${second.pageInfo.startCursor}"`);
    expect(back.edges).toEqual(first.edges);
  });
});

describe('a portfolio', () => {
  it('adds up: total value is cash and positions, total PnL is realized and unrealized less fees', async () => {
    const { portfolio } = await ask(
      '{ portfolio(accountId: "replay-lstm") { timestamp totalValue cash positionsValue totalPnl realizedPnl unrealizedPnl fees positions { symbol averagePrice } account { name } } }',
    );
    expect(portfolio).toEqual({
      timestamp: at(3),
      totalValue: '100473.75',
      cash: '89973.75',
      positionsValue: '10500',
      totalPnl: '473.75',
      realizedPnl: '0',
      unrealizedPnl: '500',
      fees: '26.25',
      positions: [{ symbol: 'BTC-USD', averagePrice: '100' }],
      account: { name: 'lstm' },
    });
  });

  it("is the default account's when none is named, also before its first bar", async () => {
    const { portfolio } = await ask('{ portfolio { accountId timestamp totalValue totalPnl positions { symbol } } }');
    expect(portfolio).toEqual({
      accountId: 'replay-manual',
      timestamp: at(-60),
      totalValue: '100000',
      totalPnl: '0',
      positions: [],
    });
  });
});

describe('what the program says of itself', () => {
  it('labels a replay as one', async () => {
    const data = await ask(
      '{ platform { provider isReplay version replay { state speed startsAt endsAt } pipeline { group topic events } training { kind } } rateLimit { limit remaining resetAt } }',
    );
    expect(data).toEqual({
      platform: {
        provider: 'replay',
        isReplay: true,
        version: '0.0.0-test',
        replay: {
          state: 'RUNNING',
          speed: 1,
          startsAt: '2024-03-05T14:00:00.000Z',
          endsAt: '2024-03-05T16:00:00.000Z',
        },
        pipeline: [{ group: 'ml-service', topic: 'market_data', events: 2 }],
        training: [],
      },
      rateLimit: { limit: 50_000, remaining: 49_000, resetAt: '2024-03-05T15:01:00.000Z' },
    });
  });
});

describe('mutations', () => {
  it('hand a checked order to the service, in plain notation, and answer the stored order', async () => {
    const commands: unknown[] = [];
    const context = makeContext(readModel, {
      createOrder: (command) => (commands.push(command), Promise.resolve(ok({ orderId: ids.openOrder }))),
      cancelOrder: () => Promise.resolve(ok({ orderId: ids.openOrder })),
    });
    const { createOrder, cancelOrder } = await ask(
      `mutation { createOrder(input: { clientOrderId: "a-1", symbol: "BTC-USD", side: BUY, quantity: "2.5e-1", stopLoss: 98.5 }) { order { id } errors { __typename } }
        cancelOrder(id: "${ids.openOrder.toUpperCase()}") { order { status } errors { __typename } } }`,
      context,
    );
    expect(commands).toEqual([
      {
        clientOrderId: 'a-1',
        accountId: 'replay-manual',
        symbol: 'BTC-USD',
        side: 'BUY',
        orderType: 'MARKET',
        quantity: '0.25',
        limitPrice: null,
        stopPrice: null,
        timeInForce: 'GTC',
        stopLoss: '98.5',
        takeProfit: null,
      },
    ]);
    expect(createOrder).toEqual({ order: { id: ids.openOrder }, errors: [] });
    expect(cancelOrder).toEqual({ order: { status: 'ACCEPTED' }, errors: [] });
  });

  it('queue, track and untrack through their services', async () => {
    const context = makeContext(readModel, {
      ingest: () => Promise.resolve(ok({ jobId: 'job-1' })),
      trackSymbol: () => Promise.resolve(ok({ added: true })),
      untrackSymbol: () => Promise.resolve(ok({ removed: true })),
    });
    const data = await ask(
      'mutation { ingest(symbol: "BTC-USD") { message status jobId } trackSymbol(symbol: "AAPL", timeframe: ONE_DAY) { added instrument { symbol } errors { __typename } } untrackSymbol(symbol: "AAPL") { removed instrument { symbol } } }',
      context,
    );
    expect(data).toEqual({
      ingest: { message: 'Ingestion triggered', status: 'queued', jobId: 'job-1' },
      trackSymbol: { added: true, instrument: { symbol: 'AAPL' }, errors: [] },
      untrackSymbol: { removed: true, instrument: { symbol: 'AAPL' } },
    });
  });
});
