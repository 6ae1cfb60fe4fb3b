import type { Pool } from 'pg';
import type { Topic } from '../../domain/topics.js';
import { partitionName, type LogPartition } from '../postgres/event-log/log-record.js';

interface UnreadRow {
  readonly topic: Topic;
  readonly part: number;
  readonly nextOff: number;
  readonly isOurs: boolean;
}

export interface OverlookedOptions {
  readonly pool: Pool;
  readonly group: string;
  readonly owner: string;
  readonly topics: readonly Topic[];
  /** A lease that is over for so long is nobody's who will come back to it soon; milliseconds of the database's clock. */
  readonly abandonedMs: number;
}

export interface Overlooked {
  /** Ours, with events that it had at the last look already, and not one of them acted on since. */
  readonly standing: readonly LogPartition[];
  /** Nobody's, whoever Kafka has assigned them to, with events to act on at this look and the one before. */
  readonly abandoned: readonly LogPartition[];
}

/**
 * A look into the database at what Kafka should have made happen: every event is brought to somebody who acts on it. It is
 * needed where Kafka believes something that is not so: that a member is at work whose process hangs or has no database.
 */
export class OverlookedPartitions {
  #unread = new Map<string, number>();

  constructor(private readonly options: OverlookedOptions) {}

  /** Compares with the look before. Throws when the database does not answer. */
  async look(): Promise<Overlooked> {
    const { pool, group, owner, topics, abandonedMs } = this.options;
    const { rows } = await pool.query<UnreadRow>({
      name: 'kafka-overlooked',
      text: `SELECT c.topic, c.part, c.next_off::float8 AS "nextOff", COALESCE(c.owner = $2, false) AS "isOurs"
             FROM consumer_offsets c JOIN log_partition p ON p.topic = c.topic AND p.part = c.part
             WHERE c.grp = $1 AND c.topic = ANY($3) AND c.next_off < p.next_off
               AND (c.owner = $2 OR COALESCE(c.lease_until, '-infinity') < clock_timestamp() - $4 * interval '1 millisecond')
             ORDER BY c.topic, c.part`,
      values: [group, owner, topics, abandonedMs],
    });
    const before = this.#unread;
    this.#unread = new Map(rows.map(({ topic, part, nextOff }) => [partitionName(topic, part), nextOff]));
    const still = rows.filter(({ topic, part, nextOff }) => before.get(partitionName(topic, part)) === nextOff);
    return { standing: still.filter(({ isOurs }) => isOurs), abandoned: still.filter(({ isOurs }) => !isOurs) };
  }
}
