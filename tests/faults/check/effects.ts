import type { Pool } from 'pg';
import { AUDITED_TOPICS } from '../world/audit.js';

/** What the audit has noted, held against the log. */
export interface AuditFindings {
  readonly events: number;
  /** Events of the log that it was never told of. */
  readonly lost: number;
  /** Effects beyond the first of an event. */
  readonly duplicated: number;
  /** Effects of a partition that came before one of a lower offset. */
  readonly outOfOrder: number;
  /** Effects of events that are not in the log. */
  readonly unknown: number;
}

const SQL = `
  SELECT
    (SELECT count(*) FROM event_log WHERE topic = ANY ($1))::int AS events,
    (SELECT count(*) FROM event_log e WHERE topic = ANY ($1) AND NOT EXISTS (
       SELECT FROM fault_effects f WHERE f.topic = e.topic AND f.part = e.part AND f.off = e.off))::int AS lost,
    (SELECT COALESCE(sum(times - 1), 0) FROM (SELECT count(*) AS times FROM fault_effects GROUP BY topic, part, off) n)::int AS duplicated,
    (SELECT count(*) FROM (
       SELECT off, max(off) OVER (PARTITION BY topic, part ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
       FROM fault_effects) o WHERE off < before)::int AS "outOfOrder",
    (SELECT count(*) FROM fault_effects f WHERE NOT EXISTS (SELECT FROM event_log e WHERE e.event_id = f.event_id))::int AS unknown`;

export async function auditFindings(pool: Pool): Promise<AuditFindings> {
  const { rows } = await pool.query<AuditFindings>(SQL, [AUDITED_TOPICS]);
  const [findings] = rows;
  if (findings === undefined) throw new Error('a query without FROM answers one row');
  return findings;
}
