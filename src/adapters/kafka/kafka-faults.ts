import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import { GrowingNotice } from '../growing-notice.js';
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
  readonly notice: GrowingNotice;
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

/** Relays that take turns at a Kafka that is away do so within this. */
const SAME_FAULT_MS = 60_000;

/** Which parts of a process are in trouble with Kafka, since when and why; says it as often as somebody wants to read it. */
export class KafkaFaults {
  readonly #parts = new Map<KafkaPart, Suffering>();
  /** Ended without Kafka having come back: what fails soon afterwards fails of the same. */
  readonly #forgotten = new Map<KafkaPart, { readonly fault: Suffering; readonly atMs: number }>();

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
      const notice = new GrowingNotice(nowMs);
      this.#parts.set(part, { since: new Date(), reason, clients: new Set([client]), notice });
      logger.error({ client, reason, brokers }, CONSEQUENCES[part]);
      return;
    }
    before.clients.add(client);
    this.#parts.set(part, { ...before, reason });
    if (!before.notice.isDue(nowMs)) return;
    const awayMs = Math.round(nowMs - before.notice.sinceMs);
    logger.warn({ client, reason, brokers, awayMs }, `still: ${CONSEQUENCES[part]}`);
  }

  /** Kafka does for `client` what it should. */
  recovered(part: KafkaPart, client: string): void {
    this.#forgotten.delete(part);
    const fault = this.#without(part, client);
    if (!fault) return;
    const awayMs = Math.round(this.#nowMs() - fault.notice.sinceMs);
    this.options.logger.info({ client: part, awayMs }, 'Kafka is back');
  }

  /** `client` waits for Kafka no longer: what it suffered from is nobody's fault now. */
  forget(part: KafkaPart, client: string): void {
    const fault = this.#without(part, client);
    if (fault) this.#forgotten.set(part, { fault, atMs: this.#nowMs() });
  }

  #remembered(part: KafkaPart, nowMs: number): Suffering | undefined {
    const forgotten = this.#forgotten.get(part);
    this.#forgotten.delete(part);
    return forgotten !== undefined && nowMs - forgotten.atMs < SAME_FAULT_MS ? forgotten.fault : undefined;
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
