import type { OffsetVector } from '../../ports/event-bus.js';
import type { ClientSubscription } from './client-subscription.js';
import { mergeByTime } from './merge-by-time.js';
import type { SubscriptionGroup } from './subscription-group.js';
import type { TopicTail } from './topic-tail.js';

export interface CatchUp {
  readonly subscription: ClientSubscription;
  readonly group: SubscriptionGroup;
  readonly tail: TopicTail;
  /** Next offsets the client has not seen. */
  readonly from: OffsetVector;
  /** Next offsets at which the log is known to have been: the tail is waited for up to there. */
  readonly until: OffsetVector;
  encodeCursor(offsets: OffsetVector): string;
}

/**
 * Reads the log from a client's cursor up to where the tail stands, and admits the client to the group at exactly that
 * offset: the comparison and the admission happen in one turn, in which the tail cannot move, so nothing is missed and
 * nothing comes twice. Goes at the client's own pace. Throws `LogGapError` when the events are no longer kept.
 * @returns how many events were sent
 */
export async function catchUp({ subscription, group, tail, from, until, encodeCursor }: CatchUp): Promise<number> {
  const seen = [...from];
  let sent = 0;
  // The cursor may come from another process that is ahead of this one.
  while (!subscription.isEnded && until.some((off, part) => off > (tail.position[part] ?? 0))) {
    tail.wake();
    await tail.advanced();
  }
  while (!subscription.isEnded) {
    const behind = seen.flatMap((off, part) => (off < (tail.position[part] ?? 0) ? [part] : []));
    if (behind.length === 0) {
      group.admit(subscription, tail.sequence);
      return sent;
    }
    const pages = await Promise.all(behind.map((part) => tail.readPassed(part, seen[part] ?? 0)));
    for (const event of mergeByTime(pages)) {
      seen[event.part] = event.off + 1;
      if (!group.accepts(event)) continue;
      await subscription.deliverInTurn(await group.renderFor({ cursor: encodeCursor(seen), event }));
      sent += 1;
      if (subscription.isEnded) return sent;
    }
  }
  return sent;
}
