import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import { deferred } from './deferred.js';
import { kafkaReason, type KafkaClient } from './kafka-client.js';
import type { TopicNames } from './topic-names.js';
import { PartitionCountError, setUpTopics, type MessageLimits } from './topic-setup.js';

/** Who speaks to Kafka: the set-up of topics, the relay, the members of consumer groups, the tails. */
export type KafkaPart = 'setup' | 'relay' | 'group' | 'tail';

export interface BrokerGateOptions {
  readonly client: KafkaClient;
  readonly names: TopicNames;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

interface Fault {
  readonly since: Date;
  readonly reason: string;
}

const CONSEQUENCES: Record<KafkaPart, string> = {
  setup: 'Kafka cannot be used yet: events go on through the log',
  relay: 'Kafka takes no events: they wait in the log, and are published once it does',
  group: 'Kafka brings no events: consumers read them from the log',
  tail: 'Kafka brings no events: subscribers and accounts read them from the log',
};

/**
 * Lets everything that speaks to Kafka begin once the topics are there with the log's partitions, and knows who of them is
 * in trouble since when.
 */
export class BrokerGate {
  readonly #stop = new AbortController();
  readonly #faults = new Map<KafkaPart, Fault>();
  readonly #opened = deferred<void>();
  #limits: MessageLimits | null = null;
  #trying: Promise<void> | null = null;

  constructor(private readonly options: BrokerGateOptions) {}

  get isOpen(): boolean {
    return this.#limits !== null;
  }

  /** The faults of this moment, by who has them. */
  get faults(): ReadonlyMap<KafkaPart, Fault> {
    return this.#faults;
  }

  /**
   * Tries once, and goes on trying in the background when no broker answers.
   * @throws PartitionCountError when a topic has other partitions than the log: then the program must not start
   */
  async open(): Promise<void> {
    const failed = await this.#try(1);
    if (failed instanceof PartitionCountError) throw failed;
    if (failed) this.#trying = this.#tryAgain();
  }

  /** Resolves when the gate opens, or `signal` says that nobody waits any more. */
  async opened(signal: AbortSignal): Promise<void> {
    if (this.isOpen || signal.aborted) return;
    const aborted = deferred<void>();
    const onAbort = (): void => aborted.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    await Promise.race([this.#opened.promise, aborted.promise]);
    signal.removeEventListener('abort', onAbort);
  }

  /** Bytes that a batch of records of the topic may have, as far as it is known. */
  messageLimit(topic: Topic): number {
    return this.#limits?.get(topic) ?? 0;
  }

  /** Asks for the limits anew. Never rejects. */
  async refreshLimits(): Promise<void> {
    const { client, names, logger } = this.options;
    const limits = await setUpTopics(client, names, logger).catch(() => null);
    if (limits) this.#limits = limits;
  }

  /** A call to Kafka has failed and is tried again: said loudly the first time. */
  failed(part: KafkaPart, error: unknown, fields: object): void {
    const { logger, metrics, client } = this.options;
    const reason = kafkaReason(error);
    const isNew = !this.#faults.has(part);
    this.#faults.set(part, { since: this.#faults.get(part)?.since ?? new Date(), reason });
    metrics.count('tradegraph_kafka_failures_total', { client: part });
    this.#publishState();
    const about = { reason, brokers: client.settings.brokers, ...fields };
    if (isNew) logger.error(about, CONSEQUENCES[part]);
    else logger.warn(about, CONSEQUENCES[part]);
  }

  /** Kafka does for this part what it should. */
  recovered(part: KafkaPart): void {
    const fault = this.#faults.get(part);
    if (!fault) return;
    this.#faults.delete(part);
    this.#publishState();
    const awayMs = Date.now() - fault.since.getTime();
    this.options.logger.info({ client: part, awayMs }, 'Kafka is back');
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#trying;
  }

  async #tryAgain(): Promise<void> {
    const { firstBackOff, lastBackOff } = this.options.client.timings;
    for (let failures = 1; !this.#stop.signal.aborted; failures += 1) {
      const delayMs = Math.min(firstBackOff * 2 ** (failures - 1), lastBackOff);
      await delay(delayMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      if (this.#stop.signal.aborted || !(await this.#try(failures + 1))) return;
    }
  }

  /** Null when it has succeeded. */
  async #try(attempt: number): Promise<Error | null> {
    const { client, names, logger } = this.options;
    try {
      this.#limits = await setUpTopics(client, names, logger);
    } catch (error) {
      // At the start it is thrown instead.
      if (attempt > 1 || !(error instanceof PartitionCountError)) this.failed('setup', error, { attempt });
      return error instanceof Error ? error : new Error(String(error));
    }
    this.recovered('setup');
    this.#publishState();
    this.#opened.resolve();
    return null;
  }

  #publishState(): void {
    const isConnected = this.isOpen && this.#faults.size === 0;
    this.options.metrics.gauge('tradegraph_kafka_connected', isConnected ? 1 : 0);
  }
}
