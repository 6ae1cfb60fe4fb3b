import { randomUUID } from 'node:crypto';
import type { LoggedEvent } from '../../domain/events.js';
import { PARTITIONS, TOPICS, type Topic } from '../../domain/topics.js';
import { partitionName } from '../postgres/event-log/log-record.js';
import type { LogWakeUp } from '../postgres/event-log/wake-up.js';
import { LateEvents } from './late-events.js';
import { Subscription, type SubscriptionContext, type SubscriptionListener } from './subscription.js';
import { TopicRing } from './topic-ring.js';

type TopicListener = (topic: Topic) => void;

/**
 * All topics as one process follows them for its subscribers and accounts: through a consumer group of its own, because
 * kafkajs cannot read without one, that commits nothing and is gone with the process. The last events are kept, so that the
 * readers of a process share what Kafka has brought; while it brings nothing, wake-ups of the log pass straight through.
 */
export class Tail implements SubscriptionListener {
  readonly #rings = new Map<string, TopicRing>();
  readonly #listeners = new Set<TopicListener>();
  readonly #subscription: Subscription;
  readonly #late: LateEvents;
  readonly #unsubscribe: () => void;
  readonly #woken = new Set<Topic>();
  #isLive = false;

  constructor(context: SubscriptionContext, wakeUp: LogWakeUp) {
    const { names, client } = context;
    this.#subscription = new Subscription(context, {
      groupId: names.group(`${client.settings.clientId}-tail-${randomUUID()}`),
      topics: TOPICS,
      part: 'tail',
      listener: this,
    });
    this.#late = new LateEvents({
      lateMs: client.timings.late,
      hasArrived: (topic, part, head) => !this.#isLive || this.#ring(topic, part).end >= head,
      onLate: (topic) => this.#wake(topic),
    });
    this.#unsubscribe = wakeUp.subscribe((moved) => {
      if (this.#isLive) this.#late.moved(moved);
      else this.#wake(moved.topic);
    });
  }

  start(): void {
    this.#late.start();
    this.#subscription.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#late.stop();
    this.#listeners.clear();
    await this.#subscription.stop();
  }

  subscribe(listener: TopicListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What Kafka has brought of a partition from `from` on; null where that has to be asked of the log. */
  read(topic: Topic, part: number, from: number, limit: number): LoggedEvent[] | null {
    return this.#ring(topic, part).read(from, limit);
  }

  /** Next offsets behind what Kafka has brought; null while it brings nothing. */
  arrived(topic: Topic): number[] | null {
    return this.#isLive ? Array.from({ length: PARTITIONS }, (_, part) => this.#ring(topic, part).end) : null;
  }

  assigned(): void {}

  following(): void {
    this.#isLive = true;
    // What was appended between the last wake-up and the first record is found by looking once.
    for (const topic of TOPICS) this.#wake(topic);
  }

  received(topic: Topic, part: number, events: readonly LoggedEvent[]): void {
    this.#ring(topic, part).push(events);
    this.#wake(topic);
  }

  alive(): void {}

  lost(): void {
    if (!this.#isLive) return;
    this.#isLive = false;
    for (const topic of TOPICS) this.#wake(topic);
  }

  /** One call for all that comes in this turn of the event loop. */
  #wake(topic: Topic): void {
    if (this.#woken.size === 0) {
      setImmediate(() => {
        const topics = [...this.#woken];
        this.#woken.clear();
        for (const each of topics) for (const listener of this.#listeners) listener(each);
      });
    }
    this.#woken.add(topic);
  }

  #ring(topic: Topic, part: number): TopicRing {
    const name = partitionName(topic, part);
    let ring = this.#rings.get(name);
    if (!ring) this.#rings.set(name, (ring = new TopicRing()));
    return ring;
  }
}
