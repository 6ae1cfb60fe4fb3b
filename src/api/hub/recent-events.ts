import type { LoggedEvent } from '../../domain/events.js';

/** Events kept a partition: some minutes of a busy minute series, so that a reconnecting client needs no database read. */
const KEPT = 512;

/** The newest events of one partition, consecutive by offset. */
export class RecentEvents {
  private events: LoggedEvent[] = [];

  push(event: LoggedEvent): void {
    this.events.push(event);
    // Twice the size before it is cut: one copy in 512 events instead of one for each.
    if (this.events.length >= 2 * KEPT) this.events = this.events.slice(-KEPT);
  }

  clear(): void {
    this.events = [];
  }

  /** Events with off >= `from`, at most `limit`; null when some of them are no longer here. */
  read(from: number, limit: number): readonly LoggedEvent[] | null {
    const first = this.events[0];
    if (!first || from < first.off) return null;
    const start = from - first.off;
    return this.events.slice(start, start + limit);
  }
}
