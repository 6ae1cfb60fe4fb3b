import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';
import type { Metrics } from '../../ports/metrics.js';
import type { GroupConsumerContext } from '../postgres/event-log/group-consumer.js';
import type { ClaimedPartition, GroupMembership } from '../postgres/event-log/group-membership.js';
import { partitionName, type LogPartition } from '../postgres/event-log/log-record.js';
import { PartitionConsumer } from '../postgres/event-log/partition-consumer.js';
import { PartitionBuffer } from './partition-buffer.js';

interface Running {
  readonly consumer: PartitionConsumer;
  readonly buffer: PartitionBuffer;
  readonly ended: Promise<void>;
}

export interface MemberPartitionsOptions {
  /** What a consumer of the log needs; `context.options.group` without the prefix. */
  readonly context: GroupConsumerContext;
  readonly membership: GroupMembership;
  readonly owner: string;
  readonly metrics: Metrics;
  /** A partition turned out to be another member's. */
  readonly onLost: () => void;
}

/** The partitions that a member of a group acts for, each with what Kafka has brought of it. */
export class MemberPartitions {
  readonly #running = new Map<string, Running>();
  #isStopped = false;

  constructor(private readonly options: MemberPartitionsOptions) {}

  get count(): number {
    return this.#running.size;
  }

  has({ topic, part }: LogPartition): boolean {
    return this.#running.has(partitionName(topic, part));
  }

  /** Acts for a partition from where it was claimed. */
  run(claim: ClaimedPartition): void {
    const { context, owner, metrics } = this.options;
    const labels = { group: context.options.group, topic: claim.topic };
    const buffer = new PartitionBuffer(context.reader, {
      skipped: (events) => metrics.count('tradegraph_kafka_skipped_total', labels, events),
      filled: (events) => metrics.count('tradegraph_kafka_filled_from_log_total', labels, events),
    });
    const consumer = new PartitionConsumer({ ...context, reader: buffer, owner }, claim);
    const name = partitionName(claim.topic, claim.part);
    this.#running.set(name, { consumer, buffer, ended: this.#runToItsEnd(consumer, name) });
    if (this.#isStopped) consumer.stop();
  }

  /** Lets every batch at hand be the last. */
  stop(): void {
    this.#isStopped = true;
    for (const { consumer } of this.#running.values()) consumer.stop();
  }

  /** Ends the consumers of all partitions but these after the batch at hand, and gives the partitions back. */
  async keepOnly(kept: readonly LogPartition[]): Promise<void> {
    const names = new Set(kept.map(({ topic, part }) => partitionName(topic, part)));
    const gone = [...this.#running].filter(([name]) => !names.has(name));
    for (const [, { consumer }] of gone) consumer.stop();
    await Promise.all(
      gone.map(async ([name, { consumer, ended }]) => {
        await ended;
        this.#running.delete(name);
        // Somebody else's by now, perhaps: only what is still ours is given back.
        await this.options.membership.release(consumer.claim).catch((error: unknown) => {
          const { logger, options } = this.options.context;
          logger.warn({ error, group: options.group }, 'could not give a partition back: its lease runs out');
        });
      }),
    );
  }

  received(topic: Topic, part: number, events: readonly LoggedEvent[]): void {
    const running = this.#running.get(partitionName(topic, part));
    if (running) running.consumer.wake(running.buffer.push(events));
  }

  /** Whether everything of a partition below `head` has come; true of one that is not ours. */
  covers(topic: Topic, part: number, head: number): boolean {
    return this.#running.get(partitionName(topic, part))?.buffer.covers(head) ?? true;
  }

  /** Kafka has not brought what a partition holds below `head`: it is read from the log. */
  expect(topic: Topic, part: number, head: number): void {
    const running = this.#running.get(partitionName(topic, part));
    running?.buffer.expect(head);
    running?.consumer.wake(head);
  }

  /** Reads these, or all, to the end of the log. */
  lookAgain(partitions?: readonly LogPartition[]): void {
    const names = partitions?.map(({ topic, part }) => partitionName(topic, part)) ?? [...this.#running.keys()];
    for (const name of names) {
      const running = this.#running.get(name);
      running?.buffer.lookAgain();
      running?.consumer.wake();
    }
  }

  async #runToItsEnd(consumer: PartitionConsumer, name: string): Promise<void> {
    const end = await consumer.run();
    if (end !== 'lost') return;
    if (this.#running.get(name)?.consumer === consumer) this.#running.delete(name);
    this.options.onLost();
  }
}
