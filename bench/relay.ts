import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { Pool } from 'pg';
import { openKafkaTransport } from '../src/adapters/kafka/open-kafka-transport.js';
import { poolOptions } from '../src/adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../src/adapters/postgres/event-log/index.js';
import { partitionOf, PARTITIONS } from '../src/domain/topics.js';
import type { Metrics } from '../src/ports/metrics.js';
import { startKafkaBroker } from '../tests/support/kafka-broker.js';
import { barEvent } from './bar-events.js';
import { measureSubscriberLatency, type SubscriberLatency } from './relay-latency.js';

const EVENTS = 200_000;
const EVENTS_A_TRANSACTION = 1_000;
const WRITERS = 4;
const RAW_BATCH = 1_000;
const CLIENT_ID = 'tradegraph-bench';
const nothing = (): void => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: console.error };

export interface RelayBenchmark {
  readonly events: number;
  /** From the relay's start on a full log until its last position is committed; at least 20,000 are wanted. */
  readonly eventsPerSecond: number;
  /** The same messages out of memory by kafkajs alone, 1,000 of each of the 8 partitions a request. */
  readonly rawEventsPerSecond: number;
  /** From the poll's transaction to the websocket's frame; p99 under 150 ms is wanted. */
  readonly pollToSubscriber: SubscriberLatency;
}

/** Measures the way over Kafka on an empty, migrated database. Starts a broker unless KAFKA_BROKERS names one. */
export async function benchRelay(connectionString: string): Promise<RelayBenchmark | { readonly skipped: string }> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return measure(connectionString, given.split(','));
  const broker = await startKafkaBroker().catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  );
  if (broker instanceof Error) {
    return {
      skipped: `no KAFKA_BROKERS is given, and .ci/kafka/start (Java and Maven) started none: ${broker.message}`,
    };
  }
  try {
    return await measure(connectionString, [broker.address]);
  } finally {
    await broker.close();
  }
}

async function measure(connectionString: string, brokers: readonly string[]): Promise<RelayBenchmark> {
  const pool = new Pool(poolOptions({ connectionString, poolSize: 20 }));
  pool.on('error', nothing);
  const counts = new CountedMetrics();
  const log = await openEventLog({ pool, connectionString, logger: quiet, metrics: counts });
  try {
    const topicPrefix = `bench-${randomBytes(4).toString('hex')}.`;
    const settings = { brokers, clientId: CLIENT_ID, topicPrefix, tls: null, sasl: null };
    await fill(log);
    const eventsPerSecond = await relayRate(counts, () =>
      openKafkaTransport({ settings, pool, eventLog: log, logger: quiet, metrics: counts }),
    );
    process.stderr.write(`  relay: ${eventsPerSecond} events/s\n`);
    const rawEventsPerSecond = await rawRate(brokers, `${topicPrefix}market_data`);
    process.stderr.write(`  kafkajs alone: ${rawEventsPerSecond} events/s\n`);
    const pollToSubscriber = await measureSubscriberLatency({ pool, log, settings });
    return { events: EVENTS, eventsPerSecond, rawEventsPerSecond, pollToSubscriber };
  } finally {
    await log.close();
    await pool.end();
  }
}

/** A log as a relay finds it that was away for long. */
async function fill(log: EventLog): Promise<void> {
  const symbols = Array.from({ length: 500 }, (_, number) => `BENCH-${number}`);
  let appended = 0;
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (appended < EVENTS) {
        appended += EVENTS_A_TRANSACTION;
        await log.unitOfWork.transaction(async (tx) => {
          for (let n = 0; n < EVENTS_A_TRANSACTION; n += 1) tx.append(barEvent(symbols[n % symbols.length] ?? ''));
        });
      }
    }),
  );
}

async function relayRate(counts: CountedMetrics, open: () => Promise<{ close(): Promise<void> }>): Promise<number> {
  const done = counts.reached('tradegraph_kafka_published_total', EVENTS);
  const opening = performance.now();
  const transport = await open();
  const opened = performance.now();
  await done;
  const finished = performance.now();
  await transport.close();
  process.stderr.write(`  topics and connections: ${Math.round(opened - opening)} ms\n`);
  return Math.round((EVENTS * 1_000) / (finished - opened));
}

/** kafkajs's own limit with messages of this size. */
async function rawRate(brokers: readonly string[], topic: string): Promise<number> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: CLIENT_ID, logLevel: logLevel.ERROR });
  const producer = kafka.producer({
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  const symbols = Array.from({ length: PARTITIONS }, (_, part) => {
    for (let number = 0; ; number += 1) if (partitionOf(`RAW-${number}`) === part) return `RAW-${number}`;
  });
  const messages = symbols.flatMap((symbol, partition) =>
    Array.from({ length: RAW_BATCH }, () => {
      const { payload, eventId } = barEvent(symbol);
      return { partition, key: symbol, value: JSON.stringify(payload), headers: { event_id: eventId, off: '0' } };
    }),
  );
  await producer.send({ topic, acks: -1, messages });
  const started = performance.now();
  const rounds = Math.ceil(EVENTS / messages.length);
  for (let round = 0; round < rounds; round += 1) await producer.send({ topic, acks: -1, messages });
  const rate = (rounds * messages.length * 1_000) / (performance.now() - started);
  await producer.disconnect();
  return Math.round(rate);
}

class CountedMetrics implements Metrics {
  readonly #sums = new Map<string, number>();
  readonly #awaited: { readonly name: string; readonly sum: number; readonly resolve: () => void }[] = [];

  count(name: string, _labels: object = {}, by = 1): void {
    const sum = (this.#sums.get(name) ?? 0) + by;
    this.#sums.set(name, sum);
    for (const awaited of this.#awaited) if (awaited.name === name && sum >= awaited.sum) awaited.resolve();
  }

  gauge(): void {}
  gauges(): void {}
  observe(): void {}

  reached(name: string, sum: number): Promise<void> {
    return new Promise((resolve) => this.#awaited.push({ name, sum, resolve }));
  }
}
