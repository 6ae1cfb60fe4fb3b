import type { EventBus } from '../../ports/event-bus.js';
import type { FeedTopic } from '../../ports/trading-store.js';
import type { FeedEvent } from './feed-event.js';

type Reader = Pick<EventBus, 'read' | 'oldest'>;

interface Answer {
  readonly from: number;
  readonly limit: number;
  readonly events: Promise<readonly FeedEvent[]>;
}

/**
 * What the accounts of a process read of the log, each once: they stand at the same places as a rule, and an event that is
 * read is never changed. Of each partition the last answer is kept, and only within a turn: later there may be more.
 */
export class TurnReads implements Reader {
  private readonly last = new Map<string, Answer>();

  constructor(private readonly bus: Reader) {}

  /** A new turn: the log may have grown. */
  begin(): void {
    this.last.clear();
  }

  readonly read = ((topic: FeedTopic, part: number, from: number, limit: number) => {
    const key = `${topic} ${part}`;
    const known = this.last.get(key);
    if (known !== undefined && known.from === from && known.limit === limit) return known.events;
    const events = this.bus.read(topic, part, from, limit);
    this.last.set(key, { from, limit, events });
    // What failed is read again by the next one who asks; whoever asked now is told.
    events.catch(() => this.last.delete(key));
    return events;
  }) as EventBus['read'];

  readonly oldest: EventBus['oldest'] = (topic) => this.bus.oldest(topic);
}
