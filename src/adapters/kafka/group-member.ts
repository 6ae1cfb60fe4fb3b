import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';
import type { Consumer } from '../../ports/event-bus.js';
import { GroupConsumer, type GroupConsumerContext } from '../postgres/event-log/group-consumer.js';
import { GroupMembership } from '../postgres/event-log/group-membership.js';
import type { LogPartition, MovedPartition } from '../postgres/event-log/log-record.js';
import type { LogWakeUp } from '../postgres/event-log/wake-up.js';
import { LateEvents } from './late-events.js';
import { MemberPartitions } from './member-partitions.js';
import { OverlookedPartitions } from './overlooked-partitions.js';
import { Subscription, type SubscriptionContext, type SubscriptionListener } from './subscription.js';

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
  readonly #membership: GroupMembership;
  readonly #subscription: Subscription;
  readonly #partitions: MemberPartitions;
  readonly #late: LateEvents;
  readonly #overlooked: OverlookedPartitions;
  readonly #stop = new AbortController();
  #wanted: Mode | null = null;
  /** What was wanted and has come about. */
  #settled: Mode | null = null;
  #settling: Promise<void> = Promise.resolve();
  #isSettling = false;
  #renewing: Promise<void> | null = null;
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
    const { names, client, metrics } = subscription;
    const owner = randomUUID();
    const membership = new GroupMembership({ pool, owner, group, topics, start, leaseMs });
    this.#membership = membership;
    // Kafka finds out by itself who is gone, within a session: it is not to be forestalled.
    const abandonedMs = Math.max(leaseMs, client.timings.session);
    this.#overlooked = new OverlookedPartitions({ pool, owner, group, topics, abandonedMs });
    const onLost = (): void => void (this.#isRobbed = true);
    this.#partitions = new MemberPartitions({ context, membership, owner, metrics, onLost });
    this.#subscription = new Subscription(subscription, {
      groupId: names.group(group),
      topics,
      part: 'group',
      listener: this,
    });
    this.#late = new LateEvents({
      lateMs: client.timings.late,
      hasArrived: (topic, part, head) => this.#partitions.covers(topic, part, head),
      onLate: (topic, part, head) => this.#partitions.expect(topic, part, head),
    });
  }

  /** Says where the group begins when it is new, and starts joining it. Throws when the database does not answer. */
  async start(): Promise<void> {
    await this.#membership.register();
    this.#unsubscribe = this.options.wakeUp.subscribe((moved) => this.#moved(moved));
    this.#late.start();
    this.#heartbeat = setInterval(() => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = null;
      });
    }, this.options.context.leaseMs / 3);
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
    return { group, ownership, partitions: this.#partitions.count, isFollowing: this.#isFollowing };
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
    this.#partitions.received(topic, part, events);
  }

  alive(): void {
    if (!this.#isRobbed || this.#wanted?.by !== 'assignment') return;
    this.#isRobbed = false;
    this.#want({ ...this.#wanted });
  }

  following(): void {
    this.#isFollowing = true;
    this.#partitions.lookAgain();
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
    this.#partitions.stop();
    // Out of Kafka's group first: the others get our partitions while we finish our batches, and the fence keeps order.
    await Promise.all([this.#subscription.stop(), this.#settling, this.#renewing]);
    await this.#partitions.keepOnly([]);
    await this.#byLease?.stop();
    await this.#membership.leave().catch((error: unknown) => {
      this.#log('could not give the partitions back: their leases run out', error);
    });
  }

  #want(mode: Mode): void {
    this.#wanted = mode;
    if (!this.#isSettling) this.#settling = this.#settle();
  }

  /** Brings about what is wanted, and what is wanted meanwhile. Never rejects. */
  async #settle(): Promise<void> {
    this.#isSettling = true;
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
    // In the same turn that finds nothing left to do: whoever wants something in the next one must see that nobody is at it.
    this.#isSettling = false;
  }

  async #takeAssigned(partitions: readonly LogPartition[]): Promise<void> {
    await this.#byLease?.stop();
    this.#byLease = null;
    await this.#partitions.keepOnly(partitions);
    const missing = partitions.filter((partition) => !this.#partitions.has(partition));
    if (missing.length === 0) return;
    await this.#membership.heartbeat();
    for (const claim of await this.#membership.takeOver(missing)) this.#partitions.run(claim);
  }

  async #goByLease(): Promise<void> {
    await this.#partitions.keepOnly([]);
    if (this.#byLease) return;
    // The consumer by lease is a member of its own: counted twice, we would leave half of our share to nobody.
    await this.#renewing;
    await this.#membership.leave();
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

  #moved(moved: MovedPartition): void {
    if (this.#byLease) this.#byLease.wake(moved);
    else this.#late.moved(moved);
  }

  /** Leases say to others, and to retention, that the group is alive; a heartbeat that fails is made up for by the next. */
  async #renew(): Promise<void> {
    if (this.#wanted?.by !== 'assignment') return;
    try {
      await this.#membership.heartbeat();
      if (this.#isSettledByAssignment) await this.#seeToOverlooked();
    } catch (error) {
      this.#log('a heartbeat failed; the next one tries again', error);
    }
  }

  /** What stands still is read to its end, and what nobody acts for is ours until its owner comes back, or Kafka assigns anew. */
  async #seeToOverlooked(): Promise<void> {
    const { standing, abandoned } = await this.#overlooked.look();
    if (standing.length > 0) this.#partitions.lookAgain(standing);
    if (abandoned.length === 0 || !this.#isSettledByAssignment) return;
    const { logger, options } = this.options.context;
    logger.warn(
      { group: options.group, partitions: abandoned },
      'nobody acts for these partitions: they are taken over',
    );
    for (const claim of await this.#membership.takeOver(abandoned)) {
      // Assigned to us while we waited: then it runs already, and the fence says which of both is right.
      if (!this.#partitions.has(claim)) this.#partitions.run(claim);
    }
  }

  get #isSettledByAssignment(): boolean {
    return this.#wanted?.by === 'assignment' && this.#settled === this.#wanted && !this.#stop.signal.aborted;
  }

  #log(message: string, error: unknown): void {
    this.options.context.logger.warn({ error, group: this.options.context.options.group }, message);
  }
}
