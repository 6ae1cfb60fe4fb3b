import type { Topic } from '../../domain/topics.js';
import { partitionName, type MovedPartition } from '../postgres/event-log/log-record.js';

interface Expected {
  readonly topic: Topic;
  readonly part: number;
  /** Where the log ended when the last look was taken: what Kafka has not brought by the next one is late. */
  dueHead: number;
  head: number;
  /** Below it lateness was told: what reads the log then sees to the rest. */
  told: number;
}

export interface LateEventsOptions {
  /** Time that Kafka has at least to bring an event; it has twice that at most. Milliseconds. */
  readonly lateMs: number;
  /** Whether everything of a partition below `head` has arrived. */
  readonly hasArrived: (topic: Topic, part: number, head: number) => boolean;
  readonly onLate: (topic: Topic, part: number, head: number) => void;
}

/**
 * Compares where the log ends with what Kafka has brought. A relay that has stopped, a broker that is away, a record that
 * was never published: whatever the cause, nobody waits longer than this.
 */
export class LateEvents {
  readonly #expected = new Map<string, Expected>();
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: LateEventsOptions) {}

  /** The log's end has moved; a wake-up that does not say where to is followed by a poll that does. */
  moved({ topic, part, head }: MovedPartition): void {
    if (head === undefined) return;
    const name = partitionName(topic, part);
    const expected = this.#expected.get(name);
    if (!expected) this.#expected.set(name, { topic, part, dueHead: 0, head, told: 0 });
    else expected.head = Math.max(expected.head, head);
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), this.options.lateMs);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    for (const [name, expected] of this.#expected) {
      const { topic, part, dueHead, head, told } = expected;
      if (head <= told || this.options.hasArrived(topic, part, head)) {
        this.#expected.delete(name);
        continue;
      }
      if (dueHead > told && !this.options.hasArrived(topic, part, dueHead)) {
        expected.told = dueHead;
        this.options.onLate(topic, part, dueHead);
      }
      expected.dueHead = head;
    }
  }
}
