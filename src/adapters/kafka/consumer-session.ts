import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { LogPartition } from '../postgres/event-log/log-record.js';
import { deferred } from './deferred.js';
import { fromMessage } from './event-message.js';
import { disconnected, REQUEST_RETRIES, type KafkaClient } from './kafka-client.js';
import type { SeverableSockets } from './severable-sockets.js';
import type { TopicNames } from './topic-names.js';

/** Who is told of what Kafka says; none of these may throw or wait: kafkajs sends no heartbeats meanwhile. */
export interface SessionListener {
  /** The group has given us these partitions, and no others. */
  assigned(partitions: readonly LogPartition[]): void;
  /** Events of one partition as Kafka brings them: perhaps repeated, perhaps with gaps. */
  received(topic: Topic, part: number, events: readonly LoggedEvent[]): void;
  /** The group still counts on us: a heartbeat or a fetch was answered. */
  alive(): void;
  /** What is published from now on will be brought; what was before, since the assignment too, is in the log. */
  following(): void;
}

export interface ConsumerSessionOptions {
  readonly client: KafkaClient;
  readonly names: TopicNames;
  /** Of the database whose events count. */
  readonly logId: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly groupId: string;
  readonly topics: readonly Topic[];
  readonly listener: SessionListener;
}

/**
 * Of a consumer that has just been assigned partitions: kafkajs finds out where they end with its first fetch, and reports
 * one that has failed, and led to another assignment, just like one that was answered. The second is certain.
 */
const FETCHES_TO_FOLLOW = 2;

/** One consumer of kafkajs, from its connection to its end. What it may still say afterwards is not listened to. */
export class ConsumerSession {
  readonly #consumer: Consumer;
  readonly #sockets: SeverableSockets;
  readonly #ended = deferred<Error | null>();
  #isOver = false;
  #isConnected = false;
  #heardAtMs = performance.now();
  #fetches = 0;

  constructor(private readonly options: ConsumerSessionOptions) {
    const { client, groupId } = options;
    const { timings } = client;
    const { kafka, sockets } = client.severable();
    this.#sockets = sockets;
    this.#consumer = kafka.consumer({
      groupId,
      sessionTimeout: timings.session,
      heartbeatInterval: timings.heartbeat,
      rebalanceTimeout: timings.rebalance,
      maxWaitTimeInMs: timings.fetchWait,
      allowAutoTopicCreation: false,
      // kafkajs restarts a crashed consumer in a timer whose errors nobody catches: we make a new one instead.
      retry: { ...REQUEST_RETRIES, restartOnFailure: async () => false },
    });
  }

  /**
   * Reads until `signal` says that it is enough; then it has left the group, and nothing of it is left.
   * @throws what has ended it otherwise: an error of kafkajs, or that Kafka has fallen silent
   */
  async run(signal: AbortSignal): Promise<void> {
    const { timings } = this.options.client;
    const onStop = (): void => this.#ended.resolve(null);
    signal.addEventListener('abort', onStop, { once: true });
    const watch = setInterval(() => {
      const silentMs = performance.now() - this.#heardAtMs;
      if (silentMs > timings.rebalance + 2 * timings.session) {
        this.#ended.resolve(new Error(`the consumer has heard nothing of Kafka for ${Math.round(silentMs)} ms`));
      }
    }, timings.session);
    this.#listen();
    const begun = this.#begin();
    try {
      const end = await Promise.race([begun.then(() => this.#ended.promise), this.#ended.promise]);
      if (end) throw end;
    } finally {
      this.#isOver = true;
      clearInterval(watch);
      signal.removeEventListener('abort', onStop);
      await this.#leave(begun);
      this.#sockets.sever();
    }
  }

  async #begin(): Promise<void> {
    const { names, topics } = this.options;
    await this.#consumer.connect();
    this.#isConnected = true;
    if (this.#isOver) return;
    await this.#consumer.subscribe({ topics: topics.map((topic) => names.of(topic)), fromBeginning: false });
    if (this.#isOver) return;
    await this.#consumer.run({ autoCommit: false, eachBatch: async (batch) => this.#receive(batch) });
  }

  /**
   * Says goodbye to the group, for which a consumer that is joining must first have joined: stopped before, kafkajs's goes on
   * joining, and is a member that nobody can reach. Gives up after a while; the group then counts on it until its session ends.
   */
  async #leave(begun: Promise<void>): Promise<void> {
    const { client, logger } = this.options;
    const joined = begun.catch(() => undefined);
    if (!this.#isConnected) return;
    const disconnect = async (): Promise<void> => {
      await joined;
      await this.#consumer.disconnect();
    };
    await disconnected({ disconnect }, logger, client.timings.connect);
  }

  #listen(): void {
    const { listener, names } = this.options;
    this.#consumer.on('consumer.crash', ({ payload }) => this.#ended.resolve(payload.error));
    this.#consumer.on('consumer.heartbeat', () => this.#heard());
    this.#consumer.on('consumer.fetch', () => {
      this.#heard();
      this.#fetches += 1;
      if (this.#fetches === FETCHES_TO_FOLLOW && !this.#isOver) listener.following();
    });
    this.#consumer.on('consumer.group_join', ({ payload }) => {
      if (this.#isOver) return;
      this.#heardAtMs = performance.now();
      this.#fetches = 0;
      listener.assigned(
        Object.entries(payload.memberAssignment).flatMap(([name, parts]) => {
          const topic = names.topic(name);
          return topic === undefined ? [] : parts.map((number) => ({ topic, part: number }));
        }),
      );
    });
  }

  #heard(): void {
    if (this.#isOver) return;
    this.#heardAtMs = performance.now();
    this.options.listener.alive();
  }

  #receive({ batch }: EachBatchPayload): void {
    const { names, logId, metrics, logger, listener } = this.options;
    const topic = names.topic(batch.topic);
    if (topic === undefined || this.#isOver) return;
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
    listener.received(topic, batch.partition, events);
  }
}
