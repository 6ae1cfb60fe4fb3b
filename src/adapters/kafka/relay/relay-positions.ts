import type { Pool } from 'pg';
import { ALL_TOPICS, type Topic } from '../../../domain/topics.js';
import type { Logger } from '../../../ports/logger.js';
import { OLDEST_OFFSET } from '../../postgres/event-log/event-reader.js';
import type { LogRecord } from '../../postgres/event-log/log-record.js';
import { PgTransaction } from '../../postgres/transaction.js';

/** The relay's name among the log's consumer groups: its lag is theirs to see, and retention waits for it. */
export const RELAY_GROUP = 'kafka-relay';

/** A partition of the log as far as it is published. */
export interface RelayPosition {
  readonly topic: Topic;
  readonly part: number;
  readonly epoch: number;
  /** Everything below it is in Kafka, and the database knows. */
  nextOff: number;
  /** Everything below it was read, and is published or about to be. */
  readOff: number;
}

export interface RelayAdvance {
  readonly position: RelayPosition;
  /** Everything below it is in Kafka. */
  readonly next: number;
}

export interface RelayPositionsOptions {
  readonly pool: Pool;
  readonly owner: string;
  readonly leaseMs: number;
  readonly logger: Logger;
}

const LEASE_END = (parameter: string): string => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

/** How far the log is published: rows of `consumer_offsets`, held by one process at a time by lease, and fenced by epoch. */
export class RelayPositions {
  constructor(private readonly options: RelayPositionsOptions) {}

  /** A relay that is new begins at the oldest event that is kept. */
  async register(): Promise<void> {
    await this.options.pool.query(
      `INSERT INTO consumer_offsets (grp, topic, part, next_off)
       SELECT $1, p.topic, p.part, ${OLDEST_OFFSET} FROM log_partition p WHERE p.topic = ANY($2) ON CONFLICT DO NOTHING`,
      [RELAY_GROUP, ALL_TOPICS],
    );
  }

  /** Takes every partition that nobody holds; waits for nobody. What was deleted before it was published is skipped, and said. */
  async claim(): Promise<RelayPosition[]> {
    const { pool, owner, leaseMs, logger } = this.options;
    const { rows } = await pool.query<Omit<RelayPosition, 'readOff'> & { missed: number }>(
      `WITH free AS (
         SELECT topic, part, next_off FROM consumer_offsets
         WHERE grp = $1 AND (owner IS NULL OR lease_until < clock_timestamp())
         ORDER BY topic, part FOR UPDATE SKIP LOCKED
       ), kept AS (
         SELECT free.*, GREATEST(free.next_off, ${OLDEST_OFFSET}::bigint) AS oldest
         FROM free JOIN log_partition p ON p.topic = free.topic AND p.part = free.part
       )
       UPDATE consumer_offsets c
       SET owner = $2, epoch = c.epoch + 1, lease_until = ${LEASE_END('$3')}, next_off = kept.oldest
       FROM kept WHERE c.grp = $1 AND c.topic = kept.topic AND c.part = kept.part
       RETURNING c.topic, c.part, c.epoch::float8 AS epoch, c.next_off::float8 AS "nextOff",
                 (kept.oldest - kept.next_off)::float8 AS missed`,
      [RELAY_GROUP, owner, leaseMs],
    );
    for (const { topic, part, missed } of rows) {
      if (missed > 0) logger.error({ topic, part, missed }, 'events were deleted before they were published to Kafka');
    }
    return rows.map(({ topic, part, epoch, nextOff }) => ({ topic, part, epoch, nextOff, readOff: nextOff }));
  }

  /** Renews the leases of what this process holds. */
  async renew(): Promise<void> {
    const { pool, owner, leaseMs } = this.options;
    await pool.query(
      `WITH mine AS (
         SELECT topic, part FROM consumer_offsets WHERE grp = $1 AND owner = $2
         ORDER BY topic, part FOR UPDATE SKIP LOCKED
       )
       UPDATE consumer_offsets c SET lease_until = ${LEASE_END('$3')}
       FROM mine WHERE c.grp = $1 AND c.topic = mine.topic AND c.part = mine.part`,
      [RELAY_GROUP, owner, leaseMs],
    );
  }

  /**
   * Moves positions on, with the letters of what could not be published, in one transaction. Throws, and has changed
   * nothing, when one of them has another owner by now.
   */
  async advance(advances: readonly RelayAdvance[], letters: readonly LogRecord[]): Promise<void> {
    const { pool, owner, leaseMs } = this.options;
    const ordered = [...advances].sort(({ position: a }, { position: b }) =>
      a.topic === b.topic ? a.part - b.part : a.topic < b.topic ? -1 : 1,
    );
    const query = {
      name: 'relay-advance',
      // Losing the last positions in a crash of the server only publishes again, and consumers skip that: no wait for the disk.
      text: `SELECT advance_consumer($1, a.topic, a.part, $2, a.epoch, a.expected, a.next, $3)
             FROM (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed,
                  unnest($4::text[], $5::integer[], $6::bigint[], $7::bigint[], $8::bigint[]) AS a (topic, part, epoch, expected, next)`,
      values: [
        RELAY_GROUP,
        owner,
        leaseMs,
        ordered.map(({ position }) => position.topic),
        ordered.map(({ position }) => position.part),
        ordered.map(({ position }) => position.epoch),
        ordered.map(({ position }) => position.nextOff),
        ordered.map(({ next }) => next),
      ],
    };
    if (letters.length === 0) await pool.query(query);
    else {
      await PgTransaction.run(pool, async (tx) => {
        await tx.query(query);
        for (const letter of letters) tx.appendRecord(letter);
      });
    }
    for (const { position, next } of advances) position.nextOff = next;
  }

  /** Gives everything back, for another process to go on. */
  async release(): Promise<void> {
    const { pool, owner } = this.options;
    await pool.query(
      `UPDATE consumer_offsets SET owner = NULL, lease_until = clock_timestamp() WHERE grp = $1 AND owner = $2`,
      [RELAY_GROUP, owner],
    );
  }
}
