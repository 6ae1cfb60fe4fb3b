import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';
import type { Consumer } from '../../ports/event-bus.js';
import { GroupConsumer, type GroupConsumerContext } from '../postgres/event-log/group-consumer.js';
import { GroupMembership, type ClaimedPartition } from '../postgres/event-log/group-membership.js';
import { partitionName, type LogPartition, type MovedPartition } from '../postgres/event-log/log-record.js';
import { PartitionConsumer } from '../postgres/event-log/partition-consumer.js';
import type { LogWakeUp } from '../postgres/event-log/wake-up.js';
import { LateEvents } from './late-events.js';
import { PartitionBuffer } from './partition-buffer.js';
import { Subscription, type SubscriptionContext, type SubscriptionListener } from './subscription.js';

interface Running {
  readonly consumer: PartitionConsumer;
  readonly buffer: PartitionBuffer;
  readonly ended: Promise<void>;
}

/** How the group's partitions come to this process. A new object each time it is to be looked at again. */
type Mode =
  | { readonly by: 'assignment'; readonly partitions: readonly LogPartition[] }
  /** Kafka is away: leases decide, and events come from the log, as without Kafka. */
  | { readonly by: 'lease' };

export interface GroupMemberState {
  readonly group: string;
  /** Who says what is ours: Kafka, or leases in the database while Kafka is away. */
  readonly ownership: 'joining' | Mode['by'];
  /** Partitions that Kafka has given us and that we have taken over. */
  readonly partitions: number;
  /** Kafka brings their events; the log fills in before. */
  readonly isFollowing: boolean;
}

export interface GroupMemberOptions {
  /** What a consumer of the log needs; `context.options.group` without the prefix. */
  readonly context: GroupConsumerContext;
  readonly subscription: SubscriptionContext;
  readonly wakeUp: LogWakeUp;
}

const RETRY_MS = 250;

/**
 * One member of a consumer group. Kafka's assignment says which partitions are its own, and it takes them over in
 * PostgreSQL with the next epoch, which fences whoever had them before. Offsets are committed there, with the effects; so it
 * does not matter where an event comes from, nor how often.
 */
export class GroupMember implements Consumer, SubscriptionListener {
  readonly #owner = randomUUID();
  readonly #membership: GroupMembership;
  readonly #subscription: Subscription;
  readonly #late: LateEvents;
  readonly #running = new Map<string, Running>();
  readonly #stop = new AbortController();
  #wanted: Mode | null = null;
  /** What was wanted and has come about. */
  #settled: Mode | null = null;
  #settling: Promise<void> | null = null;
  #byLease: GroupConsumer | null = null;
  /** A partition that is assigned to us was taken from us: ours again as soon as the group says that it still counts on us. */
  #isRobbed = false;
  #isFollowing = false;
  #heartbeat: NodeJS.Timeout | null = null;
  #patience: NodeJS.Timeout | null = null;
  #unsubscribe: () => void = () => undefined;
  #stopped: Promise<void> | null = null;

  constructor(private readonly options: GroupMemberOptions) {
    const { context, subscription } = options;
    const { pool, leaseMs } = context;
    const { group, topics, start } = context.options;
    const { names, client } = subscription;
    this.#membership = new GroupMembership({ pool, owner: this.#owner, group, topics, start, leaseMs });
    this.#subscription = new Subscription(subscription, {
      groupId: names.group(group),
      topics,
      part: 'group',
      listener: this,
    });
    this.#late = new LateEvents({
      lateMs: client.timings.late,
      hasArrived: (topic, part, head) => this.#running.get(partitionName(topic, part))?.buffer.covers(head) ?? true,
      onLate: (topic, part, head) => this.#readFromLog(topic, part, head),
    });
  }

  /** Says where the group begins when it is new, and starts joining it. Throws when the database does not answer. */
  async start(): Promise<void> {
    await this.#membership.register();
    this.#unsubscribe = this.options.wakeUp.subscribe((moved) => this.#moved(moved));
    this.#late.start();
    this.#heartbeat = setInterval(() => void this.#renew(), this.options.context.leaseMs / 3);
    this.#subscription.start();
    // A group that is new to the brokers takes them seconds to make: until then by lease, as while they are away.
    const { late } = this.options.subscription.client.timings;
    this.#patience = setTimeout(() => {
      if (this.#wanted === null) this.#want({ by: 'lease' });
    }, 2 * late);
  }

  get state(): GroupMemberState {
    const { group } = this.options.context.options;
    const ownership = this.#settled === null ? 'joining' : this.#settled.by;
    return { group, ownership, partitions: this.#running.size, isFollowing: this.#isFollowing };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#leave();
    return this.#stopped;
  }

  assigned(partitions: readonly LogPartition[]): void {
    this.#isRobbed = false;
    this.#isFollowing = false;
    this.#want({ by: 'assignment', partitions });
  }

  received(topic: Topic, part: number, events: readonly LoggedEvent[]): void {
    const running = this.#running.get(partitionName(topic, part));
    if (running) running.consumer.wake(running.buffer.push(events));
  }

  alive(): void {
    if (!this.#isRobbed || this.#wanted?.by !== 'assignment') return;
    this.#isRobbed = false;
    this.#want({ ...this.#wanted });
  }

  following(): void {
    this.#isFollowing = true;
    for (const { buffer, consumer } of this.#running.values()) {
      buffer.lookAgain();
      consumer.wake();
    }
  }

  lost(): void {
    this.#isFollowing = false;
    if (this.#wanted?.by !== 'lease') this.#want({ by: 'lease' });
  }

  async #leave(): Promise<void> {
    this.#stop.abort();
    this.#unsubscribe();
    this.#late.stop();
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    if (this.#patience) clearTimeout(this.#patience);
    for (const { consumer } of this.#running.values()) consumer.stop();
    // Out of Kafka's group first: the others get our partitions while we finish our batches, and the fence keeps order.
    await Promise.all([this.#subscription.stop(), this.#settling]);
    await this.#stopRunning(() => true);
    await this.#byLease?.stop();
    await this.#membership.leave().catch((error: unknown) => {
      this.#log('could not give the partitions back: their leases run out', error);
    });
  }

  #want(mode: Mode): void {
    this.#wanted = mode;
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = null;
    });
  }

  /** Brings about what is wanted, and what is wanted meanwhile. Never rejects. */
  async #settle(): Promise<void> {
    while (this.#settled !== this.#wanted && !this.#stop.signal.aborted) {
      const wanted: Mode | null = this.#wanted;
      try {
        if (wanted?.by === 'assignment') await this.#takeAssigned(wanted.partitions);
        else if (wanted?.by === 'lease') await this.#goByLease();
        this.#settled = wanted;
      } catch (error) {
        this.#log('a change of partitions failed; it is tried again', error);
        await delay(RETRY_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }

  async #takeAssigned(partitions: readonly LogPartition[]): Promise<void> {
    await this.#byLease?.stop();
    this.#byLease = null;
    const assigned = new Set(partitions.map(({ topic, part }) => partitionName(topic, part)));
    await this.#stopRunning((name) => !assigned.has(name));
    const missing = partitions.filter(({ topic, part }) => !this.#running.has(partitionName(topic, part)));
    if (missing.length === 0) return;
    await this.#membership.heartbeat();
    for (const claim of await this.#membership.takeOver(missing)) this.#run(claim);
  }

  async #goByLease(): Promise<void> {
    await this.#stopRunning(() => true);
    if (this.#byLease) return;
    const byLease = new GroupConsumer(this.options.context);
    this.#byLease = byLease;
    try {
      await byLease.start();
    } catch (error) {
      this.#byLease = null;
      await byLease.stop();
      throw error;
    }
  }

  /** Ends the consumers of these partitions after the batch at hand, and gives the partitions back. */
  async #stopRunning(isGone: (name: string) => boolean): Promise<void> {
    const gone = [...this.#running].filter(([name]) => isGone(name));
    for (const [, { consumer }] of gone) consumer.stop();
    await Promise.all(
      gone.map(async ([name, { consumer, ended }]) => {
        await ended;
        this.#running.delete(name);
        // Somebody else's by now, perhaps: only what is still ours is given back.
        await this.#membership.release(consumer.claim).catch((error: unknown) => {
          this.#log('could not give a partition back: its lease runs out', error);
        });
      }),
    );
  }

  #run(claim: ClaimedPartition): void {
    const { context, subscription } = this.options;
    const { metrics } = subscription;
    const labels = { group: context.options.group, topic: claim.topic };
    const buffer = new PartitionBuffer(context.reader, {
      skipped: (events) => metrics.count('tradegraph_kafka_skipped_total', labels, events),
      filled: (events) => metrics.count('tradegraph_kafka_filled_from_log_total', labels, events),
    });
    const consumer = new PartitionConsumer({ ...context, reader: buffer, owner: this.#owner }, claim);
    const name = partitionName(claim.topic, claim.part);
    this.#running.set(name, { consumer, buffer, ended: this.#runToItsEnd(consumer, name) });
    if (this.#stop.signal.aborted) consumer.stop();
  }

  async #runToItsEnd(consumer: PartitionConsumer, name: string): Promise<void> {
    const end = await consumer.run();
    if (end !== 'lost') return;
    if (this.#running.get(name)?.consumer === consumer) this.#running.delete(name);
    this.#isRobbed = true;
  }

  #moved(moved: MovedPartition): void {
    if (this.#byLease) this.#byLease.wake(moved);
    else this.#late.moved(moved);
  }

  #readFromLog(topic: Topic, part: number, head: number): void {
    const running = this.#running.get(partitionName(topic, part));
    if (!running) return;
    running.buffer.expect(head);
    running.consumer.wake(head);
  }

  /** Leases say to others, and to retention, that the group is alive; a heartbeat that fails is made up for by the next. */
  async #renew(): Promise<void> {
    if (this.#wanted?.by !== 'assignment') return;
    await this.#membership.heartbeat().catch((error: unknown) => {
      this.#log('a heartbeat failed; the next one tries again', error);
    });
  }

  #log(message: string, error: unknown): void {
    this.options.context.logger.warn({ error, group: this.options.context.options.group }, message);
  }
}
