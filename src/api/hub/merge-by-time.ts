import type { LoggedEvent } from '../../domain/events.js';

/**
 * Events of several partitions in about the order they were appended in. Each list stays in its own order, which is
 * the only one that is promised: times within a partition may go back by a transaction's length.
 */
export function mergeByTime(lists: readonly (readonly LoggedEvent[])[]): LoggedEvent[] {
  if (lists.length === 1) return [...(lists[0] ?? [])];
  const merged: LoggedEvent[] = [];
  const next = lists.map(() => 0);
  for (;;) {
    let earliest: LoggedEvent | undefined;
    let from = -1;
    for (const [index, list] of lists.entries()) {
      const event = list[next[index] ?? 0];
      if (event && (!earliest || event.createdAt < earliest.createdAt)) {
        earliest = event;
        from = index;
      }
    }
    if (!earliest) return merged;
    merged.push(earliest);
    next[from] = (next[from] ?? 0) + 1;
  }
}
