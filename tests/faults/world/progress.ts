import type { Pool } from 'pg';

/** How far a world has come, asked past its proxies. Both throw while the database is away. */
export interface Progress {
  /** Share of the feed that has been polled, 0 to 1. */
  fed(): Promise<number>;
  /** What is still to do when the feed is over; null when nothing is. */
  leftToDo(): Promise<string | null>;
}

const GROUPS_BEHIND = `
  SELECT c.grp || ' ' || c.topic || '/' || c.part || ' at ' || c.next_off || ' of ' || p.next_off AS what
  FROM consumer_offsets c JOIN log_partition p USING (topic, part) WHERE c.next_off < p.next_off
  UNION ALL
  SELECT a.id || ' ' || fed.topic || '/' || (offs.place - 1) || ' at ' || offs.next_off || ' of ' || p.next_off
  FROM accounts a, jsonb_each(a.feed -> 'offsets') AS fed (topic, offs),
    jsonb_array_elements_text(fed.offs) WITH ORDINALITY AS offs (next_off, place)
  JOIN log_partition p ON p.part = offs.place - 1 WHERE p.topic = fed.topic AND offs.next_off::bigint < p.next_off`;

export function progressOf(pool: Pool, minutes: number): Progress {
  return {
    async fed() {
      const { rows } = await pool.query<{ minute: number }>('SELECT minute FROM fault_feed');
      return (rows[0]?.minute ?? 0) / minutes;
    },
    async leftToDo() {
      const { rows } = await pool.query<{ what: string }>(`${GROUPS_BEHIND} LIMIT 5`);
      return rows.length === 0 ? null : rows.map(({ what }) => what).join('; ');
    },
  };
}
