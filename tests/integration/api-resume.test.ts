import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PARTITIONS } from '../../src/domain/topics.js';
import { later } from '../support/api-schema.js';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { eventually } from '../support/eventually.js';
import { type Frame, RawGraphQLSocket } from '../support/raw-graphql-ws.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const BARS =
  'subscription Bars($symbols: [String!], $after: String) { bars(symbols: $symbols, after: $after) { cursor bar { symbol close } } }';
const ORDERS = 'subscription Orders($after: String) { orderUpdates(accountId: "a", after: $after) { cursor orderId } }';
const SYMBOLS = ['BTC-USD', 'AAPL', 'MSFT', 'ETH-USD', 'SPY'];

/** Its execution takes a while, so that events wait in the group while clients join it. */
const SLOW_BARS = BARS.replace('cursor bar', 'cursor later bar');

interface BarEvent {
  readonly cursor: string;
  readonly bar: { readonly symbol: string; readonly close: number };
}
const eventsOf = (socket: RawGraphQLSocket, id: string): BarEvent[] =>
  socket.of(id).map((frame) => (frame.payload as { data: { bars: BarEvent } }).data.bars);
const ordersOf = (socket: RawGraphQLSocket) =>
  socket.of('1').map((frame) => (frame.payload as { data: { orderUpdates: { cursor: string } } }).data.orderUpdates);
const errorOf = (frame: Frame | undefined) =>
  (frame?.payload as { message: string; extensions: Record<string, string> }[] | undefined)?.[0];
const bar = (symbol: string, close: number) => api.bus.append('market_data', 'bar', symbol, { symbol, close });

async function firstCursor(): Promise<string> {
  const socket = await RawGraphQLSocket.connect(api.url);
  socket.subscribe('c', BARS);
  socket.subscribe('q', '{ hello }');
  await eventually('the subscription', () => socket.of('q').length === 1);
  bar('CURSOR', 0);
  await eventually('a cursor', () => socket.of('c').length > 0);
  const [event] = eventsOf(socket, 'c');
  socket.ws.close();
  return event!.cursor;
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  const resolvers: (() => void)[] = [];
  const promise = new Promise<void>((resolve) => resolvers.push(resolve));
  return { promise, resolve: () => resolvers.forEach((resolve) => resolve()) };
}

async function refused(query: string, after: string): Promise<Record<string, string>> {
  const socket = await RawGraphQLSocket.connect(api.url);
  socket.subscribe('1', query, { after });
  await eventually('an answer', () => socket.of('1', 'error').length === 1);
  socket.ws.close();
  return errorOf(socket.of('1', 'error')[0])!.extensions;
}

describe('a subscription that resumes', () => {
  test('misses nothing and gets nothing twice, wherever it stops and however fast events come meanwhile', async () => {
    let close = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ symbol: fc.constantFrom(...SYMBOLS), pause: fc.boolean() }), {
          minLength: 60,
          maxLength: 400,
        }),
        fc.array(fc.nat({ max: 40 }), { minLength: 3, maxLength: 8 }),
        async (appends, stops) => {
          let cursor = await firstCursor();
          const expected: string[] = [];
          const appending = (async () => {
            for (const { symbol, pause } of appends) {
              close += 1;
              expected.push(`${symbol}:${close}`);
              bar(symbol, close);
              if (pause) await new Promise((resolve) => setImmediate(resolve));
            }
          })();
          // In the same group all the time, so that there is one to join in the middle of its work.
          const bystander = await RawGraphQLSocket.connect(api.url);
          bystander.subscribe('s', SLOW_BARS, { symbols: SYMBOLS, after: cursor });
          const seen: string[] = [];
          const take = (events: BarEvent[]): void => {
            for (const event of events) seen.push(`${event.bar.symbol}:${event.bar.close}`);
            cursor = events.at(-1)?.cursor ?? cursor;
          };
          for (const stop of stops) {
            const socket = await RawGraphQLSocket.connect(api.url);
            socket.subscribe('s', SLOW_BARS, { symbols: SYMBOLS, after: cursor });
            const goal = Math.min(stop, appends.length - seen.length);
            await eventually('some events', () => socket.of('s').length >= goal);
            // Goes without a word, as a crash would; what it has read by then is what it has seen.
            take(eventsOf(socket, 's'));
            socket.ws.terminate();
          }
          await appending;
          const last = await RawGraphQLSocket.connect(api.url);
          last.subscribe('s', SLOW_BARS, { symbols: SYMBOLS, after: cursor });
          await eventually('the rest', () => last.of('s').length >= expected.length - seen.length);
          take(eventsOf(last, 's'));
          await eventually('all of them at the bystander', () => bystander.of('s').length >= expected.length);
          last.ws.close();
          bystander.ws.close();
          // Order is promised within a symbol.
          for (const symbol of SYMBOLS) {
            const of = (all: string[]) => all.filter((entry) => entry.startsWith(`${symbol}:`));
            expect(of(seen)).toEqual(of(expected));
          }
          expect(seen).toHaveLength(expected.length);
          expect(bystander.of('s')).toHaveLength(expected.length);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('joins a group in the middle of its work at its own offset, not at the group’s', async () => {
    const slow = await RawGraphQLSocket.connect(api.url);
    const fast = await RawGraphQLSocket.connect(api.url);
    const variables = { symbols: ['JOIN'] };
    const { promise: released, resolve: release } = withResolvers();
    const { wait } = later;
    later.wait = () => released;
    try {
      slow.subscribe('s', SLOW_BARS, variables);
      fast.subscribe('s', BARS, variables);
      for (const socket of [slow, fast]) {
        socket.subscribe('q', '{ hello }');
        await eventually('the subscription', () => socket.of('q').length === 1);
      }
      for (let n = 1; n <= 20; n += 1) bar('JOIN', n);
      await eventually('all events at the fast one', () => fast.of('s').length === 20);
      // The slow group still holds all of them, and the newcomer has seen them elsewhere.
      const joining = await RawGraphQLSocket.connect(api.url);
      joining.subscribe('s', SLOW_BARS, { ...variables, after: eventsOf(fast, 's').at(-1)?.cursor });
      joining.subscribe('q', '{ hello }');
      await eventually('the subscription', () => joining.of('q').length === 1);
      bar('JOIN', 21);
      await eventually('the event at the fast one', () => fast.of('s').length === 21);
      release();
      await eventually('all events at the slow one', () => slow.of('s').length === 21);
      await eventually('the new event', () => joining.of('s').length > 0);
      expect(eventsOf(joining, 's').map((event) => event.bar.close)).toEqual([21]);
      for (const socket of [slow, fast, joining]) socket.ws.close();
    } finally {
      release();
      later.wait = wait;
    }
  });

  test('reads what is older than memory from the log', async () => {
    const cursor = await firstCursor();
    for (let n = 0; n < 3_000; n += 1) bar('LONG', n);
    const socket = await RawGraphQLSocket.connect(api.url);
    socket.subscribe('s', BARS, { symbols: ['LONG'], after: cursor });
    await eventually('all of them', () => socket.of('s').length >= 3_000);
    expect(eventsOf(socket, 's').map((event) => event.bar.close)).toEqual(Array.from({ length: 3_000 }, (_, n) => n));
    socket.ws.close();
  });

  test('is refused with BAD_CURSOR for a cursor of another stream, of another database, ahead of the log or made up', async () => {
    const cursor = await firstCursor();
    expect(await refused(ORDERS, cursor)).toMatchObject({ code: 'BAD_CURSOR', field: 'after' });
    for (const after of ['', 'nonsense', '!!', 'x'.repeat(10_000), `${cursor}AA`]) {
      expect(await refused(BARS, after)).toMatchObject({ code: 'BAD_CURSOR' });
    }
    const other = await startTestApi({ databaseId: 'another-database', bus: api.bus });
    const ahead = await startTestApi();
    try {
      for (const { url } of [other, ahead]) {
        const socket = await RawGraphQLSocket.connect(url);
        socket.subscribe('1', BARS, { after: cursor });
        await eventually('an error', () => socket.of('1', 'error').length === 1);
        expect(errorOf(socket.of('1', 'error')[0])?.extensions['code']).toBe('BAD_CURSOR');
      }
    } finally {
      await other.close();
      await ahead.close();
    }
  });

  test('is refused where what it follows is over and its last event lies before the cursor; else it gets what is left', async () => {
    const query =
      'subscription Orders($account: String!, $after: String) { orderUpdates(accountId: $account, after: $after) { cursor orderId } }';
    const order = (key: string) => api.bus.append('orders', 'order_updated', key, { order_id: key });
    const other = await RawGraphQLSocket.connect(api.url);
    other.subscribe('1', query, { account: 'other' });
    other.subscribe('q', '{ hello }');
    await eventually('the subscription', () => other.of('q').length === 1);
    order('other');
    await eventually('the first', () => other.of('1').length === 1);
    order('ended-a');
    order('other');
    await eventually('the second', () => other.of('1').length === 2);
    order('other');
    await eventually('the third', () => other.of('1').length === 3);
    const [before, , behind] = ordersOf(other).map(({ cursor }) => cursor);
    const ended = await RawGraphQLSocket.connect(api.url);
    ended.subscribe('1', query, { account: 'ended-a', after: behind });
    await eventually('an answer', () => ended.of('1', 'error').length === 1);
    expect(errorOf(ended.of('1', 'error')[0])!.extensions['code']).toBe('BAD_CURSOR');
    expect(errorOf(ended.of('1', 'error')[0])!.message).toContain('nothing comes any more');
    const rest = await RawGraphQLSocket.connect(api.url);
    rest.subscribe('1', query, { account: 'ended-a', after: before });
    await eventually('what is left', () => rest.of('1').length === 1);
    expect(rest.of('1', 'error')).toEqual([]);
    for (const { ws } of [other, ended, rest]) ws.close();
  });

  test('is told LAGGED, with the oldest cursor that works, when its events are no longer kept', async () => {
    const own = await startTestApi();
    try {
      const append = (close: number) => own.bus.append('market_data', 'bar', 'OLD', { symbol: 'OLD', close });
      const socket = await RawGraphQLSocket.connect(own.url);
      socket.subscribe('s', BARS);
      socket.subscribe('q', '{ hello }');
      await eventually('the subscription', () => socket.of('q').length === 1);
      const { part } = append(0);
      await eventually('a cursor', () => socket.of('s').length > 0);
      const [first] = eventsOf(socket, 's');
      // More than the process remembers, so that it has to ask the log.
      for (let n = 1; n < 1_500; n += 1) append(n);
      await eventually('all of them', () => socket.of('s').length === 1_500);
      own.bus.deleteBelow('market_data', part, 100);
      socket.subscribe('late', BARS, { after: first!.cursor });
      await eventually('an error', () => socket.of('late', 'error').length === 1);
      const error = errorOf(socket.of('late', 'error')[0])!;
      expect(error.extensions['code']).toBe('LAGGED');
      socket.subscribe('again', BARS, { after: error.extensions['oldest'] });
      await eventually('the kept ones', () => socket.of('again').length === 1_400);
      expect(eventsOf(socket, 'again')[0]?.bar.close).toBe(100);
      expect(part).toBeLessThan(PARTITIONS);
    } finally {
      await own.close();
    }
  });
});
