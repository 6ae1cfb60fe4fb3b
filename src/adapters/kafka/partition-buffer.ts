import type { LoggedEvent, LoggedEventOf } from '../../domain/events.js';
import type { BusinessTopic } from '../../domain/topics.js';
import type { EventSource } from '../postgres/event-log/event-reader.js';

/** Events kept for a consumer that is slower than Kafka; the rest it reads from the log. */
const BUFFERED_MAX = 2_000;

/** What a buffer has done, for the counters. */
export interface BufferCounts {
  /** Events that came a second time, or behind one that came after them. */
  skipped(events: number): void;
  /** Events that Kafka did not bring, or not in order, and that were read from the log. */
  filled(events: number): void;
}

/**
 * The events of one partition that one consumer is to see next: as Kafka brings them, put in the order of their offsets,
 * and whatever is missing between them, before them or after them filled from the log.
 */
export class PartitionBuffer {
  #events: LoggedEvent[] = [];
  /** Everything below it is known to be in the log. Infinite until the log was read to its end once. */
  #knownEnd = Number.POSITIVE_INFINITY;
  /** Everything below it has been taken, is in the buffer, or was read past. */
  #seenEnd = 0;
  /** How often the log's end was put in doubt: a read that had begun before cannot say where it is. */
  #doubts = 0;

  constructor(
    private readonly log: EventSource,
    private readonly counts: BufferCounts,
  ) {}

  /** Takes what Kafka brings. Answers the offset up to which there is something to read. */
  push(events: readonly LoggedEvent[]): number {
    let skipped = 0;
    for (const event of events) {
      if (event.off < this.#seenEnd) skipped += 1;
      else {
        this.#seenEnd = event.off + 1;
        // Too many for the memory: they stay in the log, as a gap.
        if (this.#events.length < BUFFERED_MAX) this.#events.push(event);
        if (Number.isFinite(this.#knownEnd)) this.#knownEnd = Math.max(this.#knownEnd, event.off + 1);
      }
    }
    if (skipped > 0) this.counts.skipped(skipped);
    return this.#seenEnd;
  }

  /** Whether Kafka has brought, or the log has given, everything below `head`. */
  covers(head: number): boolean {
    return this.#seenEnd >= head;
  }

  /** Kafka may have left something out: the next read goes on to the end of the log. */
  lookAgain(): void {
    this.#knownEnd = Number.POSITIVE_INFINITY;
    this.#doubts += 1;
  }

  /** Kafka has not brought what the log holds below `head`: it is read from there. */
  expect(head: number): void {
    if (Number.isFinite(this.#knownEnd)) this.#knownEnd = Math.max(this.#knownEnd, head);
    else this.#doubts += 1;
  }

  /** Up to `limit` consecutive events from `from` on; fewer only where no more are known of. Throws what reading the log throws. */
  async read<T extends BusinessTopic>(
    topic: T,
    part: number,
    from: number,
    limit: number,
  ): Promise<LoggedEventOf<T>[]> {
    const read: LoggedEvent[] = [];
    let next = from;
    while (read.length < limit) {
      const run = this.#take(next, limit - read.length);
      read.push(...run);
      next += run.length;
      if (read.length === limit || next >= this.#knownEnd) break;
      const filled = await this.#fill(topic, part, next, limit - read.length);
      if (filled.length === 0) break;
      read.push(...filled);
      next += filled.length;
    }
    // Only events of this topic are pushed and read.
    return read as LoggedEventOf<T>[];
  }

  async #fill<T extends BusinessTopic>(topic: T, part: number, from: number, limit: number): Promise<LoggedEvent[]> {
    const until = Math.min(this.#events[0]?.off ?? Number.POSITIVE_INFINITY, this.#knownEnd, from + limit);
    const asked = until - from;
    const doubts = this.#doubts;
    const events: LoggedEvent[] = await this.log.read(topic, part, from, asked);
    this.#seenEnd = Math.max(this.#seenEnd, from + events.length);
    // The end of the log: from here on Kafka says what there is.
    const isEnd = events.length < asked && doubts === this.#doubts;
    if (isEnd && this.#knownEnd === Number.POSITIVE_INFINITY) this.#knownEnd = this.#seenEnd;
    this.counts.filled(events.length);
    return events;
  }

  /** What follows `from` without a gap, taken out: a batch that is to be read again comes from the log. */
  #take(from: number, limit: number): LoggedEvent[] {
    let first = 0;
    while ((this.#events[first]?.off ?? from) < from) first += 1;
    let count = 0;
    while (count < limit && this.#events[first + count]?.off === from + count) count += 1;
    const run = this.#events.slice(first, first + count);
    this.#events.splice(0, first + count);
    return run;
  }
}
