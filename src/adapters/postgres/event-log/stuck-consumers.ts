import type { GroupLag } from '../../../ports/event-bus.js';
import type { ConsumerPosition } from './consumer-positions.js';

interface Standstill {
  readonly nextOff: number;
  /** Since when it has events to act on and has not moved; milliseconds of a monotonic clock. */
  readonly sinceMs: number;
}

/** Longest standstill of a group on a topic, in milliseconds; 0 when it has nothing left or moves. */
export interface GroupStandstill {
  readonly group: string;
  readonly topic: string;
  readonly standstillMs: number;
}

/** Tells consumers that work slowly from those that do not move at all, by looking at their positions again and again. */
export class StandstillWatch {
  #seen = new Map<string, Standstill>();

  /** `nowMs`: a monotonic clock. */
  observe(positions: readonly ConsumerPosition[], nowMs: number): GroupStandstill[] {
    const seen = new Map<string, Standstill>();
    const longest = new Map<string, GroupStandstill>();
    for (const { group, topic, part, nextOff, head } of positions) {
      const name = `${group} ${topic}/${part}`;
      const before = this.#seen.get(name);
      const stands = before !== undefined && before.nextOff === nextOff && nextOff < head;
      const sinceMs = stands ? before.sinceMs : nowMs;
      seen.set(name, { nextOff, sinceMs });
      const key = `${group} ${topic}`;
      const standstillMs = Math.max(nowMs - sinceMs, longest.get(key)?.standstillMs ?? 0);
      longest.set(key, { group, topic, standstillMs });
    }
    this.#seen = seen;
    return [...longest.values()];
  }
}

/** Events that each group has yet to act on, by topic. */
export function lagByGroup(positions: readonly ConsumerPosition[]): GroupLag[] {
  const lags = new Map<string, GroupLag>();
  for (const { group, topic, nextOff, head } of positions) {
    const key = `${group} ${topic}`;
    lags.set(key, { group, topic, events: (lags.get(key)?.events ?? 0) + head - nextOff });
  }
  return [...lags.values()];
}
