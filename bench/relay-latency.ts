import type { Pool } from 'pg';
import { WebSocket } from 'ws';
import type { KafkaSettings } from '../src/adapters/kafka/kafka-settings.js';
import { openKafkaTransport } from '../src/adapters/kafka/open-kafka-transport.js';
import { PgBarStore } from '../src/adapters/postgres/bar-store.js';
import type { EventLog } from '../src/adapters/postgres/event-log/index.js';
import { startApiServer } from '../src/api/server.js';
import type { Bar } from '../src/domain/bar.js';
import { buildGraphQLSchema } from '../src/resolvers/build-schema.js';
import { barEvent } from '../src/services/ingestion/bar-events.js';
import { percentiles, type Percentiles } from './event-log-latency.js';

const SYMBOLS = 500;
const MINUTE_MS = 60_000;
/** Minutes of polls that come all at once, eight at a time, and of polls spread evenly over the minute. */
const BURSTS = 10;
const AT_ONCE = 8;
const SPREAD_POLLS = 250;
const WARM_UP_BURSTS = 2;
const nothing = (): void => undefined;

export interface SubscriberLatency {
  /** 500 polls spread over a minute; milliseconds. */
  readonly spread: Percentiles;
  /** 500 polls as fast as they go, as when a minute ends; milliseconds of each from its own transaction. */
  readonly burst: Percentiles;
}

export interface SubscriberLatencyOptions {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly settings: KafkaSettings;
}

/** Stores bars as a poll does, and waits for them at a websocket of an API that reads Kafka. */
export async function measureSubscriberLatency({
  pool,
  log,
  settings,
}: SubscriberLatencyOptions): Promise<SubscriberLatency> {
  const metrics = { count: nothing, gauge: nothing, gauges: nothing, observe: nothing };
  const logger = { debug: nothing, info: nothing, warn: nothing, error: console.error };
  const transport = await openKafkaTransport({ settings, pool, eventLog: log, logger, metrics });
  const api = await startApiServer({
    schema: buildGraphQLSchema(),
    host: '127.0.0.1',
    port: 0,
    bus: transport.eventBus,
    databaseId: 'benchmark',
    createContext: (client, events) => ({
      readModel: { market: { instruments: async () => [] } },
      events,
      scopes: new Set(['READ']),
      readBudget: () => client.readBudget(),
    }),
    logger,
    metrics,
  });
  const market = new PolledMarket(pool, log);
  await market.register();
  const arrivals = await Arrivals.open(`${api.url.replace('http', 'ws')}/graphql`);
  try {
    for (let burst = 0; burst < WARM_UP_BURSTS; burst += 1) await pollAtOnce(market, arrivals);
    const bursts: number[] = [];
    for (let burst = 0; burst < BURSTS; burst += 1) bursts.push(...(await pollAtOnce(market, arrivals)));
    return { spread: percentiles(await pollSpread(market, arrivals)), burst: percentiles(bursts) };
  } finally {
    arrivals.close();
    await api.close();
    await transport.close();
  }
}

async function pollAtOnce(market: PolledMarket, arrivals: Arrivals): Promise<number[]> {
  const latencies: Promise<number>[] = [];
  const symbols = [...market.nextMinute()];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let bar = symbols.pop(); bar !== undefined; bar = symbols.pop()) {
        latencies.push(arrivals.since(bar, performance.now()));
        await market.store(bar);
      }
    }),
  );
  return Promise.all(latencies);
}

async function pollSpread(market: PolledMarket, arrivals: Arrivals): Promise<number[]> {
  const latencies: Promise<number>[] = [];
  for (const bar of market.nextMinute().slice(0, SPREAD_POLLS)) {
    latencies.push(arrivals.since(bar, performance.now()));
    await Promise.all([market.store(bar), new Promise((resolve) => setTimeout(resolve, MINUTE_MS / SYMBOLS))]);
  }
  return Promise.all(latencies);
}

/** Symbols whose bars are stored one transaction each, with their events. */
class PolledMarket {
  readonly #symbols = Array.from({ length: SYMBOLS }, (_, number) => `POLL${number}-USD`);
  readonly #store: PgBarStore;
  #minute = 0;

  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
  ) {
    this.#store = new PgBarStore(pool);
  }

  async register(): Promise<void> {
    await this.pool.query(
      `INSERT INTO instruments (symbol, name, asset_class, currency, tick_size, lot_size, calendar, data_source)
       SELECT symbol, symbol, 'CRYPTO', 'USD', 0.01, 0.0001, 'crypto', 'yahoo' FROM unnest($1::text[]) AS s (symbol)`,
      [this.#symbols],
    );
  }

  nextMinute(): Bar[] {
    const timestamp = Date.UTC(2016, 0, 3) + this.#minute * MINUTE_MS;
    this.#minute += 1;
    return this.#symbols.map((symbol) => ({
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp,
      closeTime: timestamp + MINUTE_MS,
      open: 430.12,
      high: 430.9,
      low: 429.87,
      close: 430.5,
      volume: 12.3456789,
      vwap: null,
      adjustment: 'RAW',
      source: 'yahoo',
    }));
  }

  async store(bar: Bar): Promise<void> {
    await this.log.unitOfWork.transaction(async (tx) => {
      const { changed } = await this.#store.upsert(tx, [bar]);
      for (const each of changed) tx.append(barEvent(each));
    });
  }
}

const ARRIVAL_DEADLINE_MS = 60_000;

/** One websocket that subscribes to all bars. */
class Arrivals {
  readonly #awaited = new Map<string, (atMs: number) => void>();
  #lastFrame = '';

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
  }

  static async open(url: string): Promise<Arrivals> {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    const arrivals = new Arrivals(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => socket.send('{"type":"connection_init"}'));
      socket.once('message', () => resolve());
    });
    const query = 'subscription { bars { bar { symbol timestamp close } } }';
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    // Answered after what was sent before it: the subscription stands.
    await new Promise<void>((resolve) => {
      socket.once('pong', () => resolve());
      socket.ping();
    });
    return arrivals;
  }

  /** Milliseconds from `startedMs` to the frame of the bar. */
  since({ symbol, timestamp }: Bar, startedMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const name = `${symbol} ${timestamp}`;
      const deadline = setTimeout(
        () => reject(new Error(`the bar ${name} did not reach the subscriber; last frame: ${this.#lastFrame}`)),
        ARRIVAL_DEADLINE_MS,
      );
      this.#awaited.set(name, (atMs) => {
        clearTimeout(deadline);
        resolve(atMs - startedMs);
      });
    });
  }

  close(): void {
    this.socket.terminate();
  }

  #receive(text: string): void {
    const atMs = performance.now();
    this.#lastFrame = text;
    const frame = JSON.parse(text) as {
      payload?: { data?: { bars?: { bar: { symbol: string; timestamp: string } } } };
    };
    const bar = frame.payload?.data?.bars?.bar;
    if (!bar) return;
    const name = `${bar.symbol} ${Date.parse(bar.timestamp)}`;
    this.#awaited.get(name)?.(atMs);
    this.#awaited.delete(name);
  }
}
