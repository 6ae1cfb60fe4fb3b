import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import { kafkaReason } from './kafka-reason.js';

/** Who speaks to Kafka: the set-up of topics, the relay, the members of consumer groups, the tails. */
export type KafkaPart = 'setup' | 'relay' | 'group' | 'tail';

/** What one part suffers from, at the first of its clients that has failed and at the one that has failed last. */
export interface KafkaFault {
  readonly since: Date;
  readonly reason: string;
}

interface Suffering extends KafkaFault {
  /** Clients of the part that have failed and not succeeded since. */
  readonly clients: Set<string>;
  readonly sinceMs: number;
  sayAgainAtMs: number;
  sayAgainAfterMs: number;
}

export interface KafkaFaultsOptions {
  readonly brokers: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

const CONSEQUENCES: Record<KafkaPart, string> = {
  setup: 'Kafka cannot be used yet: events go on through the log',
  relay: 'Kafka takes no events: they wait in the log, and are published once it does',
  group: 'Kafka brings no events: consumers read them from the log',
  tail: 'Kafka brings no events: subscribers and accounts read them from the log',
};

/** An outage is told at its begin and its end, and in between after a minute, after two more, and so on up to each hour. */
const SAY_AGAIN = { firstMs: 60_000, lastMs: 3_600_000 };

/** Which parts of a process are in trouble with Kafka, since when and why; says it as often as somebody wants to read it. */
export class KafkaFaults {
  readonly #parts = new Map<KafkaPart, Suffering>();
  /** Ended without Kafka having come back: what fails soon afterwards fails of the same. */
  readonly #forgotten = new Map<KafkaPart, Suffering>();

  constructor(private readonly options: KafkaFaultsOptions) {}

  get current(): ReadonlyMap<KafkaPart, KafkaFault> {
    return this.#parts;
  }

  /** A call of `client`, one of the part's, has failed and is tried again. */
  failed(part: KafkaPart, client: string, error: unknown): void {
    const { metrics, logger, brokers } = this.options;
    metrics.count('tradegraph_kafka_failures_total', { client: part });
    const reason = kafkaReason(error);
    const nowMs = this.#nowMs();
    const before = this.#parts.get(part) ?? this.#remembered(part, nowMs);
    if (before === undefined) {
      this.#parts.set(part, {
        since: new Date(),
        reason,
        clients: new Set([client]),
        sinceMs: nowMs,
        sayAgainAtMs: nowMs + SAY_AGAIN.firstMs,
        sayAgainAfterMs: SAY_AGAIN.firstMs,
      });
      logger.error({ client, reason, brokers }, CONSEQUENCES[part]);
      return;
    }
    before.clients.add(client);
    const fault = { ...before, reason };
    this.#parts.set(part, fault);
    if (nowMs < before.sayAgainAtMs) return;
    fault.sayAgainAfterMs = Math.min(2 * before.sayAgainAfterMs, SAY_AGAIN.lastMs);
    fault.sayAgainAtMs = nowMs + fault.sayAgainAfterMs;
    const awayMs = Math.round(nowMs - before.sinceMs);
    logger.warn({ client, reason, brokers, awayMs }, `still: ${CONSEQUENCES[part]}`);
  }

  /** Kafka does for `client` what it should. */
  recovered(part: KafkaPart, client: string): void {
    this.#forgotten.delete(part);
    const fault = this.#without(part, client);
    if (!fault) return;
    const awayMs = Math.round(this.#nowMs() - fault.sinceMs);
    this.options.logger.info({ client: part, awayMs }, 'Kafka is back');
  }

  /** `client` waits for Kafka no longer: what it suffered from is nobody's fault now. */
  forget(part: KafkaPart, client: string): void {
    const fault = this.#without(part, client);
    if (fault) this.#forgotten.set(part, fault);
  }

  #remembered(part: KafkaPart, nowMs: number): Suffering | undefined {
    const fault = this.#forgotten.get(part);
    this.#forgotten.delete(part);
    return fault !== undefined && nowMs < fault.sayAgainAtMs ? fault : undefined;
  }

  /** The part's fault where it ends with this client. */
  #without(part: KafkaPart, client: string): Suffering | null {
    const fault = this.#parts.get(part);
    if (!fault?.clients.delete(client) || fault.clients.size > 0) return null;
    this.#parts.delete(part);
    return fault;
  }

  #nowMs(): number {
    return (this.options.now ?? (() => performance.now()))();
  }
}
