import { randomUUID } from 'node:crypto';
import type { Consumer } from '../../../ports/event-bus.js';
import { GroupMembership, type ClaimedPartition } from './group-membership.js';
import { partitionName, type MovedPartition } from './log-record.js';
import { PartitionConsumer, type PartitionContext } from './partition-consumer.js';

export type GroupConsumerContext = Omit<PartitionContext, 'owner'>;

interface Running {
  readonly consumer: PartitionConsumer;
  readonly ended: Promise<void>;
}

/**
 * One member of a group: holds its fair share of the group's partitions by lease, and consumes each of them on its own.
 * Members in several processes find each other in the database.
 */
export class GroupConsumer implements Consumer {
  readonly #owner = randomUUID();
  readonly #membership: GroupMembership;
  readonly #running = new Map<string, Running>();
  #timer: NodeJS.Timeout | null = null;
  #balancing: Promise<void> | null = null;
  #stopped: Promise<void> | null = null;

  constructor(private readonly context: GroupConsumerContext) {
    const { pool, options, leaseMs } = context;
    const { group, topics, start } = options;
    this.#membership = new GroupMembership({ pool, owner: this.#owner, group, topics, start, leaseMs });
  }

  /** Joins the group and takes what is free. Throws when the database does not answer. */
  async start(): Promise<void> {
    await this.#membership.register();
    await this.#balance();
    // Three chances within a lease: one lost heartbeat costs no partition.
    this.#timer = setInterval(() => void this.#rebalance(), this.context.leaseMs / 3);
  }

  wake({ topic, part, head }: MovedPartition): void {
    this.#running.get(partitionName(topic, part))?.consumer.wake(head);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#leave();
    return this.#stopped;
  }

  async #leave(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    for (const { consumer } of this.#running.values()) consumer.stop();
    await this.#balancing;
    const running = [...this.#running.values()];
    for (const { consumer } of running) consumer.stop();
    await Promise.all(running.map(({ ended }) => ended));
    await this.#membership.leave().catch((error: unknown) => {
      this.context.logger.warn(
        { error, group: this.context.options.group },
        'could not give the partitions back: their leases run out',
      );
    });
  }

  /** Never rejects: the next heartbeat tries again. */
  #rebalance(): Promise<void> {
    this.#balancing ??= this.#balance()
      .catch((error: unknown) => {
        this.context.logger.warn(
          { error, group: this.context.options.group },
          'a heartbeat failed; the next one tries again',
        );
      })
      .finally(() => {
        this.#balancing = null;
      });
    return this.#balancing;
  }

  async #balance(): Promise<void> {
    const { partitions, members } = await this.#membership.heartbeat();
    await this.#agreeWithDatabase();
    const share = Math.ceil(partitions / Math.max(members, 1));
    const surplus = [...this.#running.values()].slice(share);
    await Promise.all(surplus.map((running) => this.#giveBack(running)));
    if (this.#stopped || this.#running.size >= share) return;
    for (const claim of await this.#membership.claim(share - this.#running.size)) this.#run(claim);
  }

  /**
   * Ends the consumers whose lease ran out while this process was held up (somebody else may be at work there already),
   * and gives back what is ours only in the database: the answer to a claim was lost, or a release failed.
   */
  async #agreeWithDatabase(): Promise<void> {
    const owned = await this.#membership.owned();
    const epochs = new Map(owned.map(({ topic, part, epoch }) => [partitionName(topic, part), epoch]));
    for (const [name, { consumer }] of this.#running) {
      if (epochs.get(name) !== consumer.claim.epoch) consumer.stop();
    }
    for (const partition of owned) {
      const running = this.#running.get(partitionName(partition.topic, partition.part));
      if (running?.consumer.claim.epoch !== partition.epoch) await this.#membership.release(partition);
    }
  }

  async #giveBack({ consumer, ended }: Running): Promise<void> {
    consumer.stop();
    await ended;
    await this.#membership.release(consumer.claim);
  }

  #run(claim: ClaimedPartition): void {
    const name = partitionName(claim.topic, claim.part);
    const consumer = new PartitionConsumer({ ...this.context, owner: this.#owner }, claim);
    const ended = this.#runToItsEnd(consumer, name);
    this.#running.set(name, { consumer, ended });
    if (this.#stopped) consumer.stop();
  }

  async #runToItsEnd(consumer: PartitionConsumer, name: string): Promise<void> {
    const end = await consumer.run();
    if (this.#running.get(name)?.consumer === consumer) this.#running.delete(name);
    if (end === 'lost') await this.#reclaim(consumer.claim);
  }

  /** What was lost may still be ours in the database (an answer to COMMIT that never came): take it up from there. */
  async #reclaim(claim: ClaimedPartition): Promise<void> {
    await this.#membership.release(claim).catch(() => undefined);
    if (!this.#stopped) void this.#rebalance();
  }
}
