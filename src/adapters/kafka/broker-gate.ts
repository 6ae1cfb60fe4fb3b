import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import { deferred } from './deferred.js';
import type { KafkaClient } from './kafka-client.js';
import { KafkaFaults, type KafkaFault, type KafkaPart } from './kafka-faults.js';
import type { TopicNames } from './topic-names.js';
import { PartitionCountError, setUpTopics, type MessageLimits } from './topic-setup.js';

export interface BrokerGateOptions {
  readonly client: KafkaClient;
  readonly names: TopicNames;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** The name of the set-up among the clients that may fail. */
const SETUP = 'topics';

/**
 * Lets everything that speaks to Kafka begin once the topics are there with the log's partitions, and knows who of them is
 * in trouble since when.
 */
export class BrokerGate {
  readonly #stop = new AbortController();
  readonly #faults: KafkaFaults;
  readonly #opened = deferred<void>();
  #limits: MessageLimits | null = null;
  #trying: Promise<void> | null = null;

  constructor(private readonly options: BrokerGateOptions) {
    const { client, logger, metrics } = options;
    this.#faults = new KafkaFaults({ brokers: client.settings.brokers, logger, metrics });
  }

  get isOpen(): boolean {
    return this.#limits !== null;
  }

  /** Kafka does all that this process asks of it. */
  get isConnected(): boolean {
    return this.isOpen && this.faults.size === 0;
  }

  /** The faults of this moment, by who has them. */
  get faults(): ReadonlyMap<KafkaPart, KafkaFault> {
    return this.#faults.current;
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

  /** A call of one client of the part has failed and is tried again. */
  failed(part: KafkaPart, client: string, error: unknown): void {
    this.#faults.failed(part, client, error);
    this.#publishState();
  }

  /** Kafka does for this client what it should. */
  recovered(part: KafkaPart, client: string): void {
    this.#faults.recovered(part, client);
    this.#publishState();
  }

  /** The client is stopped: it waits for Kafka no longer. */
  forget(part: KafkaPart, client: string): void {
    this.#faults.forget(part, client);
    this.#publishState();
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
      if (attempt > 1 || !(error instanceof PartitionCountError)) this.failed('setup', SETUP, error);
      return error instanceof Error ? error : new Error(String(error));
    }
    this.recovered('setup', SETUP);
    this.#publishState();
    this.#opened.resolve();
    return null;
  }

  #publishState(): void {
    this.options.metrics.gauge('tradegraph_kafka_connected', this.isConnected ? 1 : 0);
  }
}
