import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedEvent } from '../../domain/events.js';
import { invariant } from '../../domain/result.js';
import type { BusinessTopic } from '../../domain/topics.js';
import { type EventBus, LogGapError, type OffsetVector } from '../../ports/event-bus.js';
import type { Logger } from '../../ports/logger.js';
import { mergeByTime } from './merge-by-time.js';
import { RecentEvents } from './recent-events.js';

/** An event as the tail passed it, and the place behind it. */
export interface TailedEvent {
  /** 1, 2, 3, ... in the order this process passed the topic's events. */
  readonly sequence: number;
  readonly event: LoggedEvent;
  /** Next offsets of all partitions once this event is seen. */
  readonly offsets: OffsetVector;
}

/** Who is told of events; called in order, and must not wait. */
export interface TailListener {
  offer(item: TailedEvent): void;
  /** Resolves when it can take more; the tail waits for it between pages, so that its backlog stays bounded. */
  ready(): Promise<void> | null;
  /** Events were deleted before this process had read them. */
  lost(): void;
}

/** Events read of one partition at a time. */
const PAGE = 200;
/** Reads of old events under way at once: a thousand clients that reconnect must not take all database connections. */
const CATCH_UP_READS = 4;
const RETRY_MS = 250;
/** What a transport leaves out of a partition is not to wait until it brings nothing of the others. */
const ASK_HEAD_MS = 250;

/** Reads one topic once for the whole process, from its head on, and tells every subscription group. */
export class TopicTail {
  private readonly listeners = new Set<TailListener>();
  private readonly recent: RecentEvents[] = [];
  private next: number[] = [];
  private passed = 0;
  private dirty = false;
  private askHeadAtMs = 0;
  private started = false;
  private pumping: Promise<void> | null = null;
  private stopped = false;
  private reading = 0;
  private readonly waitingReads: (() => void)[] = [];
  private readonly onAdvance = new Set<() => void>();

  constructor(
    readonly topic: BusinessTopic,
    private readonly bus: EventBus,
    private readonly logger: Logger,
  ) {}

  /** Next offsets of all partitions: everything before them was offered to the listeners. */
  get position(): OffsetVector {
    return this.next;
  }

  /** Number of the last event passed. */
  get sequence(): number {
    return this.passed;
  }

  async start(): Promise<void> {
    this.next = [...(await this.bus.head(this.topic))];
    for (let part = 0; part < this.next.length; part += 1) this.recent.push(new RecentEvents());
    this.started = true;
    if (this.dirty) this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.announce();
    await this.pumping;
  }

  listen(listener: TailListener): void {
    this.listeners.add(listener);
  }

  leave(listener: TailListener): void {
    this.listeners.delete(listener);
  }

  /** Looks for new events soon. Cheap to call without cause. */
  wake(): void {
    this.dirty = true;
    // Before the start it is not known from where on to read.
    if (this.stopped || this.pumping || !this.started) return;
    this.pumping = this.pump().finally(() => {
      this.pumping = null;
      if (this.dirty && !this.stopped) this.wake();
    });
  }

  /** Resolves when the position has moved, or the tail is stopped. */
  async advanced(): Promise<void> {
    if (!this.stopped) await new Promise<void>((resolve) => this.onAdvance.add(resolve));
  }

  /** Events that were passed, from memory when they are still there. Throws `LogGapError` when they are not kept. */
  async readPassed(part: number, from: number): Promise<readonly LoggedEvent[]> {
    const limit = Math.min(PAGE, (this.next[part] ?? 0) - from);
    const remembered = this.recent[part]?.read(from, limit);
    if (remembered) return remembered;
    while (this.reading >= CATCH_UP_READS) await new Promise<void>((resolve) => this.waitingReads.push(resolve));
    this.reading += 1;
    try {
      return await this.bus.read(this.topic, part, from, limit);
    } finally {
      this.reading -= 1;
      this.waitingReads.shift()?.();
    }
  }

  private async pump(): Promise<void> {
    while (this.dirty && !this.stopped) {
      this.dirty = false;
      try {
        await this.readPage();
      } catch (error) {
        if (error instanceof LogGapError) {
          await this.skipToHead(error);
          continue;
        }
        this.logger.warn(
          { topic: this.topic, err: error },
          'could not read the event log for subscribers, trying again',
        );
        this.dirty = true;
        await delay(RETRY_MS);
      }
    }
  }

  private async readPage(): Promise<void> {
    const head = await this.whereTo();
    const behind = head.flatMap((off, part) => (off > (this.next[part] ?? 0) ? [part] : []));
    if (behind.length === 0) return;
    const pages = await Promise.all(
      behind.map((part) => {
        const from = this.next[part] ?? 0;
        return this.bus.read(this.topic, part, from, Math.min(PAGE, (head[part] ?? 0) - from));
      }),
    );
    for (const event of mergeByTime(pages)) this.pass(event);
    this.announce();
    // A page that is not the last: its partition goes on.
    if (behind.some((part) => (this.next[part] ?? 0) < (head[part] ?? 0))) this.dirty = true;
    for (const listener of this.listeners) await listener.ready();
  }

  /** Where there is something to read up to: by what the transport has brought, or, rarely where it brings all, by the log. */
  private async whereTo(): Promise<OffsetVector> {
    const arrived = this.bus.arrived?.(this.topic) ?? null;
    const isNews = arrived?.some((off, part) => off > (this.next[part] ?? 0)) ?? false;
    if (arrived !== null && isNews && performance.now() < this.askHeadAtMs) return arrived;
    this.askHeadAtMs = performance.now() + ASK_HEAD_MS;
    return this.bus.head(this.topic);
  }

  private pass(event: LoggedEvent): void {
    const expected = this.next[event.part];
    invariant(event.off === expected, `${this.topic}/${event.part}: read offset ${event.off}, expected ${expected}`);
    this.next[event.part] = event.off + 1;
    this.recent[event.part]?.push(event);
    this.passed += 1;
    const item = { sequence: this.passed, event, offsets: [...this.next] };
    for (const listener of this.listeners) listener.offer(item);
  }

  /** Retention passed this process by (it was stopped for longer than the log keeps): its subscribers must know. */
  private async skipToHead(gap: LogGapError): Promise<void> {
    this.logger.error({ topic: this.topic, err: gap }, 'events were deleted before subscribers saw them');
    this.next = [...(await this.bus.head(this.topic))];
    for (const events of this.recent) events.clear();
    for (const listener of this.listeners) listener.lost();
    this.announce();
    this.dirty = true;
  }

  private announce(): void {
    const waiting = [...this.onAdvance];
    this.onAdvance.clear();
    for (const resolve of waiting) resolve();
  }
}
