import type { LoggedEvent, LoggedEventOf } from '../../src/domain/events.js';
import { type BusinessTopic, type Topic, PARTITIONS, partitionOf, TOPICS } from '../../src/domain/topics.js';
import {
  type Consumer,
  type EventBus,
  type GroupLag,
  LogGapError,
  type OffsetVector,
} from '../../src/ports/event-bus.js';

/** The event log in memory, for tests of what reads it: offsets without gaps, retention, wake-ups. No consumer groups. */
export class MemoryEventBus implements EventBus {
  private readonly parts = new Map<string, LoggedEvent[]>();
  private readonly deleted = new Map<string, number>();
  private readonly listeners = new Set<(topic: Topic) => void>();
  /** Reads so far, to see that clients share them. */
  readonly calls = { head: 0, read: 0 };

  append(topic: BusinessTopic, type: string, key: string, payload: object): LoggedEvent {
    const part = partitionOf(key);
    const log = this.log(topic, part);
    const off = log.length;
    const event = {
      topic,
      type,
      key,
      payload,
      part,
      off,
      eventId: `${topic}-${part}-${off}`,
      createdAt: Date.now(),
    } as unknown as LoggedEvent;
    log.push(event);
    queueMicrotask(() => {
      for (const listener of this.listeners) listener(topic);
    });
    return event;
  }

  /** As retention does: offsets below `off` are gone. */
  deleteBelow(topic: BusinessTopic, part: number, off: number): void {
    this.deleted.set(`${topic}/${part}`, off);
  }

  consume(): Promise<Consumer> {
    throw new Error('no consumer groups here');
  }

  async head(topic: Topic): Promise<OffsetVector> {
    this.calls.head += 1;
    return Array.from({ length: PARTITIONS }, (_, part) => this.log(topic, part).length);
  }

  async oldest(topic: Topic): Promise<OffsetVector> {
    return Array.from({ length: PARTITIONS }, (_, part) => this.deleted.get(`${topic}/${part}`) ?? 0);
  }

  async read<T extends BusinessTopic>(
    topic: T,
    part: number,
    from: number,
    limit: number,
  ): Promise<LoggedEventOf<T>[]> {
    this.calls.read += 1;
    const oldest = this.deleted.get(`${topic}/${part}`) ?? 0;
    if (from < oldest) throw new LogGapError(topic, part, from, oldest);
    return this.log(topic, part).slice(from, from + limit) as LoggedEventOf<T>[];
  }

  onAppend(listener: (topic: Topic) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async lag(): Promise<readonly GroupLag[]> {
    return TOPICS.map((topic) => ({ group: 'test', topic, events: 0 }));
  }

  private log(topic: Topic, part: number): LoggedEvent[] {
    const key = `${topic}/${part}`;
    const log = this.parts.get(key) ?? [];
    this.parts.set(key, log);
    return log;
  }
}
