import type { Pool } from 'pg';
import { isDatabaseFault } from '../../../src/adapters/postgres/event-log/database-fault.js';
import type { Input } from './input.js';

/** How far a world has come, asked past its proxies. Both throw while the database is away. */
export interface Progress {
  /** Share of the input that is in the database, 0 to 1. */
  fed(): Promise<number>;
  /** What is still to do when the input is over; null when nothing is. */
  leftToDo(): Promise<string | null>;
}

const GROUPS_BEHIND = `
  SELECT c.grp || ' ' || c.topic || '/' || c.part || ' at ' || c.next_off || ' of ' || p.next_off AS what
  FROM consumer_offsets c JOIN log_partition p USING (topic, part) WHERE c.next_off < p.next_off
  UNION ALL
  SELECT a.id || ' ' || fed.topic || '/' || (offs.place - 1) || ' at ' || offs.next_off || ' of ' || p.next_off
  FROM accounts a, jsonb_each(a.feed -> 'offsets') AS fed (topic, offs),
    jsonb_array_elements_text(fed.offs) WITH ORDINALITY AS offs (next_off, place)
  JOIN log_partition p ON p.part = offs.place - 1 WHERE $1::boolean AND p.topic = fed.topic AND offs.next_off::bigint < p.next_off`;

/** `trades`: whether somebody acts for the accounts. */
export function progressOf(pool: Pool, input: Input, trades: boolean): Progress {
  return {
    fed: () => input.fed(pool),
    async leftToDo() {
      const { rows } = await pool.query<{ what: string }>(`${GROUPS_BEHIND} LIMIT 5`, [trades]);
      return rows.length === 0 ? null : rows.map(({ what }) => what).join('; ');
    },
  };
}

/** The database did not answer: it is asked again. */
export const AWAY = 'away';

/** Any error but one of the database is a mistake of the harness, and must not look like a world that stands still. */
export async function unlessAway<T>(ask: () => Promise<T>): Promise<T | typeof AWAY> {
  try {
    return await ask();
  } catch (error) {
    if (isDatabaseFault(error)) return AWAY;
    throw error;
  }
}

const LEFT_TO_DO_DEADLINE_MS = 180_000;
const LOOK_EVERY_MS = 100;

/**
 * Waits for the end of the input, and then until everybody has acted on it. Answers what is left when neither has moved for three
 * minutes, else null.
 */
export async function untilNothingIsLeft({ fed, leftToDo }: Progress): Promise<string | null> {
  let movedAt = performance.now();
  let last = '';
  for (;;) {
    const share = await unlessAway(fed);
    const left = share === AWAY || share < 1 ? `the input stands at ${String(share)}` : await unlessAway(leftToDo);
    if (left === null) return null;
    if (left !== last) movedAt = performance.now();
    last = left;
    if (performance.now() - movedAt > LEFT_TO_DO_DEADLINE_MS) return left;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
