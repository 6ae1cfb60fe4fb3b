import type { NewEvent } from '../../../domain/events.js';
import { partitionOf, type Topic } from '../../../domain/topics.js';

/** One partition of one topic. */
export interface LogPartition {
  readonly topic: Topic;
  readonly part: number;
}

/** What is written to the log: a business event, or a dead letter that holds one. */
export interface LogRecord extends LogPartition {
  readonly key: string;
  readonly eventId: string;
  readonly type: string;
  /** JSON, as it is stored. */
  readonly payload: string;
}

/** A partition that has, or may have, new events. */
export interface MovedPartition extends LogPartition {
  /** Next offset that will be written, where it is known: who has read up to there need not look. */
  readonly head?: number;
}

/** What a commit has added to a partition. */
export interface AppendedEvents extends MovedPartition {
  /** Events that were new. */
  readonly count: number;
  readonly head: number;
  /** What was given, in its order: some of it was there before where `count` is smaller. */
  readonly records: readonly LogRecord[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export const partitionName = (topic: Topic, part: number): string => `${topic}/${part}`;

export const logRecord = ({ topic, key, eventId, type, payload }: NewEvent): LogRecord => ({
  topic,
  part: partitionOf(key),
  key,
  eventId,
  type,
  payload: JSON.stringify(payload),
});

/** Records of one partition in the order in which they were appended. */
export interface PartitionRecords extends LogPartition {
  readonly records: readonly LogRecord[];
}

/**
 * Records by partition, without repeated event ids (the first stays), the partitions in the one order in which every
 * writer locks them: two transactions that append in opposite orders would deadlock.
 */
export function byPartition(records: readonly LogRecord[]): PartitionRecords[] {
  const seen = new Set<string>();
  const groups = new Map<string, LogPartition & { records: LogRecord[] }>();
  let group: (LogPartition & { records: LogRecord[] }) | undefined;
  for (const record of records) {
    const { topic, part, eventId } = record;
    if (seen.has(eventId)) continue;
    seen.add(eventId);
    // Most often the neighbours are of one partition.
    if (group?.topic !== topic || group.part !== part) {
      const name = partitionName(topic, part);
      group = groups.get(name);
      if (!group) groups.set(name, (group = { topic, part, records: [] }));
    }
    group.records.push(record);
  }
  return [...groups.values()].sort((a, b) => (a.topic === b.topic ? a.part - b.part : a.topic < b.topic ? -1 : 1));
}
