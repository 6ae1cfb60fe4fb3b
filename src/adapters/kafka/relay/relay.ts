import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Topic } from '../../../domain/topics.js';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { isDatabaseFault, isFenced } from '../../postgres/event-log/database-fault.js';
import { partitionName, type AppendedEvents, type LogRecord } from '../../postgres/event-log/log-record.js';
import type { LogWakeUp } from '../../postgres/event-log/wake-up.js';
import type { BrokerGate } from '../broker-gate.js';
import { isKafkaFault } from '../kafka-client.js';
import type { KafkaTimings } from '../kafka-settings.js';
import { oversizeLetter, oversizeReason } from './oversize-letter.js';
import { fitting, type PartitionBatch, type Publisher } from './publisher.js';
import { readUnpublished, type ReadLimits, type Unpublished } from './read-unpublished.js';
import { RELAY_GROUP, type RelayAdvance, type RelayPosition, type RelayPositions } from './relay-positions.js';

export interface RelayOptions {
  readonly pool: Pool;
  readonly positions: RelayPositions;
  readonly publisher: Publisher;
  readonly gate: BrokerGate;
  readonly wakeUp: LogWakeUp;
  readonly onAppended: (appended: readonly AppendedEvents[]) => void;
  readonly leaseMs: number;
  readonly timings: KafkaTimings;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export type RelayState = 'leading' | 'standing by' | 'waiting for Kafka';

/** Large enough that reading, publishing and committing cost little an event; small enough for a broker's default limit. */
const LIMITS: ReadLimits = { events: 1_000, bytes: 700_000 };
/** After so many failures in a row another process gets its chance: perhaps only this one does not reach the brokers. */
const FAILURES_BEFORE_RELEASE = 5;

/**
 * Publishes the log to Kafka. One process does it for all; the others stand by for its leases. The order within a partition
 * is the log's, and what is published twice after a fault carries the same offset.
 */
export class Relay {
  readonly #stop = new AbortController();
  readonly #held = new Map<string, RelayPosition>();
  /** Partitions that have, or may have, events to publish. */
  readonly #moved = new Set<string>();
  #running: Promise<void> | null = null;
  #unsubscribe: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #renewal: NodeJS.Timeout | null = null;
  #failures = 0;
  #isRegistered = false;
  #claimAgainAtMs = 0;

  constructor(private readonly options: RelayOptions) {}

  get state(): RelayState {
    if (!this.options.gate.isOpen || this.#failures > 0) return 'waiting for Kafka';
    return this.#held.size > 0 ? 'leading' : 'standing by';
  }

  start(): void {
    const { wakeUp, leaseMs } = this.options;
    this.#unsubscribe = wakeUp.subscribe(({ topic, part, head }) => {
      const position = this.#held.get(partitionName(topic, part));
      if (position && (head ?? Number.POSITIVE_INFINITY) > position.nextOff) this.#hasMoved(topic, part);
    });
    // Three chances within a lease.
    this.#renewal = setInterval(() => void this.#renewQuietly(), leaseMs / 3);
    this.#running ??= this.#run();
  }

  /** Finishes the round at hand, and lets another process go on. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    this.#unsubscribe();
    if (this.#renewal) clearInterval(this.#renewal);
    await this.#running;
    this.#standBy();
    await this.options.publisher.close();
  }

  async #run(): Promise<void> {
    const { gate, logger, leaseMs } = this.options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await gate.opened(signal);
        if (signal.aborted) break;
        await this.#claimWhenDue();
        await this.#relayUntilIdle();
      } catch (error) {
        if (isFenced(error)) {
          // Another process has taken over: what is ours is read anew.
          logger.warn({}, 'the relay to Kafka has another owner now');
          await this.#release();
          continue;
        }
        await this.#failed(error);
        continue;
      }
      await this.#idle(leaseMs / 3);
    }
    await this.#release();
  }

  async #claimWhenDue(): Promise<void> {
    const { positions, logger, leaseMs } = this.options;
    if (performance.now() < this.#claimAgainAtMs) return;
    if (!this.#isRegistered) await positions.register();
    this.#isRegistered = true;
    const claimed = await positions.claim();
    if (claimed.length > 0) logger.info({ partitions: claimed.length }, 'this process relays the event log to Kafka');
    for (const position of claimed) {
      this.#held.set(partitionName(position.topic, position.part), position);
      this.#hasMoved(position.topic, position.part);
    }
    this.#claimAgainAtMs = performance.now() + leaseMs / 3;
    // Another process relays: whether Kafka would take events from this one, nobody knows or needs to.
    if (this.#held.size === 0) this.#standBy();
  }

  #standBy(): void {
    this.#failures = 0;
    this.options.gate.forget('relay', RELAY_GROUP);
  }

  async #relayUntilIdle(): Promise<void> {
    while (this.#moved.size > 0 && !this.#stop.signal.aborted) {
      const names = [...this.#moved];
      this.#moved.clear();
      const positions = names.flatMap((name) => this.#held.get(name) ?? []);
      try {
        await this.#round(positions);
        this.#failures = 0;
      } catch (error) {
        for (const name of names) this.#moved.add(name);
        throw error;
      }
    }
  }

  async #round(positions: readonly RelayPosition[]): Promise<void> {
    const { pool, publisher, metrics, gate } = this.options;
    const unpublished = await readUnpublished(pool, positions, LIMITS);
    if (unpublished.length === 0) return;
    const batches: PartitionBatch[] = [];
    const advances: RelayAdvance[] = [];
    const letters: LogRecord[] = [];
    for (const { position, events } of unpublished) {
      const { topic, part } = position;
      const { taken, batch, oversize } = fitting(events, gate.messageLimit(topic));
      if (batch.length > 0) batches.push({ topic, part, events: batch });
      for (const event of oversize) letters.push(...this.#refuse(event));
      advances.push({ position, next: position.nextOff + taken });
    }
    const refused = await publisher.publish(batches);
    if (refused.length > 0) await gate.refreshLimits();
    for (const event of refused) letters.push(...this.#refuse(event));
    gate.recovered('relay', RELAY_GROUP);
    await this.#advance(advances, letters);
    for (const { topic, events } of batches) {
      metrics.count('tradegraph_kafka_published_total', { topic }, events.length);
    }
    this.#noteMore(unpublished, advances);
  }

  async #advance(advances: readonly RelayAdvance[], letters: readonly LogRecord[]): Promise<void> {
    await this.options.positions.advance(advances, letters);
    // The letters themselves wait to be published.
    for (const { topic, part } of letters) this.#hasMoved(topic, part);
  }

  /** A partition of which not everything was read or taken goes on in the next round. */
  #noteMore(unpublished: readonly Unpublished[], advances: readonly RelayAdvance[]): void {
    unpublished.forEach(({ position, events }, index) => {
      const taken = (advances[index]?.next ?? 0) - (events[0]?.off ?? 0);
      const bytes = events.reduce((sum, { payload }) => sum + payload.length, 0);
      if (taken < events.length || events.length === LIMITS.events || bytes >= LIMITS.bytes) {
        this.#hasMoved(position.topic, position.part);
      }
    });
  }

  /** Kafka would refuse it for ever: said, set aside, and passed by. Our own consumers read it from the log. */
  #refuse(event: Unpublished['events'][number]): LogRecord[] {
    const { logger, metrics, gate } = this.options;
    const { topic, part, off, eventId, key } = event;
    const limitBytes = gate.messageLimit(topic);
    logger.error({ topic, part, off, key, eventId, limitBytes }, `not published: ${oversizeReason(event, limitBytes)}`);
    metrics.count('tradegraph_kafka_oversize_total', { topic });
    const letter = oversizeLetter(event, limitBytes);
    return letter ? [letter] : [];
  }

  async #failed(error: unknown): Promise<void> {
    const { timings, gate, logger } = this.options;
    this.#failures += 1;
    const delayMs = Math.min(timings.firstBackOff * 2 ** (this.#failures - 1), timings.lastBackOff);
    if (isDatabaseFault(error) && !isKafkaFault(error)) {
      logger.warn({ error, delayMs }, 'the relay could not read the log or note how far it is; it tries again');
    } else gate.failed('relay', RELAY_GROUP, error);
    if (this.#failures >= FAILURES_BEFORE_RELEASE) {
      await this.#release();
      this.#failures = 1;
    }
    await this.#pause(delayMs);
  }

  async #release(): Promise<void> {
    this.#held.clear();
    this.#moved.clear();
    // Not the first one to ask for what it has just given up.
    this.#claimAgainAtMs = performance.now() + this.options.leaseMs / 2;
    await this.options.positions.release().catch((error: unknown) => {
      this.options.logger.debug({ error }, 'the relay could not give its partitions back: their leases run out');
    });
  }

  async #renewQuietly(): Promise<void> {
    if (this.#held.size === 0) return;
    await this.options.positions.renew().catch((error: unknown) => {
      this.options.logger.warn({ error }, 'the relay could not renew its leases; it tries again');
    });
  }

  #hasMoved(topic: Topic, part: number): void {
    this.#moved.add(partitionName(topic, part));
    this.#wake();
  }

  /** Until something is appended, or it is time to look for partitions that nobody holds. */
  async #idle(ms: number): Promise<void> {
    if (this.#moved.size > 0 || this.#stop.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
