import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { poolOptions } from '../src/adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../src/adapters/postgres/event-log/index.js';
import type { NewEvent } from '../src/domain/events.js';

const PHASE_MS = 1_500;
/** Bare inserts and log alternate, so that a slow moment of the machine hits both. */
const ROUNDS = 2;
const BATCH = 100;
const LATENCY_RATE_PER_SECOND = 200;
const LATENCY_SECONDS = 8;
const nothing = (): void => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: console.error };

export interface EventLogBenchmark {
  /** Events appended and consumed a second, one event a transaction, beside bare one-row INSERT commits of as many writers. */
  readonly oneByOne: readonly {
    readonly writers: number;
    readonly log: number;
    readonly bareInserts: number;
    readonly ratio: number;
  }[];
  /** Events appended and consumed a second, 100 a transaction, one writer; `ratio` to one event a transaction. */
  readonly hundredATransaction: { readonly log: number; readonly ratio: number };
  /** From the call of transaction() to the handler, and to the end of its commit; milliseconds at 200 events a second. */
  readonly latencyMs: { readonly toHandler: Percentiles; readonly toCommitted: Percentiles };
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Measures the event log on an empty, migrated database. Its ratios are of one run on one machine, so they can be compared.
 * Throws when the log already has events: it writes thousands.
 */
export async function benchEventLog(connectionString: string): Promise<EventLogBenchmark> {
  const pool = new Pool(poolOptions({ connectionString, poolSize: 20 }));
  pool.on('error', nothing);
  const log = await openEventLog({
    pool,
    connectionString,
    logger: quiet,
    metrics: { count: nothing, gauge: nothing, observe: nothing },
  });
  try {
    const { rowCount } = await pool.query('SELECT FROM event_log LIMIT 1');
    if (rowCount !== 0) throw new Error('the log has events: the benchmark needs an empty database');
    await pool.query('CREATE TABLE bench_rows (event_id uuid PRIMARY KEY, key text, type text, payload jsonb)');
    await warmUp(pool, log);
    const oneByOne = [];
    for (const writers of [1, 2, 8]) oneByOne.push(await compare(pool, log, writers));
    const hundred = await logRate(log, 1, BATCH);
    const latencyMs = await latency(log);
    const one = oneByOne[0]?.log ?? Number.NaN;
    return { oneByOne, hundredATransaction: { log: Math.round(hundred), ratio: round(hundred / one) }, latencyMs };
  } finally {
    await log.close();
    await pool.query('DROP TABLE IF EXISTS bench_rows').catch(nothing);
    await pool.end();
  }
}

async function warmUp(pool: Pool, log: EventLog): Promise<void> {
  await bareRate(pool, 8, 300);
  await logRate(log, 8, 1, 300);
}

async function compare(pool: Pool, log: EventLog, writers: number) {
  let bareInserts = 0;
  let logged = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    bareInserts += (await bareRate(pool, writers, PHASE_MS)) / ROUNDS;
    logged += (await logRate(log, writers, 1)) / ROUNDS;
  }
  return { writers, log: Math.round(logged), bareInserts: Math.round(bareInserts), ratio: round(logged / bareInserts) };
}

/** One-row INSERTs, each its own commit, a second. */
async function bareRate(pool: Pool, writers: number, durationMs: number): Promise<number> {
  const started = performance.now();
  let rows = 0;
  await inParallel(writers, async (writer) => {
    while (performance.now() - started < durationMs) {
      const { eventId, key, type, payload } = barEvent(writer);
      await pool.query({
        name: 'bare',
        text: 'INSERT INTO bench_rows VALUES ($1, $2, $3, $4)',
        values: [eventId, key, type, payload],
      });
      rows += 1;
    }
  });
  return (rows * 1000) / (performance.now() - started);
}

/** Events a second from the first append to the commit of the last one's consumer. */
async function logRate(
  log: EventLog,
  writers: number,
  eventsATransaction: number,
  durationMs = PHASE_MS,
): Promise<number> {
  const consumer = await countingConsumer(log);
  const started = performance.now();
  let appended = 0;
  await inParallel(writers, async (writer) => {
    while (performance.now() - started < durationMs) {
      await log.unitOfWork.transaction(async (tx) => {
        for (let index = 0; index < eventsATransaction; index += 1) tx.append(barEvent(writer));
      });
      appended += eventsATransaction;
    }
  });
  await consumer.reached(appended);
  const rate = (appended * 1000) / (performance.now() - started);
  await consumer.stop();
  return rate;
}

async function countingConsumer(log: EventLog) {
  let consumed = 0;
  let look: () => void = nothing;
  const consumer = await log.eventBus.consume({
    group: `bench-${randomUUID()}`,
    topics: ['market_data'],
    start: 'latest',
    batchSize: 500,
    handle:
      async ({ events }) =>
      async () => {
        consumed += events.length;
        // The effect's commit is still to come: look after it.
        setImmediate(() => look());
      },
  });
  return {
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (consumed >= count) resolve();
        };
        look();
      }),
    stop: () => consumer.stop(),
  };
}

async function latency(log: EventLog): Promise<EventLogBenchmark['latencyMs']> {
  const appendedAt = new Map<string, number>();
  const toHandler: number[] = [];
  const toCommitted: number[] = [];
  const expected = LATENCY_RATE_PER_SECOND * LATENCY_SECONDS;
  let finish: () => void = nothing;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const since = (eventId: string): number => performance.now() - (appendedAt.get(eventId) ?? Number.NaN);
  const consumer = await log.eventBus.consume({
    group: `bench-${randomUUID()}`,
    topics: ['market_data'],
    start: 'latest',
    batchSize: 100,
    handle: async ({ events }) => {
      toHandler.push(...events.map(({ eventId }) => since(eventId)));
      return async (tx) => {
        // An event of its own, read by the second consumer, shows when this commit was done.
        for (const { eventId, key } of events) tx.append(answerTo(eventId, key));
      };
    },
  });
  const second = await log.eventBus.consume({
    group: `bench-${randomUUID()}`,
    topics: ['trading_signals'],
    start: 'latest',
    batchSize: 100,
    handle: async ({ events }) => {
      for (const { payload } of events) toCommitted.push(since(payload.symbol));
      return async () => {
        if (toCommitted.length >= expected) finish();
      };
    },
  });
  const appends: Promise<void>[] = [];
  const started = performance.now();
  while (appends.length < expected) {
    const due = Math.min(expected, Math.floor(((performance.now() - started) * LATENCY_RATE_PER_SECOND) / 1000));
    while (appends.length < due) {
      const event = barEvent(appends.length);
      appendedAt.set(event.eventId, performance.now());
      appends.push(log.unitOfWork.transaction(async (tx) => tx.append(event)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(appends);
  await finished;
  await Promise.all([consumer.stop(), second.stop()]);
  return { toHandler: percentiles(toHandler), toCommitted: percentiles(toCommitted) };
}

let barNumber = 0;

function barEvent(writer: number): Extract<NewEvent, { type: 'bar' }> {
  barNumber += 1;
  const timestamp = new Date(1_451_606_400_000 + barNumber * 60_000).toISOString();
  const symbol = `BENCH-${writer % 16}`;
  return {
    topic: 'market_data',
    type: 'bar',
    key: symbol,
    eventId: randomUUID(),
    payload: {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp,
      close_time: timestamp,
      open: 430.12,
      high: 431.5,
      low: 429.98,
      close: 430.77,
      volume: 12.3456789,
      vwap: null,
      adjustment: 'RAW',
      source: 'replay',
      revision: 0,
    },
  };
}

function answerTo(eventId: string, key: string): Extract<NewEvent, { type: 'bar_evaluated' }> {
  const timestamp = '2016-01-01T00:00:00.000Z';
  return {
    topic: 'trading_signals',
    type: 'bar_evaluated',
    key,
    eventId: randomUUID(),
    payload: {
      source: 'bench',
      symbol: eventId,
      timeframe: 'ONE_MINUTE',
      timestamp,
      bar_timestamp: timestamp,
      reason: 'NO_MODEL',
    },
  };
}

const inParallel = (count: number, work: (index: number) => Promise<void>): Promise<void[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

const round = (value: number): number => Math.round(value * 100) / 100;

function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p99: at(0.99) };
}
