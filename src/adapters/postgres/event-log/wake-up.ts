import type { Pool } from 'pg';
import { isTopic, PARTITIONS, type Topic } from '../../../domain/topics.js';
import type { Logger } from '../../../ports/logger.js';
import { AppendChannel } from './append-channel.js';
import { partitionName, type AppendedEvents, type LogPartition } from './log-record.js';

/** Finds what no message told of, a lost connection included. */
const POLL_MS = 250;
/** One NOTIFY in so long from a process: more would only take time from the commits. */
const COALESCE_MS = 2;

export interface LogWakeUpOptions {
  readonly pool: Pool;
  readonly connectionString: string;
  readonly logger: Logger;
  readonly pollMs?: number;
}

type PartitionListener = (partition: LogPartition) => void;

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

  constructor(private readonly options: LogWakeUpOptions) {
    this.#channel = new AppendChannel({
      connectionString: options.connectionString,
      logger: options.logger,
      onMessage: (payload) => this.#wakeAll(decodePartitions(payload)),
      onConnected: () => void this.poll(),
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
    for (const partition of partitions) this.#unsent.set(partitionName(partition.topic, partition.part), partition);
    if (!this.#sending) void this.#send();
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

  #wakeAll(partitions: readonly LogPartition[]): void {
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
      const { rows } = await this.options.pool.query<{ topic: Topic; part: number; next_off: number }>({
        name: 'event-log-heads',
        text: 'SELECT topic, part, next_off::float8 AS next_off FROM log_partition',
      });
      const moved = rows.filter(({ topic, part, next_off }) => {
        const name = partitionName(topic, part);
        const before = this.#heads.get(name);
        this.#heads.set(name, next_off);
        return before !== next_off;
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
