import type { Pool } from 'pg';

/** Two logs of the same input, held against each other by what their events say. */
export interface LogComparison {
  readonly events: number;
  /** Events of the clean run that are missing. */
  readonly lost: number;
  /** Events that the clean run has not, or not as often. */
  readonly duplicated: number;
  /** The first of both, to find the fault by. */
  readonly examples: readonly string[];
}

interface Differing {
  readonly side: 'lost' | 'duplicated';
  readonly times: number;
  readonly content: string;
}

/** Neither the place in the log nor the times of its writing: those are nobody's meaning. */
const EVENTS = `SELECT topic, key, type, payload::text AS payload, count(*)::int AS times, min(off) AS off
                FROM event_log GROUP BY 1, 2, 3, 4`;
const EXAMPLES_MAX = 4;
const EXAMPLE_LENGTH_MAX = 600;

export async function compareLogs(clean: Pool, disturbed: Pool): Promise<LogComparison> {
  const [expected, found] = [await eventsOf(clean), await eventsOf(disturbed)];
  const lost = beyond(expected, found, 'lost');
  const duplicated = beyond(found, expected, 'duplicated');
  return {
    events: [...found.values()].reduce((sum, times) => sum + times, 0),
    lost: total(lost),
    duplicated: total(duplicated),
    examples: [...lost.slice(0, EXAMPLES_MAX), ...duplicated.slice(0, EXAMPLES_MAX)].map(
      ({ side, content }) => `${side}: ${content.slice(0, EXAMPLE_LENGTH_MAX)}`,
    ),
  };
}

/** By content, in the order of the log within a topic. */
async function eventsOf(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ topic: string; key: string; type: string; payload: string; times: number }>(
    `${EVENTS} ORDER BY topic, off`,
  );
  return new Map(rows.map(({ topic, key, type, payload, times }) => [`${topic} ${key} ${type} ${payload}`, times]));
}

function beyond(
  some: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
  side: Differing['side'],
): readonly Differing[] {
  return [...some].flatMap(([content, times]) => {
    const more = times - (others.get(content) ?? 0);
    return more > 0 ? [{ side, times: more, content }] : [];
  });
}

function total(of: readonly Differing[]): number {
  return of.reduce((sum, { times }) => sum + times, 0);
}
