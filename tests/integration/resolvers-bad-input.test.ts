import { graphql, GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { err } from '../../src/domain/result.js';
import type { ReadModel } from '../../src/ports/read-model.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import type { GraphQLContext } from '../../src/resolvers/context.js';
import { makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { answerOf } from '../support/graphql-answer.js';
import { makeContext } from '../support/graphql-context.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { ids, insertTradingRows } from '../support/trading-rows.js';

const schema = buildGraphQLSchema();
let market: MarketDatabase;
let readModel: ReadModel;

const run = (source: string, context?: GraphQLContext, variableValues?: Record<string, unknown>) =>
  graphql({ schema, source, contextValue: context ?? makeContext(readModel), variableValues });

/** The one error of an operation. */
async function refusalOf(source: string, context?: GraphQLContext): Promise<GraphQLError> {
  const { errors } = await run(source, context);
  expect(errors).toHaveLength(1);
  return errors![0]!;
}

beforeAll(async () => {
  market = await openMarketDatabase();
  readModel = createReadModel(market.database, market.bars);
  await insertTradingRows(market.database.pool);
  await market.unitOfWork.transaction((tx) =>
    market.bars.upsert(
      tx,
      [0, 1, 2].map((minute) => makeBar({ timestamp: SOME_MINUTE + minute * MINUTE_MS })),
    ),
  );
});

afterAll(() => market?.close());

const LONG = 'A'.repeat(300);
const NEWER_FIRST = 'from: "2024-03-06T00:00:00Z", to: "2024-03-05T00:00:00Z"';

describe('a query refuses with a code, the argument and the limit', () => {
  it.each([
    [
      'an unknown symbol',
      '{ bars(symbol: "NOPE", first: 1) { edges { cursor } } }',
      'UNKNOWN_SYMBOL',
      ['symbol'],
      undefined,
      'symbol: no instrument NOPE',
    ],
    [
      'a lower-case symbol',
      '{ bars(symbol: "btc-usd", first: 1) { edges { cursor } } }',
      'INVALID_SYMBOL',
      ['symbol'],
      32,
      'must be upper-case, as in "BTC-USD"',
    ],
    [
      'a symbol of 300 characters',
      `{ barSeries(symbol: "${LONG}", first: 1) { opens } }`,
      'INVALID_SYMBOL',
      ['symbol'],
      32,
      '300 characters are more than the limit of 32',
    ],
    [
      'an empty symbol',
      '{ predictPrice(symbol: "") { expectedChange } }',
      'INVALID_SYMBOL',
      ['symbol'],
      32,
      'symbol: must not be empty',
    ],
    [
      'a list with an unknown symbol',
      '{ signals(first: 1, symbols: ["BTC-USD", "NOPE"]) { edges { cursor } } }',
      'UNKNOWN_SYMBOL',
      ['symbols'],
      undefined,
      'symbols: no instrument NOPE',
    ],
    [
      'an empty list of symbols',
      '{ anomalies(first: 1, symbols: []) { edges { cursor } } }',
      'INVALID_ARGUMENT',
      ['symbols'],
      100,
      'between 1 and 100',
    ],
    [
      'from after to (bars)',
      `{ bars(symbol: "BTC-USD", first: 1, ${NEWER_FIRST}) { edges { cursor } } }`,
      'INVALID_RANGE',
      ['from'],
      '2024-03-05T00:00:00.000Z',
      'from: 2024-03-06T00:00:00.000Z is after to: 2024-03-05T00:00:00.000Z',
    ],
    [
      'from after to (orders)',
      `{ orders(first: 1, ${NEWER_FIRST}) { edges { cursor } } }`,
      'INVALID_RANGE',
      ['from'],
      '2024-03-05T00:00:00.000Z',
      'is after to',
    ],
    [
      'first: 0',
      '{ bars(symbol: "BTC-USD", first: 0) { edges { cursor } } }',
      'INVALID_PAGE',
      ['first'],
      1000,
      'first: 0 is not between 1 and 1000',
    ],
    [
      'first: 1,000,000',
      '{ signals(first: 1000000) { edges { cursor } } }',
      'INVALID_PAGE',
      ['first'],
      1000,
      'first: 1000000 is not between 1 and 1000',
    ],
    [
      'last: -1',
      '{ fills(last: -1) { edges { cursor } } }',
      'INVALID_PAGE',
      ['last'],
      1000,
      'last: -1 is not between 1 and 1000',
    ],
    [
      'neither first nor last',
      '{ orders { edges { cursor } } }',
      'INVALID_PAGE',
      ['first'],
      1000,
      'exactly one of them',
    ],
    [
      'both first and last',
      '{ orders(first: 1, last: 1) { edges { cursor } } }',
      'INVALID_PAGE',
      ['first'],
      1000,
      'exactly one of them',
    ],
    [
      'a series that is too long',
      '{ barSeries(symbol: "BTC-USD", last: 5001) { opens } }',
      'INVALID_PAGE',
      ['last'],
      5000,
      'between 1 and 5000',
    ],
    [
      'a cursor that is none',
      '{ orders(first: 1, after: "garbage") { edges { cursor } } }',
      'BAD_CURSOR',
      ['after'],
      undefined,
      'after: is not a cursor of orders',
    ],
    [
      'a cursor of 100,000 characters',
      `{ orders(first: 1, before: "${'x'.repeat(100_000)}") { edges { cursor } } }`,
      'BAD_CURSOR',
      ['before'],
      undefined,
      'before: is not a cursor of orders',
    ],
    [
      'an unknown account',
      '{ portfolio(accountId: "nobody") { cash } }',
      'UNKNOWN_ACCOUNT',
      ['accountId'],
      undefined,
      'there is no account "nobody"',
    ],
    [
      'an unknown order',
      '{ fills(first: 1, orderId: "nothing") { edges { cursor } } }',
      'UNKNOWN_ORDER',
      ['orderId'],
      undefined,
      'there is no order "nothing"',
    ],
    [
      'a symbol without a model',
      '{ predictPrice(symbol: "BTC-USD") { expectedChange } }',
      'NO_MODEL',
      ['symbol'],
      undefined,
      'no model is ready',
    ],
    [
      'a check without a model',
      '{ detectAnomaly(symbol: "BTC-USD") { isAnomaly } }',
      'NO_MODEL',
      ['symbol'],
      undefined,
      'no model is ready',
    ],
  ])('%s', async (_, source, code, path, limit, words) => {
    const { message, extensions } = await refusalOf(source);
    expect(extensions).toMatchObject({ code, path });
    expect(extensions['limit']).toEqual(limit);
    expect(message).toContain(words);
  });

  it.each([
    [
      'another field',
      '{ signals(first: 1) { pageInfo { endCursor } } }',
      'signals',
      (cursor: string) => `{ anomalies(first: 1, after: "${cursor}") { edges { cursor } } }`,
    ],
    [
      'another filter',
      '{ bars(symbol: "BTC-USD", first: 1) { pageInfo { endCursor } } }',
      'bars',
      (cursor: string) => `{ bars(symbol: "AAPL", first: 1, after: "${cursor}") { edges { cursor } } }`,
    ],
  ])('a cursor of %s', async (_, source, field, next) => {
    const { data } = await run(source);
    const cursor = answerOf<string>(data)[field]!.pageInfo.endCursor;
    expect(cursor).toEqual(expect.any(String));
    expect((await refusalOf(next(cursor))).extensions).toMatchObject({ code: 'BAD_CURSOR', path: ['after'] });
  });

  it('a cursor whose key was forged, without asking the database for what it cannot hold', async () => {
    const { data } = await run('{ orders(first: 1) { pageInfo { endCursor } } }');
    const [tag] = JSON.parse(Buffer.from(answerOf(data).orders.pageInfo.endCursor, 'base64url').toString()) as [string];
    for (const key of [[1e300, ids.order], [0, "'; --"], ['a', 'b'], [0], [0, ids.order, 1], [null, null]]) {
      const forged = Buffer.from(JSON.stringify([tag, ...key])).toString('base64url');
      expect(
        (await refusalOf(`{ orders(first: 1, after: "${forged}") { edges { cursor } } }`)).extensions['code'],
      ).toBe('BAD_CURSOR');
    }
  });

  it.each([
    'yesterday',
    '2016-02-30T00:00:00Z',
    '2016-01-01',
    '2016-01-01T24:00:00Z',
    '2016-01-01T00:00:00.0001Z',
    '0000-01-01T00:00:00Z',
    '2016-01-01T00:00:00',
  ])('a time that is none: %s', async (text) => {
    const { message } = await refusalOf(`{ bars(symbol: "BTC-USD", first: 1, from: "${text}") { edges { cursor } } }`);
    expect(message).toContain(`DateTime: "${text}" is not an RFC 3339 time`);
  });

  it('takes the earliest and the latest time there is, and any offset', async () => {
    const { data, errors } = await run(
      '{ bars(symbol: "BTC-USD", first: 5, from: "0001-01-01T00:00:00Z", to: "9999-12-31T23:59:59.999Z") { edges { cursor } } one: bars(symbol: "BTC-USD", first: 5, from: "2024-03-05T16:32:00+02:00") { edges { node { timestamp } } } week: barSeries(symbol: "BTC-USD", timeframe: ONE_DAY, last: 5) { opens } }',
    );
    expect(errors).toBeUndefined();
    expect(answerOf(data).bars.edges).toHaveLength(3);
    expect(answerOf<'one'>(data).one.edges).toEqual([
      { node: { timestamp: new Date(SOME_MINUTE + 2 * MINUTE_MS).toISOString() } },
    ]);
  });
});

const never = () => Promise.reject(new Error('the service must not be called'));
const order = (fields: string) =>
  `mutation { createOrder(input: { ${fields} }) { order { id } errors { __typename ... on UserError { code message path } ... on InvalidInputError { limit value } ... on NotFoundError { value } } } }`;
const VALID = 'clientOrderId: "a", symbol: "BTC-USD", side: BUY, quantity: "1"';
const validBut = (field: string) => {
  const name = field.slice(0, field.indexOf(':'));
  return `${VALID.split(', ')
    .filter((part) => !part.startsWith(`${name}:`))
    .join(', ')}, ${field}`;
};

describe('createOrder refuses as data, books nothing', () => {
  it.each([
    ['a negative quantity', 'quantity: "-1"', 'INVALID_QUANTITY', 'quantity', 'is not above 0'],
    ['a quantity of 0', 'quantity: 0', 'INVALID_QUANTITY', 'quantity', 'is not above 0'],
    ['NaN', 'quantity: "NaN"', 'INVALID_QUANTITY', 'quantity', '"NaN" is not a decimal number'],
    ['Infinity', 'quantity: "Infinity"', 'INVALID_QUANTITY', 'quantity', 'is not a decimal number'],
    [
      '1e308',
      'quantity: 1e308',
      'INVALID_QUANTITY',
      'quantity',
      'is too large; it must be above 0 and at most 1000000000000',
    ],
    ['1e999999', 'quantity: "1e999999"', 'INVALID_QUANTITY', 'quantity', 'is too large'],
    ['hexadecimal', 'quantity: "0x10"', 'INVALID_QUANTITY', 'quantity', 'is not a decimal number'],
    ['an empty quantity', 'quantity: ""', 'INVALID_QUANTITY', 'quantity', 'is not a decimal number'],
    ['a negative limit price', 'orderType: LIMIT, limitPrice: "-5"', 'INVALID_PRICE', 'limitPrice', 'is not above 0'],
    [
      'a stop price in words',
      'orderType: STOP, stopPrice: "low"',
      'INVALID_PRICE',
      'stopPrice',
      'is not a decimal number',
    ],
    ['a LIMIT order without its price', 'orderType: LIMIT', 'INVALID_PRICE', 'limitPrice', 'a LIMIT order needs one'],
    ['a STOP order without its price', 'orderType: STOP', 'INVALID_PRICE', 'stopPrice', 'a STOP order needs one'],
    ['a stop-loss of 0', 'stopLoss: "0"', 'INVALID_PROTECTION', 'stopLoss', 'is not above 0'],
    ['a lower-case symbol', 'symbol: "btc-usd"', 'INVALID_SYMBOL', 'symbol', 'must be upper-case'],
    ['a symbol of 300 characters', `symbol: "${LONG}"`, 'INVALID_SYMBOL', 'symbol', 'the limit of 32'],
    ['an empty client order id', 'clientOrderId: ""', 'INVALID_CLIENT_ORDER_ID', 'clientOrderId', 'between 1 and 64'],
    [
      'a client order id of 300 characters',
      `clientOrderId: "${LONG}"`,
      'INVALID_CLIENT_ORDER_ID',
      'clientOrderId',
      '300 characters are not between 1 and 64',
    ],
    ['an unknown account', 'accountId: "nobody"', 'UNKNOWN_ACCOUNT', 'accountId', 'there is no account "nobody"'],
  ])('%s', async (_, field, code, path, words) => {
    const { data, errors } = await run(order(validBut(field)), makeContext(readModel, { createOrder: never }));
    expect(errors).toBeUndefined();
    const payload = answerOf(data).createOrder;
    expect(payload.order).toBeNull();
    expect(payload.errors).toHaveLength(1);
    expect(payload.errors[0]).toMatchObject({ code, path: ['input', path] });
    expect(payload.errors[0]!.message).toContain(path);
    expect(payload.errors[0]!.message).toContain(words);
    const hasLimit = /QUANTITY|PRICE|PROTECTION/.test(code);
    if (hasLimit) expect(payload.errors[0]!.limit).toBe('1000000000000');
  });

  it('a price that belongs to another type of order', async () => {
    const { data } = await run(order(validBut('orderType: STOP, limitPrice: "5", stopPrice: "6"')));
    expect(answerOf(data).createOrder.errors).toMatchObject([
      {
        code: 'INVALID_PRICE',
        path: ['input', 'limitPrice'],
        message: 'limitPrice: belongs to a LIMIT order, not to STOP',
      },
    ]);
  });

  it('everything that is wrong at once', async () => {
    const { data } = await run(
      order('clientOrderId: "", symbol: "x", side: SELL, orderType: LIMIT, quantity: "NaN", limitPrice: "-1"'),
    );
    expect(answerOf(data).createOrder.errors.map((error) => error.code)).toEqual([
      'INVALID_CLIENT_ORDER_ID',
      'INVALID_SYMBOL',
      'INVALID_QUANTITY',
      'INVALID_PRICE',
    ]);
  });

  it.each([
    [
      'more than the cash',
      { code: 'INSUFFICIENT_FUNDS', message: 'x', limit: '100000.00', value: '250000', headroom: '100000' },
      { __typename: 'RiskDeniedError', limit: '100000', value: '250000', headroom: '100000' },
    ],
    [
      'a sale of what is not held',
      { code: 'INSUFFICIENT_POSITION', message: 'x', limit: '0', value: '1', headroom: '0' },
      { __typename: 'RiskDeniedError', limit: '0', value: '1' },
    ],
    [
      'the same id with another input',
      { code: 'CLIENT_ORDER_ID_REUSED', message: 'x', value: 'a' },
      { __typename: 'ClientOrderIdReusedError', value: 'a' },
    ],
    [
      'a quantity that is no whole number of lots',
      { code: 'INVALID_QUANTITY', message: 'x', path: ['input', 'quantity'], limit: '1' },
      { __typename: 'InvalidInputError', path: ['input', 'quantity'] },
    ],
    [
      'a symbol that nobody knows',
      { code: 'UNKNOWN_SYMBOL', message: 'x', value: 'NOPE' },
      { __typename: 'NotFoundError', path: ['input'] },
    ],
  ] as const)('what the service refuses, with its context: %s', async (_, refusal, expected) => {
    const { data, errors } = await run(
      `mutation { createOrder(input: { ${VALID} }) { order { id } errors { __typename ... on UserError { code path } ... on RiskDeniedError { limit value headroom } ... on InvalidInputError { limit value } ... on NotFoundError { value } ... on ClientOrderIdReusedError { value } } } }`,
      makeContext(readModel, { createOrder: () => Promise.resolve(err(refusal)) }),
    );
    expect(errors).toBeUndefined();
    expect(answerOf(data).createOrder).toMatchObject({
      order: null,
      errors: [{ code: refusal.code, ...expected }],
    });
  });

  it('a JSON number that float64 cannot hold exactly is asked for as text', async () => {
    const { errors } = await run(
      'mutation ($q: Decimal!) { createOrder(input: { clientOrderId: "a", symbol: "BTC-USD", side: BUY, quantity: $q }) { order { id } } }',
      undefined,
      { q: 0.1234567890123456 },
    );
    expect(errors?.[0]?.message).toContain('as a string');
  });
});

describe('the other mutations refuse as data', () => {
  it.each([
    [
      'cancelOrder(id: "x") { order { id } errors { __typename ... on UserError { code path } } }',
      'cancelOrder',
      'UNKNOWN_ORDER',
      'id',
    ],
    [
      'ingest(symbol: "btc") { status jobId errors { __typename ... on UserError { code path } } }',
      'ingest',
      'INVALID_SYMBOL',
      'symbol',
    ],
    [
      'trackSymbol(symbol: "") { added errors { __typename ... on UserError { code path } } }',
      'trackSymbol',
      'INVALID_SYMBOL',
      'symbol',
    ],
    [
      `untrackSymbol(symbol: "${LONG}") { removed errors { __typename ... on UserError { code path } } }`,
      'untrackSymbol',
      'INVALID_SYMBOL',
      'symbol',
    ],
  ])('%s', async (field, name, code, path) => {
    const { data, errors } = await run(`mutation { ${field} }`);
    expect(errors).toBeUndefined();
    expect(answerOf<string>(data)[name]!.errors).toMatchObject([{ code, path: [path] }]);
  });

  it('cancelOrder tells how an order that has ended did so, and services keep their say', async () => {
    const context = makeContext(readModel, {
      cancelOrder: () => Promise.resolve(err({ code: 'ORDER_NOT_OPEN', message: 'it is FILLED' })),
      ingest: () => Promise.resolve(err({ code: 'NOT_TRACKED', message: 'symbol: AAPL is not tracked' })),
      trackSymbol: () => Promise.resolve(err({ code: 'SOURCE_UNAVAILABLE', message: 'no answer' })),
    });
    const { data, errors } = await run(
      `mutation { cancelOrder(id: "${ids.order}") { order { id } errors { ... on OrderNotOpenError { code status } } }
        ingest(symbol: "AAPL") { status jobId message errors { ... on NotFoundError { code path } } }
        trackSymbol(symbol: "MSFT") { instrument { symbol } errors { ... on MarketDataSourceError { code retriable } } } }`,
      context,
    );
    expect(errors).toBeUndefined();
    expect(answerOf(data)).toEqual({
      cancelOrder: { order: { id: ids.order }, errors: [{ code: 'ORDER_NOT_OPEN', status: 'FILLED' }] },
      ingest: {
        status: 'refused',
        jobId: null,
        message: 'symbol: AAPL is not tracked',
        errors: [{ code: 'NOT_TRACKED', path: ['symbol'] }],
      },
      trackSymbol: { instrument: null, errors: [{ code: 'SOURCE_UNAVAILABLE', retriable: true }] },
    });
  });
});

describe('scopes', () => {
  it('a key without TRADE reads but does not trade; one without READ does neither', async () => {
    const reader = makeContext(readModel, {}, { scopes: new Set(['READ'] as const) });
    const { errors } = await run('mutation { ingest(symbol: "BTC-USD") { status } }', reader);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', value: 'TRADE' });
    expect((await run('{ portfolio { cash } }', reader)).errors).toBeUndefined();
    const nobody = makeContext(readModel, {}, { scopes: new Set() });
    expect((await refusalOf('{ portfolio { cash } }', nobody)).extensions).toMatchObject({
      code: 'FORBIDDEN',
      value: 'READ',
    });
  });
});
