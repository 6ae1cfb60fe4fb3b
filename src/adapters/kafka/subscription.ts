import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { LogPartition } from '../postgres/event-log/log-record.js';
import type { BrokerGate } from './broker-gate.js';
import { deferred } from './deferred.js';
import { fromMessage } from './event-message.js';
import { disconnected, REQUEST_RETRIES, type KafkaClient } from './kafka-client.js';
import type { TopicNames } from './topic-names.js';

/** What every subscription of a process needs. */
export interface SubscriptionContext {
  readonly client: KafkaClient;
  readonly names: TopicNames;
  readonly gate: BrokerGate;
  /** Of the database whose events count. */
  readonly logId: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Who is told; none of these may throw or wait: kafkajs sends no heartbeats meanwhile. */
export interface SubscriptionListener {
  /** The group has given us these partitions, and no others. */
  assigned(partitions: readonly LogPartition[]): void;
  /** Events of one partition as Kafka brings them: perhaps repeated, perhaps with gaps. */
  received(topic: Topic, part: number, events: readonly LoggedEvent[]): void;
  /** The group still counts on us: a heartbeat or a fetch was answered. */
  alive(): void;
  /** What is published from now on will be brought; what was before, since the assignment too, is in the log. */
  following(): void;
  /** There is no telling any more what is ours, nor will events come until we are assigned anew. */
  lost(): void;
}

export interface SubscriptionOptions {
  readonly groupId: string;
  readonly topics: readonly Topic[];
  readonly part: 'group' | 'tail';
  readonly listener: SubscriptionListener;
}

/**
 * Of a consumer that has just been assigned partitions: kafkajs finds out where they end with its first fetch, and reports
 * one that has failed, and led to another assignment, just like one that was answered. The second is certain.
 */
const FETCHES_TO_FOLLOW = 2;

/**
 * Membership in a consumer group of Kafka that outlives kafkajs's consumers: one that has crashed or gone silent is thrown
 * away, and a new one joins after a pause. It begins at the latest record and commits nothing: what is before, or missing,
 * is in the log.
 */
export class Subscription {
  readonly #stop = new AbortController();
  #running: Promise<void> | null = null;
  #failures = 0;
  #heardAtMs = 0;
  #fetches = 0;

  constructor(
    private readonly context: SubscriptionContext,
    private readonly options: SubscriptionOptions,
  ) {}

  start(): void {
    this.#running ??= this.#run();
  }

  /** Leaves the group. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { gate, client } = this.context;
    const { part, listener } = this.options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (!gate.isOpen) listener.lost();
      await gate.opened(signal);
      if (signal.aborted) return;
      try {
        await this.#session();
      } catch (error) {
        listener.lost();
        if (signal.aborted) return;
        this.#failures += 1;
        const { firstBackOff, lastBackOff } = client.timings;
        const delayMs = Math.min(firstBackOff * 2 ** (this.#failures - 1), lastBackOff);
        gate.failed(part, error, { group: this.options.groupId, delayMs });
        await delay(delayMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** One consumer from its connection to its end; throws unless it ends because we stop. */
  async #session(): Promise<void> {
    const { client, names, logger } = this.context;
    const { timings } = client;
    const ended = deferred<Error | null>();
    const consumer = client.kafka.consumer({
      groupId: this.options.groupId,
      sessionTimeout: timings.session,
      heartbeatInterval: timings.heartbeat,
      rebalanceTimeout: timings.rebalance,
      maxWaitTimeInMs: timings.fetchWait,
      allowAutoTopicCreation: false,
      // kafkajs restarts a crashed consumer in a timer whose errors nobody catches: we make a new one instead.
      retry: { ...REQUEST_RETRIES, restartOnFailure: async () => false },
    });
    this.#listen(consumer, ended.resolve);
    const onStop = (): void => ended.resolve(null);
    this.#stop.signal.addEventListener('abort', onStop, { once: true });
    this.#heardAtMs = performance.now();
    const watch = setInterval(() => {
      const silentMs = performance.now() - this.#heardAtMs;
      if (silentMs > timings.rebalance + 2 * timings.session) {
        ended.resolve(new Error(`the consumer has heard nothing of Kafka for ${Math.round(silentMs)} ms`));
      }
    }, timings.session);
    try {
      const begun = this.#begin(consumer, names);
      const end = await Promise.race([begun.then(() => ended.promise), ended.promise]);
      if (end) throw end;
    } finally {
      clearInterval(watch);
      this.#stop.signal.removeEventListener('abort', onStop);
      await disconnected(consumer, logger, timings.connect);
    }
  }

  async #begin(consumer: Consumer, names: TopicNames): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: this.options.topics.map((topic) => names.of(topic)), fromBeginning: false });
    await consumer.run({ autoCommit: false, eachBatch: async (batch) => this.#receive(batch) });
  }

  #listen(consumer: Consumer, end: (error: Error) => void): void {
    const { listener, part } = this.options;
    const { names, gate } = this.context;
    const heard = (): void => {
      this.#heardAtMs = performance.now();
      listener.alive();
    };
    consumer.on('consumer.crash', ({ payload }) => end(payload.error));
    consumer.on('consumer.heartbeat', heard);
    consumer.on('consumer.fetch', () => {
      heard();
      this.#fetches += 1;
      if (this.#fetches === FETCHES_TO_FOLLOW) listener.following();
    });
    consumer.on('consumer.group_join', ({ payload }) => {
      this.#heardAtMs = performance.now();
      this.#failures = 0;
      this.#fetches = 0;
      gate.recovered(part);
      listener.assigned(
        Object.entries(payload.memberAssignment).flatMap(([name, parts]) => {
          const topic = names.topic(name);
          return topic === undefined ? [] : parts.map((number) => ({ topic, part: number }));
        }),
      );
    });
  }

  #receive({ batch }: EachBatchPayload): void {
    const { names, logId, metrics, logger } = this.context;
    const topic = names.topic(batch.topic);
    if (topic === undefined) return;
    const events: LoggedEvent[] = [];
    for (const message of batch.messages) {
      const received = fromMessage(topic, batch.partition, message, logId);
      if ('event' in received) events.push(received.event);
      else {
        metrics.count('tradegraph_kafka_refused_total', { topic, reason: received.refused });
        logger.warn(
          { topic, part: batch.partition, ...received },
          'a record of Kafka is no event of this log: ignored',
        );
      }
    }
    this.options.listener.received(topic, batch.partition, events);
  }
}
