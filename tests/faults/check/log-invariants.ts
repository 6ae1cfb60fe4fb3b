import type { Pool } from 'pg';

/** Those that tests/support/invariants.ts has not, because they need a run that is over. A row a breach. */
const INVARIANTS: Readonly<Record<string, string>> = {
  '7 every version of a fed bar is in its table once, and in the log once or in a chunk of history': `
    WITH stored AS (
      SELECT symbol, "timestamp", revision FROM market_data
      UNION ALL SELECT symbol, "timestamp", revision FROM market_data_revisions
    ), fed AS (
      SELECT symbol, "timestamp", revision, count(*) AS times FROM stored WHERE "timestamp" >= $1 GROUP BY 1, 2, 3
    ), history AS (
      SELECT payload ->> 'symbol' AS symbol, (payload ->> 'from')::timestamptz AS first, (payload ->> 'to')::timestamptz AS until
      FROM event_log WHERE topic = 'market_data' AND type = 'history_loaded'
    ), logged AS (
      SELECT payload ->> 'symbol' AS symbol, (payload ->> 'timestamp')::timestamptz AS "timestamp",
        (payload ->> 'revision')::int AS revision, count(*) AS times
      FROM event_log WHERE topic = 'market_data' AND type = 'bar' GROUP BY 1, 2, 3
    )
    SELECT symbol || ' ' || "timestamp" || ' revision ' || revision || ': stored ' || COALESCE(f.times, 0)
      || ' times, logged ' || COALESCE(l.times, 0) AS what
    FROM fed f FULL JOIN logged l USING (symbol, "timestamp", revision)
    WHERE f.times IS DISTINCT FROM 1 OR l.times > 1 OR (l.times IS NULL AND NOT EXISTS (
      -- What came as history has one event a chunk.
      SELECT FROM history h WHERE h.symbol = f.symbol AND f."timestamp" >= h.first AND f."timestamp" < h.until))`,
  '6 every bar is answered once by every signal source': `
    WITH sources AS (SELECT DISTINCT payload ->> 'source' AS source FROM event_log WHERE topic = 'trading_signals'),
    bars AS (
      SELECT payload ->> 'symbol' AS symbol, payload ->> 'timestamp' AS bar FROM event_log
      WHERE topic = 'market_data' AND type = 'bar' AND (payload ->> 'revision')::int = 0
    ), answers AS (
      SELECT payload ->> 'source' AS source, payload ->> 'symbol' AS symbol, payload ->> 'bar_timestamp' AS bar, count(*) AS times
      FROM event_log WHERE topic = 'trading_signals' GROUP BY 1, 2, 3
    )
    SELECT source || ' ' || symbol || ' ' || bar || ': ' || COALESCE(times, 0) || ' answers' AS what
    FROM (sources CROSS JOIN bars) wanted FULL JOIN answers USING (source, symbol, bar)
    WHERE times IS DISTINCT FROM 1 OR wanted.bar IS NULL`,
  '8 the log begins at 0 and ends where its counters say': `
    SELECT p.topic || '/' || p.part || ': next_off ' || p.next_off || ', ' || count(e.off) || ' events up to ' || COALESCE(max(e.off), -1) AS what
    FROM log_partition p LEFT JOIN event_log e USING (topic, part) GROUP BY p.topic, p.part, p.next_off
    HAVING count(e.off) <> p.next_off OR COALESCE(max(e.off), -1) <> p.next_off - 1`,
  '10 no group and no account is behind': `
    SELECT c.grp || ' ' || c.topic || '/' || c.part || ' at ' || c.next_off || ' of ' || p.next_off AS what
    FROM consumer_offsets c JOIN log_partition p USING (topic, part) WHERE c.next_off <> p.next_off`,
  '10 no event became a dead letter': `
    SELECT topic || '/' || part || '/' || off || ': ' || (payload ->> 'reason') AS what FROM event_log WHERE topic LIKE '%.dlq'`,
  '10 no order waits for an end': `
    SELECT id || ': ' || status AS what FROM orders WHERE status IN ('PENDING', 'UNKNOWN')`,
};

const SHOWN_MAX = 3;

/** `fedFrom`: epoch milliseconds; bars before it were there before the feed. */
export async function logViolations(pool: Pool, fedFrom: number): Promise<string[]> {
  const violations: string[] = [];
  for (const [name, sql] of Object.entries(INVARIANTS)) {
    const values = sql.includes('$1') ? [new Date(fedFrom).toISOString()] : [];
    const { rows } = await pool.query<{ what: string }>(sql, values);
    for (const { what } of rows.slice(0, SHOWN_MAX)) violations.push(`${name}: ${what}`);
    if (rows.length > SHOWN_MAX) violations.push(`${name}: and ${rows.length - SHOWN_MAX} more`);
  }
  return violations;
}
