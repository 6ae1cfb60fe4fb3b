import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { LogPartition } from '../postgres/event-log/log-record.js';
import type { BrokerGate } from './broker-gate.js';
import { ConsumerSession, type SessionListener } from './consumer-session.js';
import type { KafkaClient } from './kafka-client.js';
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
export interface SubscriptionListener extends SessionListener {
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
 * Membership in a consumer group of Kafka that outlives kafkajs's consumers: one that has crashed or gone silent is thrown
 * away, and a new one joins after a pause. It begins at the latest record and commits nothing: what is before, or missing,
 * is in the log.
 */
export class Subscription {
  readonly #stop = new AbortController();
  #running: Promise<void> | null = null;
  #failures = 0;

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
    const { part, listener, groupId } = this.options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (!gate.isOpen) listener.lost();
      await gate.opened(signal);
      if (signal.aborted) break;
      try {
        await this.#session().run(signal);
      } catch (error) {
        listener.lost();
        if (signal.aborted) break;
        this.#failures += 1;
        const { firstBackOff, lastBackOff } = client.timings;
        const delayMs = Math.min(firstBackOff * 2 ** (this.#failures - 1), lastBackOff);
        gate.failed(part, groupId, error);
        await delay(delayMs, undefined, { signal }).catch(() => undefined);
      }
    }
    gate.forget(part, groupId);
  }

  #session(): ConsumerSession {
    const { client, names, logId, logger, metrics, gate } = this.context;
    const { groupId, topics, listener, part } = this.options;
    const assigned = (partitions: readonly LogPartition[]): void => {
      this.#failures = 0;
      gate.recovered(part, groupId);
      listener.assigned(partitions);
    };
    return new ConsumerSession({
      client,
      names,
      logId,
      logger,
      metrics,
      groupId,
      topics,
      listener: {
        assigned,
        received: (topic: Topic, number: number, events: readonly LoggedEvent[]) =>
          listener.received(topic, number, events),
        alive: () => listener.alive(),
        following: () => listener.following(),
      },
    });
  }
}
