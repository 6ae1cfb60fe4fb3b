import type { Pool } from 'pg';
import type { LoggedEventOf } from '../../domain/events.js';
import type { BusinessTopic, Topic } from '../../domain/topics.js';
import type { ConsumeOptions, Consumer, EventBus, GroupLag, OffsetVector } from '../../ports/event-bus.js';
import { EventReader } from '../postgres/event-log/event-reader.js';
import type { AppendedEvents } from '../postgres/event-log/log-record.js';
import type { LogWakeUp } from '../postgres/event-log/wake-up.js';
import { GroupMember, type GroupMemberState } from './group-member.js';
import type { SubscriptionContext } from './subscription.js';
import { Tail } from './tail.js';

export interface KafkaEventBusOptions {
  readonly pool: Pool;
  /** The same log's own bus: what it alone can say is asked of it. */
  readonly log: EventBus;
  readonly wakeUp: LogWakeUp;
  readonly onAppended: (appended: readonly AppendedEvents[]) => void;
  readonly leaseMs: number;
  readonly subscription: SubscriptionContext;
}

/**
 * Kafka as transport of the event log. It carries events; where they begin and end, and how far each group is, is in
 * PostgreSQL, and so is everything that Kafka does not bring.
 */
export class KafkaEventBus implements EventBus {
  readonly #reader: EventReader;
  readonly #members = new Set<GroupMember>();
  #tail: Tail | null = null;

  constructor(private readonly options: KafkaEventBusOptions) {
    this.#reader = new EventReader(options.pool);
  }

  async consume<T extends BusinessTopic>(options: ConsumeOptions<T>): Promise<Consumer> {
    const { pool, leaseMs, onAppended, wakeUp, subscription } = this.options;
    const { logger, metrics } = subscription;
    const member = new GroupMember({
      context: {
        pool,
        reader: this.#reader,
        // Only events of the options' own topics are assigned, so the handler sees no other topic's.
        options: options as unknown as ConsumeOptions<BusinessTopic>,
        leaseMs,
        metrics,
        logger,
        onAppended,
      },
      subscription,
      wakeUp,
    });
    const handle: Consumer = {
      stop: async () => {
        await member.stop();
        this.#members.delete(member);
      },
    };
    await member.start();
    this.#members.add(member);
    return handle;
  }

  head(topic: Topic): Promise<OffsetVector> {
    return this.options.log.head(topic);
  }

  oldest(topic: Topic): Promise<OffsetVector> {
    return this.options.log.oldest(topic);
  }

  arrived(topic: Topic): OffsetVector | null {
    return this.#tail?.arrived(topic) ?? null;
  }

  async read<T extends BusinessTopic>(
    topic: T,
    part: number,
    from: number,
    limit: number,
  ): Promise<LoggedEventOf<T>[]> {
    const brought = this.#tail?.read(topic, part, from, limit);
    // The tail's partitions hold events of their own topic only.
    return (brought as LoggedEventOf<T>[] | null | undefined) ?? this.options.log.read(topic, part, from, limit);
  }

  /** Follows all topics from the first listener on: a process without one needs no tail. */
  onAppend(listener: (topic: Topic) => void): () => void {
    if (!this.#tail) {
      this.#tail = new Tail(this.options.subscription, this.options.wakeUp);
      this.#tail.start();
    }
    return this.#tail.subscribe(listener);
  }

  lag(): Promise<readonly GroupLag[]> {
    return this.options.log.lag();
  }

  /** How the members of this process stand in their groups. */
  get members(): readonly GroupMemberState[] {
    return [...this.#members].map(({ state }) => state);
  }

  /** Stops every consumer that is still running, and the tail. */
  async close(): Promise<void> {
    await Promise.all([...this.#members].map((member) => member.stop()));
    await this.#tail?.stop();
  }
}
