import { type ExecutionResult, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import type { LoggedEvent, NewEvent } from '../../src/domain/events.js';
import type { ReadModel } from '../../src/ports/read-model.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import type { EventStreams, StreamedEvent, StreamRequest } from '../../src/resolvers/event-streams.js';
import { MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { makeContext } from '../support/graphql-context.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { ids, insertTradingRows } from '../support/trading-rows.js';

const schema = buildGraphQLSchema();
const at = (minutes: number): string => new Date(SOME_MINUTE + minutes * MINUTE_MS).toISOString();
let market: MarketDatabase;
let readModel: ReadModel;

const bar = (symbol: string, timeframe = 'ONE_MINUTE'): NewEvent => ({
  topic: 'market_data',
  type: 'bar',
  key: symbol,
  eventId: ids.signal,
  payload: {
    symbol,
    timeframe,
    timestamp: at(0),
    close_time: at(1),
    open: 1,
    high: 2,
    low: 0.5,
    close: 1.5,
    volume: 3,
    vwap: null,
    adjustment: 'RAW',
    source: 'replay',
    revision: 1,
  },
});
const ended: NewEvent = {
  topic: 'market_data',
  type: 'series_ended',
  key: 'BTC-USD',
  eventId: ids.hold,
  payload: { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', timestamp: at(1), reason: 'REPLAY_OVER' },
};
const signal = (source: string): NewEvent => ({
  topic: 'trading_signals',
  type: 'signal',
  key: 'BTC-USD',
  eventId: ids.signal,
  payload: {
    signal_id: ids.signal,
    source,
    symbol: 'BTC-USD',
    timeframe: 'ONE_MINUTE',
    timestamp: at(1),
    bar_timestamp: at(0),
    action: 'BUY',
    reason: 'PREDICTED_RISE',
    confidence: 0.7,
    predicted_price: 107.1,
    current_price: 105,
    stop_loss: 103,
    take_profit: 109,
    stop_distance: 2,
    take_profit_distance: 4,
    settings: { thresholdBps: 30 },
    prediction_id: ids.prediction,
    model_id: ids.model,
  },
});
const anomaly: NewEvent = {
  topic: 'anomalies',
  type: 'anomaly',
  key: 'BTC-USD',
  eventId: ids.anomaly,
  payload: {
    anomaly_id: ids.anomaly,
    model_id: ids.model,
    symbol: 'BTC-USD',
    timeframe: 'ONE_MINUTE',
    timestamp: at(1),
    bar_timestamp: at(0),
    anomaly_score: -0.1,
    raw_score: -0.6,
    anomaly_type: 'PRICE_DROP',
    severity: 'LOW',
    description: 'it fell',
  },
};
const filled = (accountId: string): NewEvent => ({
  topic: 'orders',
  type: 'order_filled',
  key: accountId,
  eventId: ids.order,
  payload: {
    order_id: ids.order,
    account_id: accountId,
    client_order_id: 'entry-1',
    symbol: 'BTC-USD',
    side: 'BUY',
    order_type: 'MARKET',
    time_in_force: 'GTC',
    cause: 'ENTRY',
    quantity: '100.00',
    limit_price: null,
    stop_price: null,
    status: 'FILLED',
    end_reason: null,
    filled_quantity: '100.00',
    average_fill_price: '100.10',
    timestamp: at(2),
    created_at: at(1),
    filled_at: at(2),
    version: 3,
    fill: { fill_id: ids.fill, quantity: '100.00', price: '100.10', fee: '26.250' },
  },
});
const valued = (accountId: string): NewEvent => ({
  topic: 'portfolio',
  type: 'portfolio_updated',
  key: accountId,
  eventId: ids.decision,
  payload: {
    account_id: accountId,
    timestamp: at(3),
    total_value: '100473.75',
    cash: '89973.75',
    positions_value: '10500.00',
    total_pnl: '473.75',
    realized_pnl: '0.00',
    unrealized_pnl: '500.00',
    fees: '26.25',
    positions: [
      {
        symbol: 'BTC-USD',
        quantity: '100',
        average_price: '100',
        current_price: '105',
        unrealized_pnl: '500',
        realized_pnl: '0',
      },
    ],
  },
});

/** A log of these events, read as the hub does it: by topic, type and `matches`. */
function streamsOf(events: readonly NewEvent[]): EventStreams & { readonly requests: StreamRequest[] } {
  const requests: StreamRequest[] = [];
  return {
    requests,
    cursorOfNow: async (topic) => `now of ${topic}`,
    async *stream(request): AsyncGenerator<StreamedEvent> {
      requests.push(request);
      for (const [off, event] of events.entries()) {
        const logged = { ...event, part: 0, off, createdAt: 0 } as LoggedEvent;
        if (event.topic !== request.topic || !request.types.includes(event.type) || !request.matches(logged)) continue;
        yield { cursor: `cursor-${off}`, event: logged };
      }
    },
  };
}

async function received(source: string, events: readonly NewEvent[]) {
  const streams = streamsOf(events);
  const contextValue = makeContext(readModel, {}, { events: streams });
  const results = await subscribe({ schema, document: parse(source), contextValue });
  const payloads: ExecutionResult[] = [];
  if (!(Symbol.asyncIterator in results)) return { payloads: [results], request: undefined };
  for await (const result of results) payloads.push(JSON.parse(JSON.stringify(result)) as ExecutionResult);
  return { payloads, request: streams.requests[0] };
}

beforeAll(async () => {
  market = await openMarketDatabase();
  readModel = createReadModel(market.database, market.bars);
  await insertTradingRows(market.database.pool);
});

afterAll(() => market?.close());

describe('a subscription answers what its events say', () => {
  it('bars, of the symbols and the timeframe asked for; only these are thinned out for slow clients', async () => {
    const { payloads, request } = await received(
      'subscription { bars(symbols: ["BTC-USD"], after: "here") { cursor bar { symbol timestamp closeTime close vwap revision aggregatedFrom } } }',
      [bar('AAPL'), bar('BTC-USD'), ended, bar('BTC-USD', 'ONE_DAY')],
    );
    expect(payloads).toEqual([
      {
        data: {
          bars: {
            cursor: 'cursor-1',
            bar: {
              symbol: 'BTC-USD',
              timestamp: at(0),
              closeTime: at(1),
              close: 1.5,
              vwap: null,
              revision: 1,
              aggregatedFrom: null,
            },
          },
        },
      },
    ]);
    expect(request).toMatchObject({ topic: 'market_data', after: 'here', privateTo: null });
    const logged = { ...bar('BTC-USD'), part: 0, off: 0, createdAt: 0 } as LoggedEvent;
    expect(request?.conflateBy?.(logged)).toBe('BTC-USD');
  });

  it('signals of one source, down to their model', async () => {
    const { payloads, request } = await received(
      'subscription { signals(source: "lstm") { cursor signal { id source kind action stopLoss settings { name value } model { version } prediction { inputs { to } } } } }',
      [signal('ema-cross'), signal('lstm')],
    );
    expect(payloads).toEqual([
      {
        data: {
          signals: {
            cursor: 'cursor-1',
            signal: {
              id: ids.signal,
              source: 'lstm',
              kind: 'MODEL',
              action: 'BUY',
              stopLoss: 103,
              settings: [{ name: 'thresholdBps', value: 30 }],
              model: { version: 1 },
              prediction: { inputs: { to: at(0) } },
            },
          },
        },
      },
    ]);
    expect(request).toMatchObject({ topic: 'trading_signals', after: null, conflateBy: null, privateTo: null });
  });

  it('anomalies', async () => {
    const { payloads } = await received(
      'subscription { anomalies { cursor anomaly { anomalyType severity anomalyScore } } }',
      [anomaly],
    );
    expect(payloads).toEqual([
      {
        data: {
          anomalies: {
            cursor: 'cursor-0',
            anomaly: { anomalyType: 'PRICE_DROP', severity: 'LOW', anomalyScore: -0.1 },
          },
        },
      },
    ]);
  });

  it('orders of one account only, with what only the database knows where it is asked for', async () => {
    const { payloads, request } = await received(
      'subscription { orderUpdates(accountId: "replay-lstm") { cursor type timestamp fill { id fee } order { id status quantity averageFillPrice stopDistance signal { source } riskDecision { approved } } } }',
      [filled('replay-manual'), filled('replay-lstm')],
    );
    expect(payloads).toEqual([
      {
        data: {
          orderUpdates: {
            cursor: 'cursor-1',
            type: 'FILLED',
            timestamp: at(2),
            fill: { id: ids.fill, fee: '26.25' },
            order: {
              id: ids.order,
              status: 'FILLED',
              quantity: '100',
              averageFillPrice: '100.1',
              stopDistance: '2',
              signal: { source: 'lstm' },
              riskDecision: { approved: true },
            },
          },
        },
      },
    ]);
    expect(request).toMatchObject({ topic: 'orders', conflateBy: null, privateTo: 'replay-lstm' });
  });

  it("the default account's portfolio when none is named", async () => {
    const { payloads, request } = await received(
      'subscription { portfolio { cursor portfolio { accountId timestamp totalValue positions { symbol marketValue lastUpdated } } } }',
      [valued('replay-lstm'), valued('replay-manual')],
    );
    expect(payloads).toEqual([
      {
        data: {
          portfolio: {
            cursor: 'cursor-1',
            portfolio: {
              accountId: 'replay-manual',
              timestamp: at(3),
              totalValue: '100473.75',
              positions: [{ symbol: 'BTC-USD', marketValue: '10500', lastUpdated: at(3) }],
            },
          },
        },
      },
    ]);
    expect(request?.privateTo).toBe('replay-manual');
  });
});

it.each([
  ['an unknown symbol', 'subscription { bars(symbols: ["NOPE"]) { cursor } }', 'UNKNOWN_SYMBOL', 'symbols'],
  ['a long symbol', `subscription { bars(symbols: ["${'A'.repeat(300)}"]) { cursor } }`, 'INVALID_SYMBOL', 'symbols'],
  ['an untracked symbol', 'subscription { anomalies(symbols: ["AAPL"]) { cursor } }', 'NOT_TRACKED', 'symbols'],
  ['bars of an untracked symbol', 'subscription { bars(symbols: ["AAPL"]) { cursor } }', 'NOT_TRACKED', 'symbols'],
  [
    'a timeframe in which the symbol is not tracked',
    'subscription { bars(symbols: ["BTC-USD"], timeframe: FIVE_MINUTES) { cursor } }',
    'UNSUPPORTED_TIMEFRAME',
    'timeframe',
  ],
  [
    'a timeframe in which no symbol is tracked',
    'subscription { bars(timeframe: ONE_DAY) { cursor } }',
    'UNSUPPORTED_TIMEFRAME',
    'timeframe',
  ],
  ['an unknown source', 'subscription { signals(source: "oracle") { cursor } }', 'INVALID_ARGUMENT', 'source'],
  [
    'the portfolio of an unknown account',
    'subscription { portfolio(accountId: "nobody") { cursor } }',
    'UNKNOWN_ACCOUNT',
    'accountId',
  ],
  ['a lower-case symbol', 'subscription { signals(symbols: ["btc-usd"]) { cursor } }', 'INVALID_SYMBOL', 'symbols'],
  [
    'an unknown account',
    'subscription { orderUpdates(accountId: "nobody") { cursor } }',
    'UNKNOWN_ACCOUNT',
    'accountId',
  ],
])('%s is refused before anything streams', async (_, source, code, path) => {
  const { payloads } = await received(source, []);
  expect(payloads).toHaveLength(1);
  expect(payloads[0]?.errors?.[0]?.extensions).toMatchObject({ code, path: [path] });
});

it('a timeframe that is not streamed is told with those that are', async () => {
  const { payloads } = await received('subscription { bars(timeframe: FIVE_MINUTES) { cursor } }', []);
  const [error] = payloads[0]?.errors ?? [];
  expect(error?.message).toMatch(/^timeframe: no FIVE_MINUTES bars .* streamed: ONE_MINUTE\./);
  expect(error?.extensions).toMatchObject({ limit: 'ONE_MINUTE', value: 'FIVE_MINUTES' });
});

it('the payload of an event is made without a promise: a thousand clients wait for none', () => {
  const field = schema.getSubscriptionType()?.getFields()['bars'];
  const event = { cursor: 'c', event: { ...bar('BTC-USD'), part: 0, off: 0, createdAt: 0 } as LoggedEvent };
  const payload: unknown = field?.resolve?.(event, {}, makeContext(readModel), {} as never);
  expect(payload).toMatchObject({ cursor: 'c', bar: { close: 1.5 } });
});

it('the cursor of this moment is one of the topic behind the subscription', async () => {
  const contextValue = makeContext(readModel, {}, { events: streamsOf([]) });
  const { data } = await graphql({
    schema,
    source: '{ bars: streamCursor(stream: BARS) orders: streamCursor(stream: ORDER_UPDATES) }',
    contextValue,
  });
  expect(data).toEqual({ bars: 'now of market_data', orders: 'now of orders' });
});
