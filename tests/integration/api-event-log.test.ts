import { afterAll, beforeAll, expect, test } from 'vitest';
import { naturalId } from '../../src/domain/event-id.js';
import type { NewEvent } from '../../src/domain/events.js';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { openEventLogProcess } from '../support/event-log-process.js';
import { eventually } from '../support/eventually.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { RawGraphQLSocket } from '../support/raw-graphql-ws.js';

let database: TestDatabase;
let log: Awaited<ReturnType<typeof openEventLogProcess>>;
let api: TestApi;
beforeAll(async () => {
  database = await startTestDatabase();
  log = await openEventLogProcess(database.connectionString);
  api = await startTestApi({ bus: log.eventBus });
});
afterAll(async () => {
  await api.close();
  await log.close();
  await database.drop();
});

const BARS = 'subscription Bars($after: String) { bars(after: $after) { cursor bar { symbol close } } }';
const WRITERS = ['BTC-USD', 'AAPL', 'MSFT', 'ETH-USD'];
const EVENTS_A_WRITER = 60;

const bar = (symbol: string, close: number) =>
  ({
    topic: 'market_data',
    type: 'bar',
    key: symbol,
    eventId: naturalId('test', symbol, close),
    payload: { symbol, close },
  }) as unknown as NewEvent;

interface Seen {
  readonly cursor: string;
  readonly bar: { readonly symbol: string; readonly close: number };
}
const eventsOf = (socket: RawGraphQLSocket): Seen[] =>
  socket.of('s').map((frame) => (frame.payload as { data: { bars: Seen } }).data.bars);

test('clients that come and go while four writers commit see each event of the log in PostgreSQL once', async () => {
  const live = await RawGraphQLSocket.connect(api.url);
  live.subscribe('s', BARS);
  live.subscribe('q', '{ hello }');
  await eventually('the subscription', () => live.of('q').length === 1);

  const writing = Promise.all(
    WRITERS.map(async (symbol) => {
      for (let close = 1; close <= EVENTS_A_WRITER; close += 1) {
        await log.unitOfWork.transaction(async (tx) => tx.append(bar(symbol, close)));
      }
    }),
  );
  await eventually('a first event', () => eventsOf(live).length > 0);
  const seen = [eventsOf(live)[0]!];
  const total = WRITERS.length * EVENTS_A_WRITER;
  while (seen.length < total) {
    const socket = await RawGraphQLSocket.connect(api.url);
    socket.subscribe('s', BARS, { after: seen.at(-1)!.cursor });
    const goal = Math.min(20, total - seen.length);
    await eventually('some more events', () => eventsOf(socket).length >= goal);
    seen.push(...eventsOf(socket));
    socket.ws.terminate();
  }
  await writing;
  await eventually('all events at the client that stayed', () => eventsOf(live).length >= total);
  for (const events of [seen, eventsOf(live)]) {
    for (const symbol of WRITERS) {
      const closes = events.filter((event) => event.bar.symbol === symbol).map((event) => event.bar.close);
      expect(closes).toEqual(Array.from({ length: EVENTS_A_WRITER }, (_, index) => index + 1));
    }
  }
  live.ws.close();
});

const append = (close: number): Promise<void> => log.unitOfWork.transaction(async (tx) => tx.append(bar('SPY', close)));

test('a client that asks for the cursor of this moment gets everything that comes after it, and nothing before', async () => {
  await append(1);
  const { data } = await api.query('{ cursorOfNow }');
  await append(2);
  await append(3);

  const socket = await RawGraphQLSocket.connect(api.url);
  socket.subscribe('s', BARS, { after: data?.['cursorOfNow'] });
  await eventually('what came after', () => eventsOf(socket).length >= 2);
  expect(eventsOf(socket).map((event) => event.bar.close)).toEqual([2, 3]);
  socket.ws.close();
});
