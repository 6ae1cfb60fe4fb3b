import type { Pool } from 'pg';
import { isTopic, PARTITIONS, type Topic } from '../../../domain/topics.js';
import type { Logger } from '../../../ports/logger.js';
import { AppendChannel, WAKE_UP_APPLICATION } from './append-channel.js';
import { partitionName, type AppendedEvents, type LogPartition, type MovedPartition } from './log-record.js';

/** Finds what no message told of, a lost connection included. */
const POLL_MS = 250;
/** One NOTIFY in so long from a process: more would only take time from the commits. */
const COALESCE_MS = 2;

const HEADS_AND_LISTENERS = `
  SELECT topic, part, next_off::float8 AS head,
         (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1)::int AS listeners
  FROM log_partition`;

export interface LogWakeUpOptions {
  readonly pool: Pool;
  readonly connectionString: string;
  readonly logger: Logger;
  readonly pollMs?: number;
  /** The server broke the connection: it may be another one that answers next. */
  readonly onLost?: () => void;
}

type PartitionListener = (partition: MovedPartition) => void;

/**
 * Tells readers that a partition has new events: those of this process directly after the commit, those of others by
 * NOTIFY, and all of them by a poll of the partitions' counters. A wake-up may come without cause, never instead of one.
 */
export class LogWakeUp {
  readonly #listeners = new Set<PartitionListener>();
  readonly #heads = new Map<string, number>();
  readonly #unsent = new Map<string, LogPartition>();
  readonly #channel: AppendChannel;
  #poll: NodeJS.Timeout | null = null;
  #polling: Promise<void> | null = null;
  #sending = false;
  #closed = false;
  /** Whether another process listens: a NOTIFY that nobody hears costs the server as much as one that is heard. */
  #heard = true;

  constructor(private readonly options: LogWakeUpOptions) {
    this.#channel = new AppendChannel({
      connectionString: options.connectionString,
      logger: options.logger,
      onMessage: (payload) => {
        this.#heard = true;
        this.#wakeAll(decodePartitions(payload));
      },
      onConnected: () => {
        // Says that somebody listens now; the poll finds what was missed before.
        void this.#channel.send('');
        void this.poll();
      },
      onLost: () => options.onLost?.(),
    });
  }

  async start(): Promise<void> {
    await this.#channel.open();
    await this.poll();
    if (!this.#closed) this.#poll = setInterval(() => void this.poll(), this.options.pollMs ?? POLL_MS);
  }

  /** Calls `listener` for each partition that has, or may have, new events. Answers the way to stop it. */
  subscribe(listener: PartitionListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Says that this process has committed events. */
  appended(appended: readonly AppendedEvents[]): void {
    const partitions = appended.filter(({ count }) => count > 0);
    if (partitions.length === 0 || this.#closed) return;
    for (const partition of this.#heard ? partitions : []) {
      this.#unsent.set(partitionName(partition.topic, partition.part), partition);
    }
    if (this.#heard && !this.#sending) void this.#send();
    this.#wakeAll(partitions);
  }

  /** Looks for partitions that have moved since the last look. Never rejects. */
  poll(): Promise<void> {
    this.#polling ??= this.#lookForMovedHeads().finally(() => {
      this.#polling = null;
    });
    return this.#polling;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#poll) clearInterval(this.#poll);
    await this.#polling;
    await this.#channel.close();
  }

  #wakeAll(partitions: readonly MovedPartition[]): void {
    for (const partition of partitions) for (const listener of this.#listeners) listener(partition);
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#unsent.size > 0 && !this.#closed) {
      const payload = encodePartitions(this.#unsent.values());
      this.#unsent.clear();
      await Promise.all([this.#channel.send(payload), pause(COALESCE_MS)]);
    }
    this.#sending = false;
  }

  async #lookForMovedHeads(): Promise<void> {
    try {
      const { rows } = await this.options.pool.query<{ topic: Topic; part: number; head: number; listeners: number }>({
        name: 'event-log-heads',
        text: HEADS_AND_LISTENERS,
        values: [WAKE_UP_APPLICATION],
      });
      // Not even our own connection: then the server does not show us the others either.
      this.#heard = rows[0]?.listeners !== 1;
      const moved = rows.filter(({ topic, part, head }) => {
        const name = partitionName(topic, part);
        const before = this.#heads.get(name);
        this.#heads.set(name, head);
        return before !== head;
      });
      if (!this.#closed) this.#wakeAll(moved);
    } catch (error) {
      this.options.logger.debug({ error }, 'the poll for new events failed; it is tried again');
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `market_data:0,3;orders:1` */
export function encodePartitions(partitions: Iterable<LogPartition>): string {
  const byTopic = new Map<string, number[]>();
  for (const { topic, part } of partitions) {
    const parts = byTopic.get(topic);
    if (parts) parts.push(part);
    else byTopic.set(topic, [part]);
  }
  return [...byTopic].map(([topic, parts]) => `${topic}:${parts.join(',')}`).join(';');
}

/** Anyone may NOTIFY: what is not a known partition is left out. */
export function decodePartitions(payload: string): LogPartition[] {
  return payload.split(';').flatMap((entry) => {
    const [topic = '', parts = ''] = entry.split(':');
    if (!isTopic(topic)) return [];
    return parts
      .split(',')
      .map(Number)
      .filter((part) => Number.isInteger(part) && part >= 0 && part < PARTITIONS)
      .map((part) => ({ topic, part }));
  });
}
