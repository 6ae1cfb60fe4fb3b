import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { startApiServer } from '../src/api/server.js';
import { buildGraphQLSchema } from '../src/resolvers/build-schema.js';
import { MemoryEventBus } from '../tests/support/memory-event-bus.js';
import type { CountFrames, OpenSockets } from './socket-clients.js';

const SOCKETS = 1_000;
const WARM_UP_EVENTS = 20;
const EVENTS = 100;
/** Both alternate, so that a slow moment of the machine hits both. */
const ROUNDS = 2;
const START_MS = Date.UTC(2016, 0, 3);
const MINUTE_MS = 60_000;
const nothing = (): void => undefined;
const QUERY = 'subscription { bars { cursor bar { symbol timeframe timestamp open high low close volume } } }';

interface Side {
  readonly messagesPerSecond: number;
  readonly cpuMicrosPerMessage: number;
}

export interface FanOutBenchmark {
  readonly sockets: number;
  readonly events: number;
  /** From the log in memory through the hub, executed and serialised once an event. */
  readonly hub: Side;
  /** `ws.send` of one ready text to every socket. */
  readonly raw: Side;
  /** What the API's process grew by when they subscribed, for each; opening them leaves garbage, so it is an upper bound. */
  readonly residentKbASocket: number;
  /** CPU a message of the hub over that of the raw broadcast; at most 2.5 is wanted. */
  readonly cpuRatio: number;
}

/** Measures a bar's way to 1,000 subscribers. The subscribers are a process of their own; each event waits for all of them. */
export async function benchFanOut(): Promise<FanOutBenchmark> {
  const bus = new MemoryEventBus();
  const api = await startApi(bus);
  const raw = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(raw, 'listening');
  const rawUrl = `ws://127.0.0.1:${(raw.address() as AddressInfo).port}`;
  const apiClients = fork(new URL('./socket-clients.js', import.meta.url));
  const rawClients = fork(new URL('./socket-clients.js', import.meta.url));
  try {
    const residentBefore = process.memoryUsage().rss;
    await opened(apiClients, {
      kind: 'open',
      url: `${api.url.replace('http', 'ws')}/graphql`,
      sockets: SOCKETS,
      query: QUERY,
    });
    const residentKbASocket = round((process.memoryUsage().rss - residentBefore) / 1024 / SOCKETS);
    await opened(rawClients, { kind: 'open', url: rawUrl, sockets: SOCKETS, query: null });
    let minute = 0;
    const throughHub = (): void => {
      minute += 1;
      bus.append('market_data', 'bar', 'BTC-USD', barPayload(minute));
    };
    const frame = sampleFrame();
    const broadcast = (): void => {
      for (const ws of raw.clients) ws.send(frame);
    };
    await measure(apiClients, throughHub, WARM_UP_EVENTS);
    await measure(rawClients, broadcast, WARM_UP_EVENTS);
    const rounds: Record<'hub' | 'raw', Measured[]> = { hub: [], raw: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.raw.push(await measure(rawClients, broadcast, EVENTS));
      rounds.hub.push(await measure(apiClients, throughHub, EVENTS));
    }
    const sides = { hub: sum(rounds.hub), raw: sum(rounds.raw) };
    const cpuRatio = round(sides.hub.cpuMicrosPerMessage / sides.raw.cpuMicrosPerMessage);
    return { sockets: SOCKETS, events: EVENTS * ROUNDS, ...sides, residentKbASocket, cpuRatio };
  } finally {
    apiClients.disconnect();
    rawClients.disconnect();
    for (const ws of raw.clients) ws.terminate();
    raw.close();
    await api.close();
  }
}

interface Measured {
  readonly cpuMs: number;
  readonly elapsedMs: number;
}

async function opened(clients: ChildProcess, command: OpenSockets): Promise<void> {
  clients.send(command);
  await once(clients, 'message');
}

async function measure(clients: ChildProcess, send: () => void, events: number): Promise<Measured> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  for (let event = 0; event < events; event += 1) {
    const counted = once(clients, 'message');
    clients.send({ kind: 'count', frames: SOCKETS } satisfies CountFrames);
    send();
    await counted;
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, elapsedMs: performance.now() - startedMs };
}

function sum(rounds: readonly Measured[]): Side {
  const messages = rounds.length * EVENTS * SOCKETS;
  const cpuMs = rounds.reduce((all, round) => all + round.cpuMs, 0);
  const elapsedMs = rounds.reduce((all, round) => all + round.elapsedMs, 0);
  return {
    messagesPerSecond: Math.round(messages / (elapsedMs / 1_000)),
    cpuMicrosPerMessage: round((cpuMs * 1_000) / messages),
  };
}

async function startApi(bus: MemoryEventBus) {
  return startApiServer({
    schema: buildGraphQLSchema(),
    host: '127.0.0.1',
    port: 0,
    bus,
    databaseId: 'benchmark',
    createContext: (client, events) => ({
      readModel: { market: { instruments: async () => [] } },
      events,
      scopes: new Set(['READ']),
      readBudget: () => client.readBudget(),
    }),
    logger: { debug: nothing, info: nothing, warn: console.error, error: console.error },
    metrics: { count: nothing, gauge: nothing, observe: nothing },
  });
}

const barPayload = (minute: number): object => ({
  symbol: 'BTC-USD',
  timeframe: 'ONE_MINUTE',
  timestamp: new Date(START_MS + minute * MINUTE_MS).toISOString(),
  close_time: new Date(START_MS + (minute + 1) * MINUTE_MS).toISOString(),
  open: 430.12,
  high: 430.9,
  low: 429.87,
  close: 430.5,
  volume: 12.3456789,
  vwap: 430.41,
  adjustment: 'NONE',
  source: 'replay',
  revision: 0,
});

/** A frame as the hub writes it, so that both send the same number of bytes. */
const sampleFrame = (): string =>
  `{"id":"00000000-0000-4000-8000-000000000000","type":"next","payload":{"data":{"bars":{"cursor":"${'A'.repeat(44)}","bar":{"symbol":"BTC-USD","timeframe":"ONE_MINUTE","timestamp":"2016-01-03T00:01:00.000Z","open":430.12,"high":430.9,"low":429.87,"close":430.5,"volume":12.3456789}}}}}`;

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
