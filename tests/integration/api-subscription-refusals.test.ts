import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { eventually } from '../support/eventually.js';
import { makeContext } from '../support/graphql-context.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { RawGraphQLSocket } from '../support/raw-graphql-ws.js';
import { insertTradingRows } from '../support/trading-rows.js';

let market: MarketDatabase;
let api: TestApi;

beforeAll(async () => {
  market = await openMarketDatabase();
  await insertTradingRows(market.database.pool);
  const readModel = createReadModel(market.database, market.bars);
  api = await startTestApi({
    schema: buildGraphQLSchema(),
    createContext: (_client, events) => makeContext(readModel, {}, { events }),
  });
});
afterAll(async () => {
  await api?.close();
  await market?.close();
});

test('a subscription that could never say anything is answered by an error over the websocket, and the socket stays', async () => {
  const socket = await RawGraphQLSocket.connect(api.url);
  const refused = [
    ['bars(timeframe: FIVE_MINUTES) { cursor }', 'UNSUPPORTED_TIMEFRAME'],
    ['bars(symbols: ["BTC-USD"], timeframe: ONE_DAY) { cursor }', 'UNSUPPORTED_TIMEFRAME'],
    ['bars(symbols: ["NOPE"]) { cursor }', 'UNKNOWN_SYMBOL'],
    ['bars(symbols: ["AAPL"]) { cursor }', 'NOT_TRACKED'],
    ['signals(symbols: ["btc-usd"]) { cursor }', 'INVALID_SYMBOL'],
    [`anomalies(symbols: ["${'A'.repeat(300)}"]) { cursor }`, 'INVALID_SYMBOL'],
    ['signals(source: "oracle") { cursor }', 'INVALID_ARGUMENT'],
    ['orderUpdates(accountId: "nobody") { cursor }', 'UNKNOWN_ACCOUNT'],
    ['portfolio(accountId: "nobody") { cursor }', 'UNKNOWN_ACCOUNT'],
  ] as const;
  for (const [index, [field, code]] of refused.entries()) {
    socket.subscribe(`s${index}`, `subscription { ${field} }`);
    await eventually(`an answer to ${field}`, () => socket.of(`s${index}`, 'error').length === 1);
    expect(socket.of(`s${index}`, 'error')[0]?.payload).toMatchObject([{ extensions: { code } }]);
  }
  socket.subscribe('bars', 'subscription { bars(symbols: ["BTC-USD"]) { cursor } }');
  socket.subscribe('q', '{ platform { version } }');
  await eventually('the query is answered', () => socket.of('q').length === 1);
  expect(socket.of('bars', 'error')).toEqual([]);
  socket.ws.close();
});
