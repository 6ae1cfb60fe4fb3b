import type { Client } from 'pg';
import { quoted } from './own-schema.js';

/** Folders of strategies, where they were and where they are. */
export interface MovedStrategies {
  readonly from: string;
  readonly to: string;
}

/**
 * What may not come back as it was. The log gets an identity of its own: behind the backup's head other events will take
 * the offsets that clients have seen already, so their cursors must be refused and not misread. Nobody holds a lease, and no
 * group has been gone for longer than since now, or retention would no longer wait for it.
 */
export async function settleRestoredState(client: Client, strategies: MovedStrategies): Promise<void> {
  await client.query('UPDATE log_identity SET id = gen_random_uuid()');
  await client.query('DELETE FROM consumer_members');
  for (const table of await tablesWith(client, 'lease_until')) {
    await client.query(`UPDATE ${quoted(table)} SET owner = NULL, lease_until = now()`);
  }
  if (strategies.from === strategies.to) return;
  for (const table of await tablesWith(client, 'reference')) {
    await client.query(
      `UPDATE ${quoted(table)} SET reference = jsonb_set(reference, '{path}', to_jsonb($2 || substr(reference ->> 'path', length($1) + 1)))
       WHERE reference ->> 'kind' = 'FILE' AND starts_with(reference ->> 'path', $1)`,
      [`${strategies.from}/`, `${strategies.to}/`],
    );
  }
}

async function tablesWith(client: Client, column: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = $1 AND table_name <> 'consumer_members' ORDER BY 1`,
    [column],
  );
  return rows.map(({ name }) => name);
}

/** Partitions whose events have a gap or do not end at the head, and groups that have read beyond it. [] is right. */
export async function logFaults(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(
    `SELECT p.topic || '/' || p.part || ': ' || count(e.off) || ' events from ' || min(e.off) || ' to ' || max(e.off)
         || ', next ' || p.next_off AS fault
       FROM log_partition p JOIN event_log e USING (topic, part) GROUP BY p.topic, p.part, p.next_off
       HAVING count(e.off) <> max(e.off) - min(e.off) + 1 OR max(e.off) + 1 <> p.next_off
     UNION ALL
     SELECT c.grp || ' stands at ' || c.next_off || ' of ' || c.topic || '/' || c.part FROM consumer_offsets c
       LEFT JOIN log_partition p USING (topic, part) WHERE p.next_off IS NULL OR c.next_off > p.next_off`,
  );
  return rows.map(({ fault }) => fault);
}
