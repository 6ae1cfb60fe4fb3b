import type { LoggedEvent } from '../../domain/events.js';

/** Events of a partition kept in memory: some minutes of a busy one. */
const KEPT_MAX = 1_000;

/** The last events of one partition that Kafka has brought, without a gap between them. */
export class TopicRing {
  #events: LoggedEvent[] = [];

  /** Offset behind the last event; 0 before the first. */
  get end(): number {
    const last = this.#events.at(-1);
    return last === undefined ? 0 : last.off + 1;
  }

  /** A repeated event changes nothing; one behind a gap begins anew, and what was before is in the log. */
  push(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      if (event.off < this.end) continue;
      if (event.off > this.end) this.#events = [];
      this.#events.push(event);
    }
    // Cut back rarely, not with each event.
    if (this.#events.length > 2 * KEPT_MAX) this.#events = this.#events.slice(-KEPT_MAX);
  }

  /** Up to `limit` events from `from` on; null where the ring does not hold `from`. */
  read(from: number, limit: number): LoggedEvent[] | null {
    const first = this.#events[0]?.off;
    if (first === undefined || from < first || from >= this.end) return null;
    return this.#events.slice(from - first, from - first + limit);
  }
}
