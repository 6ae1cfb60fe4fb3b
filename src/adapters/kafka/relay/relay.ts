import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from '../../../domain/topics.js';
import { isDatabaseFault, isFenced } from '../../postgres/event-log/database-fault.js';
import { partitionName } from '../../postgres/event-log/log-record.js';
import type { LogWakeUp } from '../../postgres/event-log/wake-up.js';
import { isKafkaFault } from '../kafka-client.js';
import type { KafkaTimings } from '../kafka-settings.js';
import { RELAY_GROUP, type RelayPosition } from './relay-positions.js';
import { RelayRounds, type RelayRound, type RelayRoundsOptions } from './relay-rounds.js';

export interface RelayOptions extends RelayRoundsOptions {
  readonly wakeUp: LogWakeUp;
  readonly leaseMs: number;
  readonly timings: KafkaTimings;
}

export type RelayState = 'leading' | 'standing by' | 'waiting for Kafka';

/** After so many failures in a row another process gets its chance: perhaps only this one does not reach the brokers. */
const FAILURES_BEFORE_RELEASE = 5;

/**
 * Publishes the log to Kafka. One process does it for all; the others stand by for its leases. The order within a partition
 * is the log's, and what is published twice after a fault carries the same offset.
 */
export class Relay {
  readonly #stop = new AbortController();
  readonly #rounds: RelayRounds;
  readonly #held = new Map<string, RelayPosition>();
  /** Partitions that have, or may have, events to publish. */
  readonly #moved = new Set<string>();
  #running: Promise<void> | null = null;
  #unsubscribe: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #renewal: NodeJS.Timeout | null = null;
  #failures = 0;
  #isRegistered = false;
  /** Since it leads. */
  #hasPublished = false;
  #claimAgainAtMs = 0;

  constructor(private readonly options: RelayOptions) {
    this.#rounds = new RelayRounds(options);
  }

  get state(): RelayState {
    if (!this.options.gate.isOpen || this.#failures > 0) return 'waiting for Kafka';
    return this.#held.size > 0 ? 'leading' : 'standing by';
  }

  start(): void {
    const { wakeUp, leaseMs } = this.options;
    this.#unsubscribe = wakeUp.subscribe(({ topic, part, head }) => {
      const position = this.#held.get(partitionName(topic, part));
      if (position && (head ?? Number.POSITIVE_INFINITY) > position.readOff) this.#hasMoved(topic, part);
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
    const { positions, leaseMs } = this.options;
    if (performance.now() < this.#claimAgainAtMs) return;
    if (!this.#isRegistered) await positions.register();
    this.#isRegistered = true;
    const claimed = await positions.claim();
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
    this.#hasPublished = false;
    this.options.gate.forget('relay', RELAY_GROUP);
  }

  /** Reads a round while the one before it is published: neither the database nor Kafka waits for the other. */
  async #relayUntilIdle(): Promise<void> {
    let published: Promise<void> = Promise.resolve();
    try {
      while (!this.#stop.signal.aborted) {
        if (this.#moved.size === 0) {
          await published;
          if (this.#moved.size === 0) return;
        }
        const round = await this.#rounds.read(this.#takeMoved());
        for (const { topic, part } of round.unfinished) this.#hasMoved(topic, part);
        await published;
        published = this.#publish(round);
        // It is awaited, but perhaps not before it fails.
        published.catch(() => undefined);
      }
      await published;
    } catch (error) {
      await published.catch(() => undefined);
      this.#readAgain();
      throw error;
    }
  }

  async #publish(round: RelayRound): Promise<void> {
    for (const { topic, part } of await this.#rounds.publish(round)) this.#hasMoved(topic, part);
    this.#failures = 0;
    // Not when it claims them: while no broker answers, processes take turns at trying.
    if (!this.#hasPublished) this.options.logger.info({}, 'this process relays the event log to Kafka');
    this.#hasPublished = true;
  }

  #takeMoved(): readonly RelayPosition[] {
    const names = [...this.#moved];
    this.#moved.clear();
    return names.flatMap((name) => this.#held.get(name) ?? []);
  }

  /** Everything that was read and is not known to be published. */
  #readAgain(): void {
    for (const position of this.#held.values()) {
      position.readOff = position.nextOff;
      this.#hasMoved(position.topic, position.part);
    }
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
