import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../support/api-client.js';
import type { CreateOrderInput } from '../support/generated/sdk.js';
import { checkInvariants } from '../support/invariants.js';
import { eventually, startProgram, temporaryHome, type Home, type Program } from '../support/program.js';
import { RawGraphQLSocket } from '../support/raw-graphql-ws.js';

const MEGABYTE = 1024 * 1024;
const LONG = 'A'.repeat(300);

let home: Home;
let program: Program;
let api: ApiClient;

interface ApiFault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}
interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly ApiFault[];
}

async function post(body: string): Promise<Answer> {
  const response = await fetch(`${program.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const query = (text: string, variables: object = {}) => post(JSON.stringify({ query: text, variables }));

/** The same operation over a websocket: the errors of its `error` message, or of its result. */
async function overWebSocket(text: string): Promise<readonly ApiFault[]> {
  const socket = await RawGraphQLSocket.connect(program.url);
  socket.subscribe('1', text);
  await eventually('an answer over the websocket', async () => socket.frames.some(({ id }) => id === '1'));
  const frame = socket.frames.find(({ id }) => id === '1')!;
  socket.ws.close();
  if (frame.type === 'error') return frame.payload as ApiFault[];
  return (frame.payload as { errors?: ApiFault[] }).errors ?? [];
}

const anOrder = (change: Partial<CreateOrderInput> = {}): CreateOrderInput => ({
  clientOrderId: `bad-${Math.trunc(performance.now() * 1000)}`,
  symbol: 'BTC-USD',
  side: 'BUY',
  quantity: '0.5',
  ...change,
});

const bars = (args: string) => `{ bars(${args}) { edges { cursor } } }`;

async function booked() {
  const [orders, fills, portfolio] = await Promise.all([
    api.sdk.Orders({ accountId: 'replay-manual', first: 100 }),
    api.sdk.Fills({ accountId: 'replay-manual', first: 100 }),
    api.sdk.Portfolio({ accountId: 'replay-manual' }),
  ]);
  return { orders: orders.orders.edges.length, fills: fills.fills.edges.length, cash: portfolio.portfolio.cash };
}

/** Resident memory of the program, bytes. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${program.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

beforeAll(async () => {
  home = await temporaryHome();
  program = await startProgram({
    TRADEGRAPH_HOME: home.path,
    REPLAY_SPEED: '4',
    // Too early for a model to be trained, and for a good deal of memory to be taken by that.
    REPLAY_START: '2016-01-01T02:00:00Z',
    REPLAY_HOLD_SECONDS: '0',
  });
  api = connectApi(program.url);
}, 90_000);

afterAll(async () => {
  await api?.close();
  await program?.end('SIGTERM');
  await home?.remove();
});

describe('a query that asks for what cannot be', () => {
  it.each([
    ['an unknown symbol', bars('symbol: "NOPE", first: 1'), 'UNKNOWN_SYMBOL', /symbol.*NOPE/],
    ['a lower-case symbol', bars('symbol: "btc-usd", first: 1'), 'INVALID_SYMBOL', /symbol.*upper-case/],
    ['a symbol of 300 characters', bars(`symbol: "${LONG}", first: 1`), 'INVALID_SYMBOL', /symbol.*300.*32/],
    [
      'from > to',
      bars('symbol: "BTC-USD", first: 1, from: "2016-01-03T00:00:00Z", to: "2016-01-02T00:00:00Z"'),
      'INVALID_RANGE',
      /from.*to/,
    ],
    ['first: 0', bars('symbol: "BTC-USD", first: 0'), 'INVALID_PAGE', /first.*1,?000/],
    ['first: 1,000,000', bars('symbol: "BTC-USD", first: 1000000'), 'INVALID_PAGE', /first.*1,?000/],
    ['neither first nor last', bars('symbol: "BTC-USD"'), 'INVALID_PAGE', /first.*last/],
    ['a cursor that is none', bars('symbol: "BTC-USD", first: 1, after: "nonsense"'), 'BAD_CURSOR', /after/],
    ['an unknown account', '{ portfolio(accountId: "nobody") { cash } }', 'UNKNOWN_ACCOUNT', /accountId.*nobody/],
    ['a symbol without a model', '{ predictPrice(symbol: "AAPL") { expectedChange } }', 'TOO_FEW_BARS', /AAPL/],
  ])('%s is answered with a code, the argument and the limit', async (_what, text, code, message) => {
    const { errors } = await query(text);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions['code']).toBe(code);
    expect(errors?.[0]?.message).toMatch(message);
    // HTTP and websocket take one way.
    const [overSocket] = await overWebSocket(text);
    expect({ code: overSocket?.extensions['code'], message: overSocket?.message }).toEqual({
      code,
      message: errors?.[0]?.message,
    });
  });

  it('a cursor of another stream is refused by name', async () => {
    const { edges } = (await api.sdk.Bars({ symbol: 'BTC-USD', first: 1 })).bars;
    const [refused] = (await query(`{ signals(first: 1, after: "${edges[0]?.cursor}") { edges { cursor } } }`)).errors!;
    expect(refused).toMatchObject({ extensions: { code: 'BAD_CURSOR' } });
    expect(refused?.message).toMatch(/after/);
  });

  it('a cursor of another subscription is refused, and the socket stays open', async () => {
    const socket = await RawGraphQLSocket.connect(program.url);
    socket.subscribe('bars', 'subscription { bars { cursor } }');
    await eventually('a live bar', async () => socket.of('bars').length > 0);
    const { cursor } = (socket.of('bars')[0]!.payload as { data: { bars: { cursor: string } } }).data.bars;
    socket.subscribe('orders', `subscription { orderUpdates(after: "${cursor}") { cursor } }`);
    await eventually('the refusal', async () => socket.of('orders', 'error').length > 0);
    const [refused] = socket.of('orders', 'error')[0]!.payload as ApiFault[];
    expect(refused).toMatchObject({ extensions: { code: 'BAD_CURSOR' } });
    const seen = socket.of('bars').length;
    await eventually('another live bar', async () => socket.of('bars').length > seen);
    socket.ws.close();
  });
});

describe('an order that cannot be', () => {
  it.each([
    ['a negative quantity', { quantity: '-1' }, 'INVALID_QUANTITY', /quantity/],
    ['a quantity of 0', { quantity: '0' }, 'INVALID_QUANTITY', /quantity/],
    ['a quantity of NaN', { quantity: 'NaN' }, 'INVALID_QUANTITY', /quantity/],
    ['a quantity of 1e308', { quantity: '1e308' }, 'INVALID_QUANTITY', /quantity/],
    ['a quantity below a lot', { quantity: '0.000000001' }, 'INVALID_QUANTITY', /quantity.*0\.00000001/],
    ['more than the cash', { quantity: '1000' }, 'INSUFFICIENT_FUNDS', /100000/],
    ['a sale of what is not held', { side: 'SELL' }, 'INSUFFICIENT_POSITION', /0/],
    ['an unknown symbol', { symbol: 'NOPE' }, 'UNKNOWN_SYMBOL', /symbol.*NOPE/],
    ['a lower-case symbol', { symbol: 'btc-usd' }, 'INVALID_SYMBOL', /symbol/],
    ['a symbol of 300 characters', { symbol: LONG }, 'INVALID_SYMBOL', /symbol.*32/],
    ['a symbol that is only history', { symbol: 'AAPL', quantity: '1' }, 'NO_MARKET_DATA', /AAPL|bars/],
    ['an unknown account', { accountId: 'nobody' }, 'UNKNOWN_ACCOUNT', /accountId.*nobody/],
    ['a limit without its price', { orderType: 'LIMIT' }, 'INVALID_PRICE', /limitPrice/],
    ['a limit price off the tick', { orderType: 'LIMIT', limitPrice: '400.001' }, 'INVALID_PRICE', /limitPrice.*0\.01/],
    [
      'a client order id of 65 letters',
      { clientOrderId: 'a'.repeat(65) },
      'INVALID_CLIENT_ORDER_ID',
      /clientOrderId.*64/,
    ],
  ] as const)(
    '%s is refused with a code that says why, and nothing is booked',
    async (_what, change, code, message) => {
      const before = await booked();
      const input = anOrder(change);
      const { data, errors } = await query(
        `mutation ($input: CreateOrderInput!) {
        createOrder(input: $input) { order { id } errors { ... on UserError { code message path } ... on RiskDeniedError { limit value headroom } } }
      }`,
        { input },
      );
      const refusals = (data as { createOrder: { order: null; errors: Record<string, unknown>[] } } | undefined)
        ?.createOrder;
      const [refusal] = refusals?.errors ?? [];
      const found = refusal ?? { code: errors?.[0]?.extensions['code'], message: errors?.[0]?.message };
      expect(found['code']).toBe(code);
      expect(JSON.stringify(found)).toMatch(message);
      expect(refusals?.order ?? null).toBeNull();
      expect(await booked()).toEqual(before);
    },
  );

  it('the same client order id answers the first order for the same input, and is refused for another', async () => {
    const input = anOrder({ clientOrderId: 'once', orderType: 'LIMIT', limitPrice: '10.00' });
    const first = (await api.sdk.CreateOrder({ input })).createOrder;
    const again = (await api.sdk.CreateOrder({ input: { ...input, quantity: '0.50' } })).createOrder;
    const other = (await api.sdk.CreateOrder({ input: { ...input, quantity: '0.6' } })).createOrder;
    expect(first.errors).toEqual([]);
    expect(again.order?.id).toBe(first.order?.id);
    expect(other).toMatchObject({ order: null, errors: [{ code: 'CLIENT_ORDER_ID_REUSED' }] });
    expect(other.errors[0]?.message).toMatch(/clientOrderId.*once/);
    const { orders } = await api.sdk.Orders({ accountId: 'replay-manual', clientOrderId: 'once', first: 10 });
    expect(orders.edges).toHaveLength(1);
  });
});

describe('a request that no client should send', () => {
  it.each([
    ['invalid JSON', '{"query": ', 400, 'INVALID_JSON', /JSON/],
    [
      'a body of 10 MB',
      JSON.stringify({ query: `{ a(b: "${'x'.repeat(10 * MEGABYTE)}") }` }),
      413,
      'BODY_TOO_LARGE',
      /102,?400/,
    ],
    ['an empty object', '{}', 400, 'BAD_REQUEST', /no keys/],
    ['a syntax error', JSON.stringify({ query: '{ symbols { ' }), 200, 'GRAPHQL_PARSE_FAILED', /Syntax/],
  ] as const)('%s is answered with a status and a code', async (_what, body, status, code, message) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    expect(answer.errors?.[0]?.message).toMatch(message);
  });

  it.each([
    [
      '2,000 aliases',
      `{ ${Array.from({ length: 2000 }, (_, i) => `a${i}: platform { now }`).join(' ')} }`,
      /TOKEN_LIMIT_EXCEEDED|ALIAS_LIMIT_EXCEEDED/,
      1000,
    ],
    [
      '16 aliases',
      `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: platform { now }`).join(' ')} }`,
      /ALIAS_LIMIT_EXCEEDED/,
      15,
    ],
    [
      '500 levels',
      `${'{ fills(first: 1) { edges { node { order { fills '.repeat(100)}${'{ id } '}${'}'.repeat(500)}`,
      /DEPTH_LIMIT_EXCEEDED|TOKEN_LIMIT_EXCEEDED/,
      null,
    ],
    [
      '9 levels',
      '{ fills(first: 1) { edges { node { order { fills { order { fills { order { id } } } } } } } } }',
      /DEPTH_LIMIT_EXCEEDED/,
      8,
    ],
    [
      'pages of 1,000 in pages of 1,000',
      '{ bars(symbol: "BTC-USD", first: 1000) { edges { node { open } } } orders(first: 1000) { edges { node { fills { order { riskDecision { checks { code } } } } } } } }',
      /COST_LIMIT_EXCEEDED/,
      5000,
    ],
  ])('an operation of %s is refused with its limit, over HTTP and websocket', async (_what, text, code, limit) => {
    const [overHttp] = (await query(text)).errors ?? [];
    const [overSocket] = await overWebSocket(text);
    expect(overHttp?.extensions['code']).toMatch(code);
    if (limit !== null) expect(overHttp?.extensions['limit']).toBe(limit);
    expect(overSocket?.extensions['code']).toBe(overHttp?.extensions['code']);
  });

  it('a malformed websocket frame ends its own socket only', async () => {
    const healthy = await RawGraphQLSocket.connect(program.url);
    healthy.subscribe('1', 'subscription { bars { cursor } }');
    const broken = await upgraded();
    // A reserved opcode, and without the mask that clients must use.
    broken.write(Buffer.from([0x83 | 0x70, 0xff, 0xff, 0xff, 0xff]));
    await new Promise((resolve) => broken.once('close', resolve));
    const notJson = await RawGraphQLSocket.connect(program.url);
    notJson.send('this is no JSON');
    expect(await notJson.closeCode()).toBe(4400);
    const seen = healthy.of('1').length;
    await eventually('a bar for the healthy socket', async () => healthy.of('1').length > seen);
    healthy.ws.close();
  });

  it('a subscriber that never reads neither slows others nor grows memory', async () => {
    const before = await memory();
    const mute = await Promise.all(Array.from({ length: 20 }, () => RawGraphQLSocket.connect(program.url)));
    for (const socket of mute) {
      for (let id = 0; id < 20; id += 1)
        socket.subscribe(
          String(id),
          'subscription { bars { cursor bar { symbol timeframe timestamp closeTime open high low close volume } } }',
        );
      socket.ws.pause();
    }
    const reader = await RawGraphQLSocket.connect(program.url);
    reader.subscribe('1', 'subscription { bars { cursor } }');
    await eventually('10 bars for one that reads', async () => reader.of('1').length >= 10);
    expect((await memory()) - before).toBeLessThan(100 * MEGABYTE);
    for (const { ws } of [...mute, reader]) ws.terminate();
  });
});

describe('after all that', () => {
  it('the program is up, has booked nothing, and its memory has not exploded', async () => {
    expect(program.output()).not.toMatch(/"level":(50|60)/);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect(await booked()).toEqual({ orders: 1, fills: 0, cash: '100000' });
    expect(await checkInvariants(await home.database())).toEqual([]);
    expect(await memory()).toBeLessThan(1024 * MEGABYTE);
  });
});

/** A websocket by hand, so that bytes can be sent that no library would send. */
async function upgraded(): Promise<Socket> {
  const { hostname, port } = new URL(program.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
  );
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  return socket;
}
