import type { Pool } from 'pg';
import type { LoggedEventOf } from '../../../domain/events.js';
import type { BusinessTopic, Topic } from '../../../domain/topics.js';
import type { ConsumeOptions, Consumer, EventBus, GroupLag, OffsetVector } from '../../../ports/event-bus.js';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { consumerPositions } from './consumer-positions.js';
import { EventReader } from './event-reader.js';
import { GroupConsumer } from './group-consumer.js';
import type { AppendedEvents } from './log-record.js';
import type { RecentAppends } from './recent-appends.js';
import { lagByGroup } from './stuck-consumers.js';
import type { LogWakeUp } from './wake-up.js';

export interface PgEventBusOptions {
  readonly pool: Pool;
  /** What this process has appended last, in front of the log. */
  readonly recent: RecentAppends;
  readonly wakeUp: LogWakeUp;
  readonly onAppended: (appended: readonly AppendedEvents[]) => void;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** How long a consumer that is not heard of keeps its partitions. */
  readonly leaseMs: number;
}

/** The event log in PostgreSQL as transport: groups read it with leases, tails without. */
export class PgEventBus implements EventBus {
  readonly #reader: EventReader;
  readonly #consumers = new Set<Consumer>();

  constructor(private readonly options: PgEventBusOptions) {
    this.#reader = new EventReader(options.pool);
  }

  async consume<T extends BusinessTopic>(options: ConsumeOptions<T>): Promise<Consumer> {
    const { pool, leaseMs, metrics, logger, onAppended, wakeUp } = this.options;
    const consumer = new GroupConsumer({
      pool,
      reader: this.options.recent,
      options: forAnyTopic(options),
      leaseMs,
      metrics,
      logger,
      onAppended,
    });
    const unsubscribe = wakeUp.subscribe((partition) => consumer.wake(partition));
    const handle: Consumer = {
      stop: async () => {
        await consumer.stop();
        unsubscribe();
        this.#consumers.delete(handle);
      },
    };
    try {
      await consumer.start();
    } catch (error) {
      unsubscribe();
      throw error;
    }
    this.#consumers.add(handle);
    return handle;
  }

  head(topic: Topic): Promise<OffsetVector> {
    return this.#reader.head(topic);
  }

  oldest(topic: Topic): Promise<OffsetVector> {
    return this.#reader.oldest(topic);
  }

  read<T extends BusinessTopic>(topic: T, part: number, from: number, limit: number): Promise<LoggedEventOf<T>[]> {
    return this.options.recent.read(topic, part, from, limit);
  }

  onAppend(listener: (topic: Topic) => void): () => void {
    const topics = new Set<Topic>();
    return this.options.wakeUp.subscribe(({ topic }) => {
      if (topics.size === 0) {
        // Later than the commits of this turn of the event loop: one call for all of them.
        setImmediate(() => {
          const appended = [...topics];
          topics.clear();
          appended.forEach(listener);
        });
      }
      topics.add(topic);
    });
  }

  async lag(): Promise<readonly GroupLag[]> {
    return lagByGroup(await consumerPositions(this.options.pool));
  }

  /** Stops every consumer that is still running. */
  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
  }
}

/** Only partitions of the options' own topics are claimed, so the handler sees no other topic's events. */
const forAnyTopic = <T extends BusinessTopic>(options: ConsumeOptions<T>): ConsumeOptions<BusinessTopic> =>
  options as unknown as ConsumeOptions<BusinessTopic>;
