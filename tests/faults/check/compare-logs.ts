import type { Pool } from 'pg';

/** Two logs of the same input, held against each other by what their events say. */
export interface LogComparison {
  readonly events: number;
  /** Events of the clean run that are missing. */
  readonly lost: number;
  /** Events that the clean run has not, or not as often. */
  readonly duplicated: number;
}

/** Neither the place in the log nor the times of its writing: those are nobody's meaning. */
const EVENTS = `SELECT topic || ' ' || part || ' ' || key || ' ' || type || ' ' || md5(payload::text) AS content, count(*)::int AS times
                FROM event_log GROUP BY 1`;

export async function compareLogs(clean: Pool, disturbed: Pool): Promise<LogComparison> {
  const [expected, found] = [await eventsOf(clean), await eventsOf(disturbed)];
  return {
    events: [...found.values()].reduce((sum, times) => sum + times, 0),
    lost: missingIn(found, expected),
    duplicated: missingIn(expected, found),
  };
}

async function eventsOf(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ content: string; times: number }>(EVENTS);
  return new Map(rows.map(({ content, times }) => [content, times]));
}

/** How many of `others` there are that `some` has not, or not as often. */
function missingIn(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): number {
  return [...others].reduce((sum, [content, times]) => sum + Math.max(0, times - (some.get(content) ?? 0)), 0);
}
