import type { Pool } from 'pg';
import type { Topic } from '../../../domain/topics.js';

/**
 * Rows (grp, topic, part, next_off, alive_until): how far every reader of the log has acted. Accounts are readers too
 * (`account:<id>`): their row holds a vector of next offsets by topic. `alive_until` says until when it was heard of;
 * an account that was given back in good order says nothing of that and counts as alive.
 */
export const CONSUMER_POSITIONS = `(
  SELECT grp, topic, part, next_off, max(GREATEST(lease_until, updated_at)) OVER (PARTITION BY grp) AS alive_until
  FROM consumer_offsets
  UNION ALL
  SELECT 'account:' || a.id, fed.topic, (offs.place - 1)::integer, offs.next_off::bigint, COALESCE(a.lease_until, now())
  FROM accounts a,
       jsonb_each(COALESCE(a.feed -> 'offsets', '{}')) AS fed (topic, offs),
       jsonb_array_elements_text(fed.offs) WITH ORDINALITY AS offs (next_off, place)
)`;

export interface ConsumerPosition {
  readonly group: string;
  readonly topic: Topic;
  readonly part: number;
  readonly nextOff: number;
  /** Next offset that will be written to the partition. */
  readonly head: number;
}

export async function consumerPositions(pool: Pool): Promise<ConsumerPosition[]> {
  const { rows } = await pool.query<ConsumerPosition>(
    `SELECT c.grp AS "group", topic, part, c.next_off::float8 AS "nextOff", p.next_off::float8 AS head
     FROM ${CONSUMER_POSITIONS} c JOIN log_partition p USING (topic, part)
     ORDER BY c.grp, topic, part`,
  );
  return rows;
}
