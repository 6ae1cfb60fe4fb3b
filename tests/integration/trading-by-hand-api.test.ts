import { graphql } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import type { GraphQLContext } from '../../src/resolvers/context.js';
import { CancelOrder } from '../../src/services/trading/cancel-order.js';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { FlattenAccount } from '../../src/services/trading/flatten-account.js';
import { PreviewOrder } from '../../src/services/trading/preview-order.js';
import { ReplaceOrder } from '../../src/services/trading/replace-order.js';
import { SetAccountStatus } from '../../src/services/trading/set-account-status.js';
import type { TradingDesk } from '../../src/services/trading/books-by-hand.js';
import type { TradingService } from '../../src/services/trading/trading-service.js';
import { eventually } from '../support/eventually.js';
import { answerOf } from '../support/graphql-answer.js';
import { makeContext } from '../support/graphql-context.js';
import { checkInvariants } from '../support/invariants.js';
import { makeBar } from '../support/trading-engine.js';
import { MANUAL, TradingWorld } from '../support/trading-world.js';

const schema = buildGraphQLSchema();
const ERRORS =
  'errors { __typename ... on UserError { code message path } ... on InvalidInputError { limit } ... on RiskDeniedError { limit value } ... on OrderNotOpenError { status } ... on OrderNotReplaceableError { cause orderType } }';
const ACCOUNT_ERRORS = 'errors { __typename ... on UserError { code message path } }';
const REPLACE = `mutation ($input: ReplaceOrderInput!) { replaceOrder(input: $input) {
  order { id clientOrderId orderType quantity limitPrice stopPrice status reservedCash stopDistance riskDecision { approved } }
  replacedOrder { id status endReason filledQuantity reservedCash } ${ERRORS} } }`;

let world: TradingWorld;
let minute = 0;
let ids = 0;
const newClientId = () => `by-hand-${(ids += 1)}`;

function contextOf(desk: TradingDesk = world.desk, overrides: Partial<GraphQLContext> = {}): GraphQLContext {
  const readModel = createReadModel(world.database, new PgBarStore(world.database.pool));
  const services = {
    createOrder: new CreateOrder(desk),
    previewOrder: new PreviewOrder(desk),
    replaceOrder: new ReplaceOrder(desk),
    flattenAccount: new FlattenAccount(desk),
    setAccountStatus: new SetAccountStatus(desk),
  };
  return makeContext(
    readModel,
    {
      createOrder: (command) => services.createOrder.execute(command),
      previewOrder: (command) => services.previewOrder.execute(command),
      replaceOrder: (command) => services.replaceOrder.execute(command),
      flattenAccount: (accountId) => services.flattenAccount.execute(accountId),
      setAccountStatus: (accountId, status) => services.setAccountStatus.execute(accountId, status),
    },
    overrides,
  );
}

const run = async (source: string, variableValues: Record<string, unknown> = {}, contextValue = contextOf()) =>
  graphql({ schema, source, variableValues, contextValue });

async function ask(source: string, variableValues: Record<string, unknown> = {}, contextValue = contextOf()) {
  const { data, errors } = await run(source, variableValues, contextValue);
  expect(errors).toBeUndefined();
  return answerOf(data);
}

const replace = async (input: Record<string, unknown>, context = contextOf()) =>
  (await ask(REPLACE, { input: { clientOrderId: newClientId(), ...input } }, context)).replaceOrder;

/** A resting order far from the market; answers its id. */
async function placed(change: Record<string, unknown> = {}): Promise<string> {
  const input = {
    clientOrderId: newClientId(),
    symbol: 'BTC-USD',
    side: 'BUY',
    orderType: 'LIMIT',
    quantity: '10',
    limitPrice: '300',
    accountId: MANUAL,
    ...change,
  };
  const { createOrder } = await ask(
    `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id } ${ERRORS.replace(/\.\.\. on OrderNot\w+ \{[^}]*\}/g, '')} } }`,
    { input },
  );
  expect(createOrder.errors).toEqual([]);
  return (createOrder.order as { id: string }).id;
}

const statusOf = async (id: string) =>
  (await world.query<{ status: string }>('SELECT status FROM orders WHERE id = $1', [id]))[0]?.status;
const counts = () =>
  world.query(
    'SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM risk_decisions) AS decisions, (SELECT count(*) FROM event_log) AS events',
  );

/** Market time moves on by one bar, traded through by what `bar` says. */
async function nextBar(bar: Partial<Parameters<typeof makeBar>[1]> = {}): Promise<void> {
  minute += 1;
  await world.minute(makeBar(minute, { open: 400, volume: 40, ...bar }));
  await eventually('caught up', () => world.isCaughtUp());
}

async function trading<T>(work: () => Promise<T>): Promise<T> {
  const service: TradingService = world.service();
  service.start();
  try {
    return await work();
  } finally {
    await service.stop();
  }
}

beforeAll(async () => {
  world = await TradingWorld.open();
  await world.minute(makeBar(0, { open: 400, volume: 40 }));
});
beforeEach(async () => {
  for (const { id } of await world.query<{ id: string }>(
    "SELECT id FROM orders WHERE status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED')",
  )) {
    await new CancelOrder(world.desk).execute(id);
  }
});
afterAll(() => world?.close());

const preview = (input: string) =>
  `{ previewOrder(input: { accountId: "${MANUAL}", symbol: "BTC-USD", ${input} }) { approved deniedCode reservedCash estimatedPrice estimatedNotional estimatedFee checks { code passed limit value headroom } } }`;

describe('previewOrder', () => {
  it('says decision, reserve, price and fee, and stores nothing', async () => {
    const before = await counts();
    const { previewOrder } = await ask(preview('side: BUY, quantity: "10"'));
    expect(previewOrder).toMatchObject({ approved: true, deniedCode: null });
    const { estimatedPrice, estimatedNotional, estimatedFee, reservedCash } = previewOrder;
    const created = await ask(
      `mutation { createOrder(input: { clientOrderId: "previewed", accountId: "${MANUAL}", symbol: "BTC-USD", side: BUY, quantity: "10" }) { order { id reservedCash } } }`,
    );
    expect((created.createOrder.order as { reservedCash: string }).reservedCash).toBe(reservedCash);
    expect(Number(estimatedNotional)).toBeCloseTo(Number(estimatedPrice) * 10, 2);
    expect(Number(estimatedFee)).toBeCloseTo(Number(estimatedNotional) * 0.0025, 2);
    const [after] = (await counts()) as [{ orders: string }];
    expect(Number(after.orders)).toBe(Number((before as [{ orders: string }])[0].orders) + 1);
  });

  it('estimates a limit at its price, and a stop at its own with costs', async () => {
    const far = await ask(preview('side: BUY, orderType: LIMIT, limitPrice: "300", quantity: "10"'));
    expect(far.previewOrder).toMatchObject({
      approved: true,
      estimatedPrice: '300',
      estimatedNotional: '3000',
      estimatedFee: '7.5',
      reservedCash: '3007.5',
    });
    const stop = await ask(preview('side: BUY, orderType: STOP, stopPrice: "410", quantity: "10"'));
    // 2 basis points of slippage and half spread, rounded up to the tick.
    expect(stop.previewOrder.estimatedPrice).toBe('410.09');
  });

  it('answers a denial with its checks, and refuses what cannot be read as an error of the query', async () => {
    const before = await counts();
    const { previewOrder } = await ask(preview('side: SELL, quantity: "5"'));
    expect(previewOrder).toMatchObject({ approved: false, deniedCode: 'INSUFFICIENT_POSITION', reservedCash: '0' });
    expect(previewOrder.checks).toContainEqual({
      code: 'INSUFFICIENT_POSITION',
      passed: false,
      limit: '0',
      value: '5',
      headroom: '0',
    });
    for (const [input, code, path] of [
      ['side: BUY, quantity: "-1"', 'INVALID_QUANTITY', 'quantity'],
      ['side: BUY, quantity: "0.000000001"', 'INVALID_QUANTITY', 'quantity'],
      ['side: BUY, quantity: "1", orderType: LIMIT', 'INVALID_PRICE', 'limitPrice'],
      ['side: BUY, quantity: "1", symbol: "NOPE"', 'UNKNOWN_SYMBOL', 'symbol'],
      ['side: BUY, quantity: "1", accountId: "nobody"', 'UNKNOWN_ACCOUNT', 'accountId'],
    ] as const) {
      const source = preview(input)
        .replace(/(symbol: "BTC-USD", )(.*symbol: )/, '$2')
        .replace(/accountId: "[^"]*", (.*accountId)/, '$1');
      const { errors } = await run(source);
      expect(errors?.[0]?.extensions).toMatchObject({ code, path: ['input', path] });
    }
    expect(await counts()).toEqual(before);
  });

  it('needs the scope TRADE: it locks the account', async () => {
    const { errors } = await run(
      preview('side: BUY, quantity: "1"'),
      {},
      contextOf(world.desk, { scopes: new Set(['READ']) }),
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', value: 'TRADE' });
  });
});

describe('replaceOrder', () => {
  it('puts an order of another quantity and price in the place of the first, in one transaction', async () => {
    const orderId = await placed({ stopLoss: '290' });
    const { order, replacedOrder, errors } = await replace({
      orderId: orderId.toUpperCase(),
      quantity: '12',
      limitPrice: '310',
    });
    expect(errors).toEqual([]);
    expect(order).toMatchObject({
      orderType: 'LIMIT',
      quantity: '12',
      limitPrice: '310',
      status: 'PENDING',
      reservedCash: '3729.3',
      stopDistance: '10',
      riskDecision: { approved: true },
    });
    expect(replacedOrder).toMatchObject({ id: orderId, status: 'CANCELED', endReason: 'REPLACED', reservedCash: '0' });
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('asks risk anew with the cash of the first free again, and leaves the first alone when it denies', async () => {
    // Of 100,000 at most a fifth may be in one symbol: both together would be too much, one is not.
    const orderId = await placed({ quantity: '60' });
    const larger = await replace({ orderId, quantity: '65' });
    expect(larger.errors).toEqual([]);
    const first = (larger.order as { id: string }).id;
    const before = (await world.query<{ count: number }>('SELECT count(*)::int FROM risk_decisions'))[0]!.count;
    const denied = await replace({ orderId: first, quantity: '100' });
    expect(denied).toMatchObject({
      order: null,
      replacedOrder: { id: first, status: 'PENDING' },
      errors: [{ __typename: 'RiskDeniedError', code: 'MAX_POSITION', path: ['input', 'quantity'] }],
    });
    expect(await statusOf(first)).toBe('PENDING');
    expect(await world.query('SELECT count(*)::int FROM risk_decisions')).toEqual([{ count: before + 1 }]);
  });

  it('is idempotent by its client order id, also at once and after the end', async () => {
    const orderId = await placed();
    const input = { orderId, clientOrderId: 'again', quantity: '5' };
    const answers = await Promise.all([replace(input), replace({ ...input, quantity: '5.0' }), replace(input)]);
    const found = new Set(answers.map(({ order }) => (order as { id: string }).id));
    expect([answers.flatMap(({ errors }) => errors), found.size]).toEqual([[], 1]);
    expect((await replace({ ...input, quantity: '6' })).errors).toMatchObject([
      { __typename: 'ClientOrderIdReusedError', code: 'CLIENT_ORDER_ID_REUSED' },
    ]);
    expect(await world.query("SELECT FROM orders WHERE client_order_id = 'again'")).toHaveLength(1);
  });

  it('lets one of many changes at once win; the others are told that the order has ended', async () => {
    const orderId = await placed();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => replace({ orderId, quantity: String(i + 1) })),
    );
    expect(answers.filter(({ order }) => order !== null)).toHaveLength(1);
    const refusals = answers.flatMap(({ errors }) => errors);
    expect(refusals.map(({ code }) => code)).toEqual(Array(5).fill('ORDER_NOT_OPEN'));
    expect(await world.query("SELECT id FROM orders WHERE status = 'PENDING'")).toHaveLength(1);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('counts what was filled: the new order is for the rest of both together', async () => {
    const orderId = await placed({ quantity: '10', limitPrice: '350' });
    await trading(async () => {
      await eventually('accepted', async () => (await statusOf(orderId)) === 'ACCEPTED');
      // A tenth of the mean volume of 40 may be taken: 4 of the 10.
      await nextBar({ low: 340 });
    });
    const [{ filled }] = (await world.query('SELECT filled_quantity AS filled FROM orders WHERE id = $1', [
      orderId,
    ])) as [{ filled: string }];
    expect(filled).toBe('4');
    expect((await replace({ orderId, quantity: filled })).errors).toMatchObject([
      { code: 'INVALID_QUANTITY', path: ['input', 'quantity'], limit: filled },
    ]);
    const { order, replacedOrder } = await replace({ orderId, limitPrice: '300' });
    expect((order as { quantity: string }).quantity).toBe('6');
    expect(replacedOrder).toMatchObject({ status: 'CANCELED', endReason: 'REPLACED', filledQuantity: filled });
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('refuses a stop that was reached: what is left of it is a market order', async () => {
    const orderId = await placed({ orderType: 'STOP', limitPrice: null, stopPrice: '405', quantity: '9' });
    await trading(async () => {
      await eventually('accepted', async () => (await statusOf(orderId)) === 'ACCEPTED');
      await nextBar({ high: 406 });
    });
    expect(await statusOf(orderId)).toBe('PARTIALLY_FILLED');
    expect((await replace({ orderId, stopPrice: '404' })).errors).toMatchObject([
      { code: 'ORDER_NOT_REPLACEABLE', cause: 'MANUAL', orderType: 'STOP' },
    ]);
  });

  it('refuses with clear codes what has ended, fills at market, or is not by hand', async () => {
    const ended = await placed();
    await new CancelOrder(world.desk).execute(ended);
    expect((await replace({ orderId: ended, quantity: '1' })).errors).toMatchObject([
      { __typename: 'OrderNotOpenError', code: 'ORDER_NOT_OPEN', status: 'CANCELED', path: ['input', 'orderId'] },
    ]);
    const market = await placed({ orderType: 'MARKET', limitPrice: null, quantity: '1' });
    expect((await replace({ orderId: market, quantity: '1' })).errors).toMatchObject([
      { __typename: 'OrderNotReplaceableError', code: 'ORDER_NOT_REPLACEABLE', cause: 'MANUAL', orderType: 'MARKET' },
    ]);
    expect(await statusOf(market)).toBe('PENDING');
    const orderId = await placed();
    for (const [input, code, path] of [
      [{}, 'INVALID_ARGUMENT', ['input']],
      [{ stopPrice: '290' }, 'INVALID_PRICE', ['input', 'stopPrice']],
      [{ limitPrice: '0' }, 'INVALID_PRICE', ['input', 'limitPrice']],
      [{ limitPrice: '300.001' }, 'INVALID_PRICE', ['input', 'limitPrice']],
      [{ quantity: 'NaN' }, 'INVALID_QUANTITY', ['input', 'quantity']],
      [{ quantity: '1', clientOrderId: '@stop' }, 'INVALID_CLIENT_ORDER_ID', ['input', 'clientOrderId']],
      [{ quantity: '1', orderId: 'x' }, 'UNKNOWN_ORDER', ['input', 'orderId']],
      [{ quantity: '1', orderId: '00000000-0000-5000-8000-000000000000' }, 'UNKNOWN_ORDER', ['input', 'orderId']],
    ] as const) {
      expect((await replace({ orderId, ...input })).errors).toMatchObject([{ code, path }]);
    }
    expect(await statusOf(orderId)).toBe('PENDING');
  });

  it('leaves the first alone when there is not the cash for more', async () => {
    const { limits } = world.desk.profile;
    const generous = {
      ...world.desk,
      profile: { ...world.desk.profile, limits: { ...limits, maxPositionFraction: 9 } },
    };
    const orderId = await placed();
    const { order, errors } = await replace({ orderId, quantity: '400' }, contextOf(generous));
    expect([order, errors.map(({ code }) => code)]).toEqual([null, ['INSUFFICIENT_FUNDS']]);
    expect(await statusOf(orderId)).toBe('PENDING');
  });
});

const setStatus = async (status: string, accountId = MANUAL) =>
  (
    await ask(
      `mutation { setAccountStatus(accountId: "${accountId}", status: ${status}) { account { id status } ${ACCOUNT_ERRORS} } }`,
    )
  ).setAccountStatus;
const flatten = async (accountId = MANUAL) =>
  (
    await ask(
      `mutation { flattenAccount(accountId: "${accountId}") { account { id } orders { symbol side orderType cause quantity status } ${ACCOUNT_ERRORS} } }`,
    )
  ).flattenAccount;

describe('accounts by hand', () => {
  it('halts: what buys is canceled, sales pass, and lifts the halt', async () => {
    const orderId = await placed();
    expect(await setStatus('HALTED')).toEqual({ account: { id: MANUAL, status: 'HALTED' }, errors: [] });
    expect(await world.query('SELECT status, end_reason FROM orders WHERE id = $1', [orderId])).toEqual([
      { status: 'CANCELED', end_reason: 'ACCOUNT_HALTED' },
    ]);
    expect(await setStatus('HALTED')).toMatchObject({ errors: [] });
    expect((await setStatus('ACTIVE')).account).toEqual({ id: MANUAL, status: 'ACTIVE' });
    expect(await statusOf(await placed())).toBe('PENDING');
  });

  it('needs the scope ADMIN to change a status, so that a key that trades cannot lift its own halt', async () => {
    const context = contextOf(world.desk, { scopes: new Set(['READ', 'TRADE']) });
    const { errors } = await run(
      `mutation { setAccountStatus(accountId: "${MANUAL}", status: ACTIVE) { errors { __typename } } }`,
      {},
      context,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', value: 'ADMIN' });
  });

  it('flattens: stops stand until the sales fill, and then nothing is held', async () => {
    await trading(async () => {
      const bought = await placed({ orderType: 'MARKET', limitPrice: null, quantity: '1', stopLoss: '390' });
      await eventually('accepted', async () => (await statusOf(bought)) === 'ACCEPTED');
      await nextBar({ open: 400, low: 399 });
      expect(await statusOf(bought)).toBe('FILLED');
      const waiting = await placed();
      const stop = await world.query<{ id: string }>(
        "SELECT id FROM orders WHERE cause = 'STOP_LOSS' AND status = 'ACCEPTED'",
      );
      expect((await replace({ orderId: stop[0]!.id, quantity: '1' })).errors).toMatchObject([
        { code: 'ORDER_NOT_REPLACEABLE', cause: 'STOP_LOSS' },
      ]);
      const { orders, errors } = await flatten();
      expect(errors).toEqual([]);
      expect(orders).toMatchObject([{ symbol: 'BTC-USD', side: 'SELL', orderType: 'MARKET', cause: 'FLATTEN' }]);
      expect(await statusOf(waiting)).toBe('CANCELED');
      expect(await statusOf(stop[0]!.id)).toBe('ACCEPTED');
      // 9 are held, and a bar gives 4.
      for (let bar = 0; bar < 3; bar += 1) await nextBar({ open: 402 });
    });
    expect(await world.query('SELECT quantity FROM positions WHERE account_id = $1', [MANUAL])).toEqual([
      { quantity: '0' },
    ]);
    expect(
      await world.query("SELECT id FROM orders WHERE status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED')"),
    ).toEqual([]);
    expect(await flatten()).toEqual({ account: { id: MANUAL }, orders: [], errors: [] });
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('names a position that stays because no bars are coming', async () => {
    await trading(async () => {
      await placed({ orderType: 'MARKET', limitPrice: null, quantity: '1' });
      await nextBar();
      await nextBar();
    });
    await world.query('UPDATE tracked_symbols SET ended_at = now()');
    const { orders, errors } = await flatten();
    expect([orders, errors]).toMatchObject([
      [],
      [{ __typename: 'RiskDeniedError', code: 'NO_MARKET_DATA', path: ['accountId'] }],
    ]);
    expect(errors[0]!.message).toContain('BTC-USD');
    await world.query('UPDATE tracked_symbols SET ended_at = NULL');
  });

  it('refuses an account that is not there as data', async () => {
    const refusal = { __typename: 'NotFoundError', code: 'UNKNOWN_ACCOUNT', path: ['accountId'] };
    expect(await setStatus('HALTED', 'nobody')).toMatchObject({ account: null, errors: [refusal] });
    expect(await flatten('nobody')).toMatchObject({ account: null, orders: [], errors: [refusal] });
  });
});
