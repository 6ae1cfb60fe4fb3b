import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { counter, executions } from '../support/api-schema.js';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { eventually } from '../support/eventually.js';
import { type Frame, RawGraphQLSocket } from '../support/raw-graphql-ws.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ webSocketLimits: { subscriptionsPerSocket: 5, connectionInitMs: 200 } });
});
afterAll(() => api.close());

const BARS =
  'subscription Bars($symbols: [String!], $after: String) { bars(symbols: $symbols, after: $after) { cursor bar { symbol close } } }';
const bar = (symbol: string, close: number) => api.bus.append('market_data', 'bar', symbol, { symbol, close });
const started = (socket: RawGraphQLSocket, id: string) =>
  // The protocol has no word for "subscribed"; a query sent after it is answered after it.
  answerOf(socket, `after-${id}`, '{ hello }');

async function answerOf(
  socket: RawGraphQLSocket,
  id: string,
  query: string,
  variables?: object,
  operationName?: string,
): Promise<Frame> {
  socket.subscribe(id, query, variables, operationName);
  await eventually(`an answer to ${id}`, () => socket.frames.some((frame) => frame.id === id));
  return socket.frames.find((frame) => frame.id === id)!;
}
const errorsOf = (frame: Frame | undefined) =>
  frame?.payload as { message: string; extensions: Record<string, unknown> }[];

describe('GraphQL over websocket', () => {
  test('runs queries and mutations with the same answer as HTTP gives', async () => {
    const socket = await RawGraphQLSocket.connect(api.url);
    const before = counter.value;
    const answer = await answerOf(socket, '1', 'mutation { increment }');
    expect(answer).toMatchObject({
      type: 'next',
      payload: { data: { increment: before + 1 }, extensions: { cost: { limit: 5_000 } } },
    });
    await eventually('complete', () => socket.of('1', 'complete').length === 1);
    const broken = await answerOf(socket, '2', '{ broken }');
    expect(JSON.stringify(broken)).not.toContain('swordfish');
    expect(broken.payload).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    socket.ws.close();
  });

  test('sends the events that follow, until the client completes the subscription', async () => {
    const socket = await RawGraphQLSocket.connect(api.url);
    bar('EARLY', 1);
    socket.subscribe('s', BARS, { symbols: ['EARLY', 'BTC-USD'] });
    await started(socket, 's');
    bar('AAPL', 7);
    bar('BTC-USD', 42);
    await eventually('the event', () => socket.of('s').some((frame) => JSON.stringify(frame).includes('42')));
    expect(JSON.stringify(socket.of('s'))).not.toContain('AAPL');
    socket.send({ id: 's', type: 'complete' });
    await started(socket, 's2');
    const seen = socket.of('s').length;
    bar('BTC-USD', 43);
    bar('BTC-USD', 44);
    const other = await RawGraphQLSocket.connect(api.url);
    other.subscribe('o', BARS);
    await started(other, 'o');
    bar('BTC-USD', 45);
    await eventually('the event at another client', () => other.of('o').length > 0);
    expect(socket.of('s')).toHaveLength(seen);
    // The id is free again.
    socket.subscribe('s', BARS);
    await started(socket, 's3');
    bar('BTC-USD', 46);
    await eventually('events again', () => JSON.stringify(socket.of('s')).includes('46'));
    socket.ws.close();
    other.ws.close();
  });

  test('executes identical subscriptions once an event, whatever their `after`, and different ones apart', async () => {
    const sockets = await Promise.all(Array.from({ length: 5 }, () => RawGraphQLSocket.connect(api.url)));
    bar('SHARED', 1);
    const probe = sockets[0]!;
    probe.subscribe('p', BARS, { symbols: ['SHARED'] });
    await started(probe, 'p');
    bar('SHARED', 2);
    await eventually('a cursor', () => probe.of('p').length > 0);
    const { cursor } = (probe.of('p')[0]!.payload as { data: { bars: { cursor: string } } }).data.bars;
    probe.send({ id: 'p', type: 'complete' });
    await started(probe, 'p');
    for (const [index, socket] of sockets.entries()) {
      // In half of them `after` is a variable, in the others it is not given.
      socket.subscribe('s', BARS, index % 2 ? { symbols: ['SHARED'], after: cursor } : { symbols: ['SHARED'] });
      await started(socket, 's');
    }
    const before = executions.bars;
    bar('SHARED', 3);
    await eventually('the event at all five', () => sockets.every((socket) => socket.of('s').length === 1));
    expect(executions.bars - before).toBe(1);
    const payloads = new Set(sockets.map((socket) => JSON.stringify(socket.of('s')[0]?.payload)));
    expect(payloads.size).toBe(1);
    sockets[0]!.subscribe('t', BARS, { symbols: ['SHARED', 'OTHER'] });
    await started(sockets[0]!, 't');
    bar('SHARED', 4);
    await eventually('the event at both', () => sockets[0]!.of('t').length === 1 && sockets[4]!.of('s').length === 2);
    expect(executions.bars - before).toBe(3);
    for (const socket of sockets) socket.ws.close();
  });

  test('asks the log nothing for a client that starts live', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => RawGraphQLSocket.connect(api.url)));
    const before = { ...api.bus.calls };
    for (const socket of sockets) {
      socket.subscribe('s', BARS);
      await started(socket, 's');
    }
    // The hub's own poll, once a second a topic, may fall into the time.
    expect(api.bus.calls.head - before.head).toBeLessThan(15);
    expect(api.bus.calls.read - before.read).toBeLessThan(15);
    for (const socket of sockets) socket.ws.close();
  });

  test('refuses what is over the limits, each as an error of that operation, and the socket goes on', async () => {
    const socket = await RawGraphQLSocket.connect(api.url);
    const refusals: [string, string][] = [
      ['{', 'GRAPHQL_PARSE_FAILED'],
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      [`{ ${Array.from({ length: 2_000 }, (_, n) => `a${n}: hello`).join(' ')} }`, 'TOKEN_LIMIT_EXCEEDED'],
      [`{ ${'node {'.repeat(8)} id ${'}'.repeat(8)} }`, 'DEPTH_LIMIT_EXCEEDED'],
      ['{ nodes(first: 1000000) { id } }', 'COST_LIMIT_EXCEEDED'],
      ['subscription { brokenBars { cursor } }', 'INTERNAL_SERVER_ERROR'],
    ];
    for (const [index, [query, code]] of refusals.entries()) {
      const answer = await answerOf(socket, `bad-${index}`, query);
      expect(answer.type).toBe('error');
      expect(errorsOf(answer)[0]?.extensions['code']).toBe(code);
    }
    const noSuchName = await answerOf(socket, 'name', 'query A { hello }', {}, 'B');
    expect(errorsOf(noSuchName)[0]?.extensions['code']).toBe('OPERATION_RESOLUTION_FAILURE');
    expect(JSON.stringify(socket.frames)).not.toContain('swordfish');
    expect(await answerOf(socket, 'good', '{ hello }')).toMatchObject({ type: 'next' });
    socket.ws.close();
  });

  test('refuses one subscription too many on a socket with the limit', async () => {
    const socket = await RawGraphQLSocket.connect(api.url);
    for (let n = 0; n < 5; n += 1) socket.subscribe(`s${n}`, BARS);
    const answer = await answerOf(socket, 'one-more', BARS);
    expect(answer.type).toBe('error');
    expect(errorsOf(answer)[0]?.extensions).toMatchObject({ code: 'SUBSCRIPTION_LIMIT_EXCEEDED', limit: 5 });
    socket.ws.close();
  });

  test('closes one socket too many with 1013', async () => {
    const small = await startTestApi({ webSocketLimits: { sockets: 1 } });
    try {
      const first = await RawGraphQLSocket.connect(small.url);
      const second = await RawGraphQLSocket.open(small.url);
      expect(await second.closeCode()).toBe(1013);
      expect(first.closed).toBeNull();
    } finally {
      await small.close();
    }
  });
});

describe('what no proper websocket client does', () => {
  test('malformed frames close the socket with 4400, and only that socket', async () => {
    const bystander = await RawGraphQLSocket.connect(api.url);
    for (const message of [
      '{"type":',
      '{"type":"nonsense"}',
      '[]',
      '{"type":"subscribe"}',
      '{"id":"1","type":"subscribe","payload":{}}',
      'null',
    ]) {
      const socket = await RawGraphQLSocket.connect(api.url);
      socket.send(message);
      expect(await socket.closeCode()).toBe(4400);
    }
    expect(await answerOf(bystander, '1', '{ hello }')).toMatchObject({ type: 'next' });
    bystander.ws.close();
  });

  test('bytes that are no websocket frame close the connection', async () => {
    const socket = await RawGraphQLSocket.connect(api.url);
    Reflect.get(socket.ws, '_socket').write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]));
    expect(await socket.closeCode()).toBe(1002);
  });

  test('a message over the limit closes the socket with 1009', async () => {
    const socket = await RawGraphQLSocket.connect(api.url);
    socket.subscribe('1', '{ hello }', { x: 'x'.repeat(200_000) });
    expect(await socket.closeCode()).toBe(1009);
  });

  test('an operation before connection_init, a second connection_init, none at all, and an id that is taken', async () => {
    const early = await RawGraphQLSocket.open(api.url);
    early.subscribe('1', '{ hello }');
    expect(await early.closeCode()).toBe(4401);
    const twice = await RawGraphQLSocket.connect(api.url);
    twice.send({ type: 'connection_init' });
    expect(await twice.closeCode()).toBe(4429);
    const silent = await RawGraphQLSocket.open(api.url);
    expect(await silent.closeCode()).toBe(4408);
    const taken = await RawGraphQLSocket.connect(api.url);
    taken.subscribe('1', BARS);
    taken.subscribe('1', BARS);
    expect(await taken.closeCode()).toBe(4409);
  });

  test('a page of another site cannot open a socket, nor can any path but the endpoint', async () => {
    await expect(RawGraphQLSocket.open(api.url, { origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(RawGraphQLSocket.open(api.url, { host: 'evil.example' })).rejects.toThrow('403');
    await expect(RawGraphQLSocket.open(`${api.url}/elsewhere`)).rejects.toThrow('404');
    const own = await RawGraphQLSocket.open(api.url, { origin: api.url });
    own.ws.close();
  });

  test('a peer that no longer answers pings is ended', async () => {
    const impatient = await startTestApi({ webSocketLimits: { pingMs: 50 } });
    try {
      const dead = await RawGraphQLSocket.connect(impatient.url);
      const alive = await RawGraphQLSocket.connect(impatient.url);
      dead.ws.pause();
      await eventually('the dead one is gone', () => impatient.counted.get('tradegraph_websocket_connections') === 1);
      expect(alive.closed).toBeNull();
    } finally {
      await impatient.close();
    }
  });
});

test('shutting down closes every socket with 1001, those of a subscription too', async () => {
  const short = await startTestApi();
  const sockets = await Promise.all(Array.from({ length: 30 }, () => RawGraphQLSocket.connect(short.url)));
  for (const socket of sockets) socket.subscribe('1', BARS);
  await Promise.all(sockets.map((socket) => started(socket, '1')));
  await short.close();
  expect(new Set(await Promise.all(sockets.map((socket) => socket.closeCode())))).toEqual(new Set([1001]));
});

test('shutting down tells many sockets to go a batch at a time', async () => {
  const crowded = await startTestApi({ webSocketLimits: { drainMs: 1_000 } });
  const sockets = await Promise.all(Array.from({ length: 250 }, () => RawGraphQLSocket.connect(crowded.url)));
  const closed: number[] = [];
  const all = Promise.all(
    sockets.map(async (socket) => closed.push(await socket.closeCode().then(() => performance.now()))),
  );
  await crowded.close();
  await all;
  // Three batches, two pauses of a third of the time between them.
  expect(Math.max(...closed) - Math.min(...closed)).toBeGreaterThan(500);
});
