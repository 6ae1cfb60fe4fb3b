import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { eventually } from '../support/eventually.js';
import { RawGraphQLSocket } from '../support/raw-graphql-ws.js';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi({ webSocketLimits: { closeMs: 200 } });
});
afterEach(() => api.close());

const PADDING_BYTES = 200_000;
const BARS = `subscription { bars { cursor bar { symbol close } padding(bytes: ${PADDING_BYTES}) } }`;
const ORDERS = `subscription { orderUpdates(accountId: "a") { cursor orderId padding(bytes: ${PADDING_BYTES}) } }`;
/** Far more than the kernel's buffers of a loopback connection take (some megabytes). */
const EVENTS = 160;

async function subscriber(query: string): Promise<RawGraphQLSocket> {
  const socket = await RawGraphQLSocket.connect(api.url);
  socket.subscribe('s', query);
  socket.subscribe('q', '{ hello }');
  await eventually('the subscription', () => socket.of('q').length === 1);
  return socket;
}

async function send(append: (n: number) => void, reader: RawGraphQLSocket): Promise<void> {
  for (let n = 1; n <= EVENTS; n += 1) {
    append(n);
    await eventually(`event ${n} at the client that reads`, () => reader.of('s').length >= n);
  }
}

describe('a client that does not read', () => {
  test('gets the latest of each symbol and a count of what was left out, once it reads again; others get all', async () => {
    const reader = await subscriber(BARS);
    const sleeper = await subscriber(BARS);
    sleeper.ws.pause();
    const before = process.memoryUsage().rss;
    await send((close) => {
      const symbol = close % 2 ? 'ODD' : 'EVEN';
      api.bus.append('market_data', 'bar', symbol, { symbol, close });
    }, reader);
    expect(reader.of('s')).toHaveLength(EVENTS);
    // 32 MB were sent to the reader; what waits for the sleeper is two events and the connection's buffers.
    expect(api.counted.get('tradegraph_subscription_frames_dropped_total')).toBeGreaterThan(EVENTS / 4);
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(300);

    sleeper.ws.resume();
    const closes = () =>
      sleeper
        .of('s')
        .map((frame) => (frame.payload as { data: { bars: { bar: { close: number } } } }).data.bars.bar.close);
    await eventually('the newest two', () => closes().includes(EVENTS) && closes().includes(EVENTS - 1));
    expect(closes()).toEqual(closes().toSorted((a, b) => a - b));
    const dropped = sleeper.of('s').reduce((sum, frame) => {
      const { extensions } = frame.payload as { extensions?: { dropped: number } };
      return sum + (extensions?.dropped ?? 0);
    }, 0);
    expect(closes().length + dropped).toBe(EVENTS);
    expect(dropped).toBe(api.counted.get('tradegraph_subscription_frames_dropped_total'));
    // It is live again.
    api.bus.append('market_data', 'bar', 'ODD', { symbol: 'ODD', close: 10_001 });
    await eventually('the next event', () => closes().includes(10_001));
    reader.ws.close();
    sleeper.ws.close();
  });

  test('of orders is closed with 1013 and resumes after its last cursor, without a gap', async () => {
    const reader = await subscriber(ORDERS);
    const sleeper = await subscriber(ORDERS);
    sleeper.ws.pause();
    let ids: string[] = [];
    await send(() => ids.push(api.bus.append('orders', 'order_updated', 'a', {}).eventId), reader);
    await eventually('the sleeper is let go', () => api.counted.get('tradegraph_subscriptions') === 1);
    sleeper.ws.resume();
    await eventually('its socket is closed', () => sleeper.closed !== null);
    const seen = sleeper
      .of('s')
      .map(
        (frame) => (frame.payload as { data: { orderUpdates: { cursor: string; orderId: string } } }).data.orderUpdates,
      );
    // Nothing was left out of what it did get.
    expect(seen.map((order) => order.orderId)).toEqual(ids.slice(0, seen.length));
    expect(seen.length).toBeLessThan(EVENTS);
    const again = await RawGraphQLSocket.connect(api.url);
    again.subscribe('s', ORDERS.replace('accountId: "a"', `accountId: "a", after: "${seen.at(-1)!.cursor}"`));
    await eventually('the rest', () => again.of('s').length >= EVENTS - seen.length);
    const rest = again
      .of('s')
      .map((frame) => (frame.payload as { data: { orderUpdates: { orderId: string } } }).data.orderUpdates.orderId);
    expect(rest).toEqual(ids.slice(seen.length));
    expect(reader.of('s')).toHaveLength(EVENTS);
    reader.ws.close();
    again.ws.close();
  });

  test('and keeps asking is closed with 1013 before its answers fill the memory', async () => {
    const greedy = await RawGraphQLSocket.connect(api.url);
    greedy.ws.pause();
    for (let n = 0; n < 200; n += 1) greedy.subscribe(`${n}`, '{ blob(bytes: 1000000) }');
    await eventually('the server lets it go', () => api.counted.get('tradegraph_websocket_connections') === 0);
  });
});
