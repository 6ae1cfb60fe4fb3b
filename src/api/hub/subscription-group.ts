import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggedEvent } from '../../domain/events.js';
import type { StreamedEvent, StreamRequest } from '../../resolvers/event-streams.js';
import type { ClientSubscription } from './client-subscription.js';
import type { TailedEvent, TailListener } from './topic-tail.js';

/** Runs the subscription on one event and gives the text of its result, a JSON object. */
export type RenderEvent = (event: StreamedEvent) => string | Promise<string>;

export interface GroupObserver {
  framesSent(count: number): void;
  framesDropped(count: number): void;
}

/** Events a group may have waiting before the tail waits for it. */
const BACKLOG = 1_000;
/** After so many frames, or bytes to one client, others get their turn, and buffers that are only full for this turn empty. */
const FRAMES_A_TURN = 500;
const BYTES_A_TURN = 16_384;

/** Clients with the same subscription: each event is executed and serialised once for all of them. */
export class SubscriptionGroup implements TailListener {
  /** Clients that have caught up, with the number of the last event they have seen or do not want. */
  private readonly members = new Map<ClientSubscription, number>();
  /** Members and clients that are still catching up. */
  private references = 0;
  private readonly backlog: TailedEvent[] = [];
  private turn: Promise<void> = Promise.resolve();
  private busy = false;
  private readonly types: ReadonlySet<string>;

  constructor(
    private readonly request: StreamRequest,
    private readonly encodeCursor: (item: TailedEvent) => string,
    private readonly render: RenderEvent,
    private readonly observer: GroupObserver,
    /** Ends a subscription whose events were deleted before they were read. */
    private readonly onLost: (subscription: ClientSubscription) => void,
  ) {
    this.types = new Set(request.types);
  }

  get isUnused(): boolean {
    return this.references === 0;
  }

  retain(): void {
    this.references += 1;
  }

  release(subscription: ClientSubscription): void {
    this.references -= 1;
    this.members.delete(subscription);
  }

  /** From here on the client gets the group's frames: events after number `sequence`. */
  admit(subscription: ClientSubscription, sequence: number): void {
    this.members.set(subscription, sequence);
  }

  accepts(event: LoggedEvent): boolean {
    return this.types.has(event.type) && this.request.matches(event);
  }

  renderFor(event: StreamedEvent): string | Promise<string> {
    return this.render(event);
  }

  offer(item: TailedEvent): void {
    if (this.members.size === 0) return;
    try {
      if (!this.accepts(item.event)) return;
    } catch (error) {
      this.fail(error);
      return;
    }
    this.backlog.push(item);
    if (!this.busy) this.turn = this.run();
  }

  ready(): Promise<void> | null {
    return this.backlog.length > BACKLOG ? this.turn : null;
  }

  lost(): void {
    for (const member of this.members.keys()) this.onLost(member);
  }

  /** A bug in this subscription's own code ends it, and no other one. */
  private fail(error: unknown): void {
    this.backlog.length = 0;
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const member of this.members.keys()) member.finish(reason);
  }

  private async run(): Promise<void> {
    this.busy = true;
    try {
      await this.work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends, and says so, in the turn in which it finds nothing more to do: an event offered later starts it again. */
  private async work(): Promise<void> {
    let frames = 0;
    let bytes = 0;
    try {
      for (let item = this.backlog.shift(); item; item = this.backlog.shift()) {
        const rendered = this.render({ cursor: this.encodeCursor(item), event: item.event });
        const payload = typeof rendered === 'string' ? rendered : await rendered;
        frames += this.broadcast(item, payload);
        bytes += payload.length;
        if (frames < FRAMES_A_TURN && bytes < BYTES_A_TURN) continue;
        await nextTurn();
        frames = 0;
        bytes = 0;
      }
    } finally {
      this.busy = false;
    }
  }

  private broadcast(item: TailedEvent, payload: string): number {
    const key = this.request.conflateBy?.(item.event) ?? null;
    let offered = 0;
    let superseded = 0;
    for (const [member, seen] of this.members) {
      if (item.sequence <= seen) continue;
      offered += 1;
      if (member.deliver(payload, key) === 'SUPERSEDED') superseded += 1;
    }
    this.observer.framesSent(offered - superseded);
    if (superseded > 0) this.observer.framesDropped(superseded);
    return offered;
  }
}
