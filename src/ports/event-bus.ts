import type { LoggedEvent, LoggedEventOf } from '../domain/events.js';
import type { BusinessTopic, Topic } from '../domain/topics.js';
import type { Transaction } from './unit-of-work.js';

/** Next offset to read of each partition: index = partition. */
export type OffsetVector = readonly number[];

/** Consecutive events of one partition, oldest first, at least one. */
export interface EventBatch<T extends BusinessTopic = BusinessTopic> {
  readonly topic: T;
  readonly part: number;
  readonly events: readonly LoggedEventOf<T>[];
}

/** What a batch does to the database: run inside the transaction that commits the batch's offsets. */
export type Effect = (tx: Transaction) => Promise<void>;

export interface ConsumeOptions<T extends BusinessTopic> {
  readonly group: string;
  readonly topics: readonly T[];
  /** Where a group begins that has never read the topic. */
  readonly start: 'earliest' | 'latest';
  /** Events a batch at most. */
  readonly batchSize: number;
  /**
   * Works the batch out without writing anything and returns its effect. A batch whose handler or effect throws is
   * retried event by event; an event that keeps failing goes to the dead letters. An error with `retriable: true` (and a
   * fault of the database) says nothing of the events: it is tried again for minutes before it counts.
   */
  handle(batch: EventBatch<T>): Promise<Effect>;
  /** Runs in the transaction that sends an event to the dead letters (so that an account concerned can be set to REDUCING). */
  onDeadLetter?(tx: Transaction, event: LoggedEvent, reason: string): Promise<void>;
}

export interface Consumer {
  /** Stops taking events, finishes the batch at hand, gives the partitions back. */
  stop(): Promise<void>;
}

export interface GroupLag {
  readonly group: string;
  readonly topic: Topic;
  /** Events appended but not yet acted on, over all partitions. */
  readonly events: number;
}

/** The event log as its readers see it: at least once, in order within a partition, gap-free by offset. */
export interface EventBus {
  consume<T extends BusinessTopic>(options: ConsumeOptions<T>): Promise<Consumer>;
  /** Next offset that will be written, of every partition. */
  head(topic: Topic): Promise<OffsetVector>;
  /** Oldest offset that is still kept, of every partition. */
  oldest(topic: Topic): Promise<OffsetVector>;
  /** Events of one partition with off >= `from`, oldest first. Throws `LogGapError` when `from` is no longer kept. */
  read<T extends BusinessTopic>(topic: T, part: number, from: number, limit: number): Promise<LoggedEventOf<T>[]>;
  /**
   * Next offsets up to which a transport has brought the topic's events here by itself, so that they are read without the
   * database. It may be behind the head, never beyond it. Null, or left out, where only the head can be asked for.
   */
  arrived?(topic: Topic): OffsetVector | null;
  /** Calls `listener` soon after events were appended to a topic by any process (coalesced; may be called without cause). */
  onAppend(listener: (topic: Topic) => void): () => void;
  lag(): Promise<readonly GroupLag[]>;
}

/** Events between `requested` and `oldest` have been deleted by retention. */
export class LogGapError extends Error {
  override readonly name = 'LogGapError';
  constructor(
    readonly topic: Topic,
    readonly part: number,
    readonly requested: number,
    readonly oldest: number,
  ) {
    super(`${topic}/${part}: offset ${requested} is no longer kept, the oldest is ${oldest}`);
  }
}
