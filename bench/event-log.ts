import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { poolOptions } from '../src/adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../src/adapters/postgres/event-log/index.js';
import { partitionOf, PARTITIONS } from '../src/domain/topics.js';
import { barEvent } from './bar-events.js';
import { measureLatency, type EventLogLatency } from './event-log-latency.js';

/** Bare inserts and log alternate in short phases, so that a slow moment of the machine hits both or neither. */
const PHASE_MS = 600;
const ROUNDS = 7;
const BATCH = 100;
/** One symbol in each partition: two writers of one partition would wait for each other's commits. */
const SPREAD = Array.from({ length: PARTITIONS }, (_, part) => {
  for (let number = 0; ; number += 1) if (partitionOf(`BENCH-${number}`) === part) return `BENCH-${number}`;
});
const nothing = (): void => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: console.error };

export interface OneByOne {
  readonly writers: number;
  /** Events appended and consumed a second, and bare one-row INSERT commits; medians of the rounds. */
  readonly log: number;
  readonly bareInserts: number;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
}

export interface Batches {
  readonly writers: number;
  /** Events a second; median of the rounds. */
  readonly log: number;
  /** To one writer's events a second, one a transaction, in the same rounds. */
  readonly ratio: number;
}

export interface EventLogBenchmark {
  /** One event a transaction. */
  readonly oneByOne: readonly OneByOne[];
  /** 100 events a transaction. */
  readonly hundredATransaction: readonly Batches[];
  /** Milliseconds at 200 events a second. */
  readonly latencyMs: EventLogLatency;
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
    const counter = await countingConsumer(log);
    await warmUp(pool, log, counter);
    const oneByOne = [];
    const hundredATransaction = [];
    for (const symbols of [SPREAD.slice(0, 1), SPREAD.slice(0, 2), SPREAD]) {
      oneByOne.push(await compareWithBareInserts(pool, log, counter, symbols));
      hundredATransaction.push(await compareBatches(log, counter, symbols));
    }
    await counter.stop();
    return { oneByOne, hundredATransaction, latencyMs: await measureLatency(log) };
  } finally {
    await log.close();
    await pool.query('DROP TABLE IF EXISTS bench_rows').catch(nothing);
    await pool.end();
  }
}

async function warmUp(pool: Pool, log: EventLog, counter: Counter): Promise<void> {
  await bareRate(pool, SPREAD);
  await logRate(log, counter, SPREAD, 1);
}

async function compareWithBareInserts(
  pool: Pool,
  log: EventLog,
  counter: Counter,
  symbols: readonly string[],
): Promise<OneByOne> {
  const rounds = await inTurns(
    () => logRate(log, counter, symbols, 1),
    () => bareRate(pool, symbols),
  );
  return { writers: symbols.length, log: rounds.first, bareInserts: rounds.second, ratio: rounds.ratio };
}

async function compareBatches(log: EventLog, counter: Counter, symbols: readonly string[]): Promise<Batches> {
  const rounds = await inTurns(
    () => logRate(log, counter, symbols, BATCH),
    () => logRate(log, counter, symbols.slice(0, 1), 1),
  );
  return { writers: symbols.length, log: rounds.first, ratio: rounds.ratio };
}

async function inTurns(first: () => Promise<number>, second: () => Promise<number>) {
  const rates: { first: number; second: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.push(round % 2 === 0 ? { first: await first(), second: await second() } : await backwards(first, second));
  }
  return {
    first: Math.round(median(rates.map((rate) => rate.first))),
    second: Math.round(median(rates.map((rate) => rate.second))),
    ratio: round2(median(rates.map((rate) => rate.first / rate.second))),
  };
}

/** What comes second may profit from, or pay for, what came first. */
async function backwards(first: () => Promise<number>, second: () => Promise<number>) {
  const rate = await second();
  return { first: await first(), second: rate };
}

/** One-row INSERTs, each its own commit, a second. */
async function bareRate(pool: Pool, symbols: readonly string[]): Promise<number> {
  const started = performance.now();
  let rows = 0;
  await inParallel(symbols, async (symbol) => {
    while (performance.now() - started < PHASE_MS) {
      const { eventId, key, type, payload } = barEvent(symbol);
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
  counter: Counter,
  symbols: readonly string[],
  eventsATransaction: number,
): Promise<number> {
  const started = performance.now();
  const before = counter.consumed();
  let appended = 0;
  await inParallel(symbols, async (symbol) => {
    while (performance.now() - started < PHASE_MS) {
      await log.unitOfWork.transaction(async (tx) => {
        for (let index = 0; index < eventsATransaction; index += 1) tx.append(barEvent(symbol));
      });
      appended += eventsATransaction;
    }
  });
  await counter.reached(before + appended);
  return (appended * 1000) / (performance.now() - started);
}

/** A consumer of everything, that counts. */
interface Counter {
  consumed(): number;
  reached(count: number): Promise<void>;
  stop(): Promise<void>;
}

async function countingConsumer(log: EventLog): Promise<Counter> {
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
    consumed: () => consumed,
    reached: (count) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (consumed >= count) resolve();
        };
        look();
      }),
    stop: () => consumer.stop(),
  };
}

const inParallel = (symbols: readonly string[], work: (symbol: string) => Promise<void>): Promise<void[]> =>
  Promise.all(symbols.map((symbol) => work(symbol)));

const round2 = (value: number): number => Math.round(value * 100) / 100;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
