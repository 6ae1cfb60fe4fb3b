import type { LoggedEvent, LoggedEventOf } from '../../../domain/events.js';
import type { BusinessTopic } from '../../../domain/topics.js';
import type { EventSource } from './event-reader.js';
import { partitionName, type AppendedEvents, type LogRecord } from './log-record.js';

/** Events kept of each partition: more than a consumer takes at once. */
const KEPT = 1_024;
/** Characters of the largest payload that is kept: most events have a tenth of it, and the memory is to have a bound. */
const PAYLOAD_MAX = 4_096;

interface KeptRecord {
  readonly off: number;
  readonly record: LogRecord;
  readonly createdAt: number;
}

/**
 * The log, with what this process has appended last in front of it, of the partitions that are read in it. Where everything
 * that is asked for is in memory, nothing is read; otherwise all of it comes from the log, so an answer is what the log would
 * give in either case.
 */
export class RecentAppends implements EventSource {
  /** By partition, an offset at its remainder of KEPT. */
  readonly #kept = new Map<string, (KeptRecord | undefined)[]>();

  constructor(private readonly log: EventSource) {}

  /** To be told after the commit. */
  keep(appended: readonly AppendedEvents[]): void {
    for (const { topic, part, count, head, records, createdAt } of appended) {
      // Some of them were in the log already, with offsets of their own.
      if (count !== records.length) continue;
      const slots = this.#kept.get(partitionName(topic, part));
      if (!slots) continue;
      const first = head - count;
      records.forEach((record, index) => {
        const off = first + index;
        if (record.payload.length <= PAYLOAD_MAX) slots[off % KEPT] = { off, record, createdAt };
      });
    }
  }

  /** A server that takes over from one that broke may lack its last commits, and give their offsets to other events. */
  clear(): void {
    for (const name of this.#kept.keys()) this.#kept.set(name, []);
  }

  /** As EventReader's. */
  async read<T extends BusinessTopic>(
    topic: T,
    part: number,
    from: number,
    limit: number,
  ): Promise<LoggedEventOf<T>[]> {
    return this.#recent(topic, part, from, limit) ?? this.log.read(topic, part, from, limit);
  }

  #recent<T extends BusinessTopic>(topic: T, part: number, from: number, limit: number): LoggedEventOf<T>[] | null {
    if (limit > KEPT) return null;
    const name = partitionName(topic, part);
    const slots = this.#kept.get(name);
    if (!slots) {
      // From here on it is worth its memory.
      this.#kept.set(name, []);
      return null;
    }
    const kept: KeptRecord[] = [];
    for (let off = from; off < from + limit; off += 1) {
      const slot = slots[off % KEPT];
      if (slot?.off !== off) return null;
      kept.push(slot);
    }
    return kept.map(({ off, record, createdAt }) => {
      const { key, eventId, type } = record;
      // Each reader has a payload of its own, as from the log.
      const payload: unknown = JSON.parse(record.payload);
      // What was appended was typed.
      return { topic, part, off, key, eventId, type, payload, createdAt } as LoggedEvent as LoggedEventOf<T>;
    });
  }
}
