import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../support/api-client.js';
import { events, Follower } from '../support/follower.js';
import type { BarsQuery } from '../support/generated/sdk.js';
import { checkInvariants } from '../support/invariants.js';
import { startKafkaBroker, type KafkaBroker } from '../support/kafka-broker.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { eventually, startProgram, type Program } from '../support/program.js';
import { startRedisServer, type RedisServer } from '../support/redis-server.js';

const ROLES = ['ingestion', 'ml', 'trading', 'backtesting', 'api'] as const;
type Role = (typeof ROLES)[number];
const RULE = 'replay-ema-cross';
const BY_HAND = 'replay-manual';
const SYMBOL = 'BTC-USD';
const PAGE = 1000;
/** Other processes do the work, on a machine that may be busy. */
const DEADLINE_MS = 240_000;
const TEST_MS = 2 * DEADLINE_MS;
/** Of what a process has printed, when a test fails. */
const SHOWN_CHARACTERS = 4_000;
const PREFIX = 'five';
/** Before the replay begins: the same bars in every run. */
const BACKTEST = {
  strategy: 'ema-cross',
  symbols: [SYMBOL],
  timeframe: 'ONE_MINUTE' as const,
  startDate: '2016-01-01T00:00:00Z',
  endDate: '2016-01-03T00:00:00Z',
};

let database: TestDatabase;
let redis: RedisServer;
let kafka: KafkaBroker;
let client: Redis;
let home: string;
const programs = new Map<Role, Program>();
let api: ApiClient;
let orderUpdates: Follower<{ id: string; status: string; version: number }>;

const program = (role: Role): Program => programs.get(role)!;
const nodes = <T>({ edges }: { readonly edges: readonly { readonly node: T }[] }): T[] => edges.map(({ node }) => node);
const playedBars = async (): Promise<BarsQuery['bars']['edges'][number]['node'][]> => {
  const { platform } = await api.sdk.Platform();
  return nodes((await api.sdk.Bars({ symbol: SYMBOL, first: PAGE, from: platform.replay!.startsAt })).bars);
};
const readiness = async (role: Role): Promise<{ status: number; body: string }> => {
  const response = await fetch(`${program(role).healthUrl}/readyz`);
  return { status: response.status, body: await response.text() };
};
const isReady = (role: Role) =>
  eventually(
    `${role} is ready`,
    async () => {
      const { status, body } = await readiness(role);
      if (status !== 200) throw new Error(body);
      return true;
    },
    DEADLINE_MS,
  );

async function runBacktest(): Promise<string> {
  const { runBacktest: answer } = await api.sdk.RunBacktest({ input: BACKTEST });
  expect(answer.errors).toEqual([]);
  return answer.backtest!.id;
}
const isDone = (id: string) =>
  eventually(
    `backtest ${id} is done`,
    async () => (await api.sdk.Backtest({ id, points: 10, trips: 1 })).backtest?.status === 'DONE',
    DEADLINE_MS,
  );

beforeAll(async () => {
  [database, redis, kafka] = await Promise.all([startTestDatabase(), startRedisServer(), startKafkaBroker()]);
  client = new Redis({ port: redis.port });
  client.on('error', () => undefined);
  home = await mkdtemp(join(tmpdir(), 'tradegraph-five-'));
  const environment = {
    DATABASE_URL: database.connectionString,
    REDIS_URL: redis.url,
    REDIS_PREFIX: PREFIX,
    KAFKA_BROKERS: kafka.address,
    HEALTH_PORT: '0',
    // 510 bars: it must not end before the test does.
    REPLAY_SPEED: '0.5',
    REPLAY_HOLD_SECONDS: '120',
    ML_EPOCHS: '1',
  };
  // At once and in no order: those that need another's work wait for it.
  const starts = ROLES.map(async (role) => {
    const own = { ...environment, TRADEGRAPH_HOME: join(home, role) };
    programs.set(role, await startProgram(own, [role]));
  });
  // Those that did start are in `programs`, to be ended, also when one does not.
  for (const start of await Promise.allSettled(starts)) if (start.status === 'rejected') throw start.reason;
  api = connectApi(program('api').url);
  orderUpdates = new Follower((sdk, after) =>
    events(sdk.OnOrderUpdates({ accountId: BY_HAND, after }), ({ orderUpdates: { cursor, order } }) => ({
      cursor,
      event: { id: order.id, status: order.status, version: order.version },
    })),
  );
  orderUpdates.attach(program('api').url);
}, TEST_MS);

afterAll(async () => {
  await orderUpdates?.detach();
  await api?.close();
  await Promise.all([...programs.values()].map((each) => each.end('SIGKILL')));
  client?.disconnect();
  await Promise.all([redis?.remove(), kafka?.close()]);
  await database?.drop();
  await rm(home, { recursive: true, force: true });
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => {
    for (const role of ROLES) console.error(`${role}:\n${program(role).output().slice(-SHOWN_CHARACTERS)}`);
  });
});

describe('five processes on PostgreSQL, Redis and Kafka', () => {
  it(
    'each is alive, ready and measured on a port of its own',
    async () => {
      for (const role of ROLES) {
        const { healthUrl } = program(role);
        expect((await fetch(`${healthUrl}/healthz`)).status).toBe(200);
        await isReady(role);
        expect(await (await fetch(`${healthUrl}/metrics`)).text()).toContain('process_cpu_seconds_total');
      }
    },
    TEST_MS,
  );

  it(
    'what ingestion stores becomes signals, orders and fills of the others',
    async () => {
      await eventually('ten replayed bars', async () => (await playedBars()).length >= 10, DEADLINE_MS);
      const entry = await eventually(
        'a fill of an entry of the rule',
        async () => {
          const orders = nodes((await api.sdk.Orders({ accountId: RULE, first: PAGE })).orders);
          const found = orders.find(({ cause }) => cause === 'ENTRY');
          if (
            found !== undefined &&
            nodes((await api.sdk.Fills({ orderId: found.id, first: PAGE })).fills).length > 0
          ) {
            return found;
          }
          const { platform } = await api.sdk.Platform();
          throw new Error(`${JSON.stringify(platform.replay)} ${JSON.stringify(orders)}`);
        },
        DEADLINE_MS,
      );
      const { order } = await api.sdk.Order({ id: entry.id });
      expect(order?.riskDecision?.approved).toBe(true);
      const signals = nodes((await api.sdk.Signals({ first: PAGE })).signals);
      expect(signals.map(({ source }) => source)).toContain('ema-cross');
    },
    TEST_MS,
  );

  it(
    'an order by hand over the API is filled by the trading process and told to its subscriber',
    async () => {
      const input = { clientOrderId: 'by-hand', symbol: SYMBOL, side: 'BUY' as const, quantity: '0.05' };
      const { createOrder } = await api.sdk.CreateOrder({ input });
      expect(createOrder.errors).toEqual([]);
      const { id } = createOrder.order!;
      await eventually(
        'the fill reaches the subscriber',
        async () => orderUpdates.seen.some(({ event }) => event.id === id && event.status === 'FILLED'),
        DEADLINE_MS,
      );
      const versions = orderUpdates.seen.filter(({ event }) => event.id === id).map(({ event }) => event.version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    },
    TEST_MS,
  );

  it(
    'a backtest asked for over the API is executed by the backtesting process',
    async () => {
      await isDone(await runBacktest());
      expect(await client.keys(`${PREFIX}:run-backtest:*`)).not.toEqual([]);
    },
    TEST_MS,
  );
});

describe('a Redis that loses everything', () => {
  it(
    'gets its schedules back without a restart, and bars go on',
    async () => {
      await client.flushall();
      const flushedAt = (await playedBars()).length;
      await eventually('bars after the flush', async () => (await playedBars()).length > flushedAt + 5, DEADLINE_MS);
      const schedules = [`${PREFIX}:poll-symbol:repeat`, `${PREFIX}:event-retention:repeat`];
      for (const key of schedules) expect(await client.zcard(key)).toBe(1);
      await isDone(await runBacktest());
    },
    TEST_MS,
  );

  it(
    'while it is away nothing crashes, orders fill, and a backtest waits; all is done when it is back, empty',
    async () => {
      await redis.kill();
      const backtest = await runBacktest();
      const { ingest } = await api.sdk.Ingest({ symbol: SYMBOL });
      expect(ingest.errors).toMatchObject([{ code: 'JOB_QUEUE_UNAVAILABLE' }]);
      for (const role of ['api', 'ingestion', 'backtesting'] as const) {
        const { status, body } = await readiness(role);
        expect(status).toBe(503);
        expect(JSON.parse(body)).toMatchObject({
          checks: { jobQueue: { ok: false, detail: expect.stringContaining(redis.url) } },
        });
      }
      await redis.start();
      await isDone(backtest);
      for (const role of ROLES) await isReady(role);
      const before = (await playedBars()).length;
      await eventually('bars after the return', async () => (await playedBars()).length > before + 3, DEADLINE_MS);
    },
    TEST_MS,
  );
});

describe('a Kafka that is stopped', () => {
  it(
    'holds up neither ingestion nor queries; what the log has meanwhile is caught up with when it is back',
    async () => {
      await kafka.stop();
      const before = (await playedBars()).length;
      await eventually('bars without Kafka', async () => (await playedBars()).length > before + 3, DEADLINE_MS);
      const last = (await playedBars()).at(-1)!;
      await kafka.start();
      await eventually(
        'a signal for the last bar that came without Kafka',
        async () =>
          nodes((await api.sdk.Signals({ first: PAGE, from: last.closeTime })).signals).some(
            ({ barTimestamp }) => barTimestamp === last.timestamp,
          ),
        DEADLINE_MS,
      );
      for (const role of ROLES) await isReady(role);
    },
    TEST_MS,
  );
});

it(
  'all five stop cleanly and leave books that add up',
  async () => {
    await orderUpdates.detach();
    await api.close();
    const endings = await Promise.all(ROLES.map((role) => program(role).end('SIGTERM')));
    expect(endings).toEqual(ROLES.map(() => 0));
    for (const role of ROLES) expect(program(role).output()).not.toMatch(/"level":"?(60|fatal)|unexpected error/);
    expect(await checkInvariants(database.connectionString)).toEqual([]);
  },
  TEST_MS,
);
