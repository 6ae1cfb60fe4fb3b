import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApiServer } from '../src/api/server.js';
import type { BarSeriesView, InstrumentView } from '../src/ports/read-model.js';
import { buildGraphQLSchema } from '../src/resolvers/build-schema.js';
import { MemoryEventBus } from '../tests/support/memory-event-bus.js';
import type { HttpLoad, HttpLoadResult } from './http-load.js';

const BARS = 500;
const CONNECTIONS = 8;
const WARM_UP_MS = 1_000;
const ROUND_MS = 2_000;
/** Both servers alternate, so that a slow moment of the machine hits both. */
const ROUNDS = 2;
const START_MS = Date.UTC(2016, 0, 3);
const MINUTE_MS = 60_000;
const nothing = (): void => undefined;

const QUERY = `query Chart($symbol: String!, $last: Int!) {
  barSeries(symbol: $symbol, last: $last) { timestamps opens highs lows closes volumes }
}`;

interface Side {
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number;
}

export interface BarSeriesBenchmark {
  readonly bars: number;
  readonly bytes: number;
  /** barSeries through the whole API (HTTP, limits, schema, resolvers), read from memory. */
  readonly api: Side;
  /** The same bytes from node:http and JSON.stringify. */
  readonly plain: Side;
  /** CPU a request of the API over that of the plain answer; at most 3 is wanted. */
  readonly cpuRatio: number;
}

/** Measures the API's own share of a chart request; the database's is not in it. Load comes from a process of its own. */
export async function benchBarSeries(): Promise<BarSeriesBenchmark> {
  const series = makeSeries();
  const api = await startApi(series);
  const body = JSON.stringify({ query: QUERY, variables: { symbol: series.symbol, last: BARS } });
  const answer: unknown = await (
    await fetch(`${api.url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  ).json();
  const plain = createServer((_request, response) => {
    const text = JSON.stringify(answer);
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(text);
  });
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const client = fork(new URL('./http-load.js', import.meta.url));
  try {
    const apiLoad = { url: `${api.url}/graphql`, body, connections: CONNECTIONS, durationMs: ROUND_MS };
    const plainLoad = { ...apiLoad, url: `http://127.0.0.1:${(plain.address() as AddressInfo).port}`, body: null };
    for (const load of [apiLoad, plainLoad]) await measure(client, { ...load, durationMs: WARM_UP_MS });
    const rounds: Record<'api' | 'plain', Measured[]> = { api: [], plain: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.plain.push(await measure(client, plainLoad));
      rounds.api.push(await measure(client, apiLoad));
    }
    const sides = { api: sum(rounds.api), plain: sum(rounds.plain) };
    const cpuRatio = round(sides.api.cpuMsPerRequest / sides.plain.cpuMsPerRequest);
    return { bars: BARS, bytes: rounds.api[0]?.bytes ?? 0, ...sides, cpuRatio };
  } finally {
    client.disconnect();
    plain.close();
    plain.closeAllConnections();
    await api.close();
  }
}

interface Measured extends HttpLoadResult {
  readonly cpuMs: number;
}

async function measure(client: ChildProcess, load: HttpLoad): Promise<Measured> {
  const before = process.cpuUsage();
  client.send(load);
  const [result] = (await once(client, 'message')) as [HttpLoadResult];
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuMs: (user + system) / 1_000 };
}

function sum(rounds: readonly Measured[]): Side {
  const total = (of: (measured: Measured) => number): number => rounds.reduce((all, measured) => all + of(measured), 0);
  const requests = total((measured) => measured.requests);
  return {
    requestsPerSecond: Math.round(requests / (total((measured) => measured.elapsedMs) / 1_000)),
    cpuMsPerRequest: round(total((measured) => measured.cpuMs) / requests),
  };
}

async function startApi(series: BarSeriesView) {
  const instrument = { symbol: series.symbol } as InstrumentView;
  const market = { instrument: async () => instrument, barSeries: async () => series };
  return startApiServer({
    schema: buildGraphQLSchema(),
    host: '127.0.0.1',
    port: 0,
    bus: new MemoryEventBus(),
    databaseId: 'benchmark',
    createContext: (client, events) => ({
      readModel: { market },
      scopes: new Set(['READ']),
      events,
      readBudget: () => client.readBudget(),
    }),
    logger: { debug: nothing, info: nothing, warn: console.error, error: console.error },
    metrics: { count: nothing, gauge: nothing, observe: nothing },
    // The benchmark asks more in a second than a client may in a minute.
    costPerMinute: Number.MAX_SAFE_INTEGER,
  });
}

const column = (of: (index: number) => number): Float64Array =>
  Float64Array.from({ length: BARS }, (_, index) => of(index));
const close = (index: number): number => Math.round((430 + 3 * Math.sin(index / 20)) * 100) / 100;

/** Prices with two decimals and volumes with eight, as real ones have. */
function makeSeries(): BarSeriesView {
  return {
    symbol: 'BTC-USD',
    timeframe: 'ONE_MINUTE',
    timestamps: column((index) => START_MS + index * MINUTE_MS),
    opens: column((index) => close(index - 1)),
    highs: column((index) => Math.max(close(index), close(index - 1)) + 0.11),
    lows: column((index) => Math.min(close(index), close(index - 1)) - 0.13),
    closes: column(close),
    volumes: column((index) => Math.round((index % 17) * 1.23456789e8) / 1e8),
    hasEarlier: false,
    hasLater: false,
  };
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
