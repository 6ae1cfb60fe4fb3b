import type { Pool } from 'pg';
import type { BusinessTopic } from '../../../domain/topics.js';
import { OLDEST_OFFSET } from './event-reader.js';
import type { LogPartition } from './log-record.js';

export interface OwnedPartition {
  readonly topic: BusinessTopic;
  readonly part: number;
  readonly epoch: number;
}

export interface ClaimedPartition extends OwnedPartition {
  readonly nextOff: number;
}

/** Partitions of the group's topics, and how many consumers share them, this one included. */
export interface GroupShare {
  readonly partitions: number;
  readonly members: number;
}

export interface MembershipOptions {
  readonly pool: Pool;
  readonly group: string;
  readonly owner: string;
  readonly topics: readonly BusinessTopic[];
  readonly start: 'earliest' | 'latest';
  /** A consumer that is not heard of for so long loses its partitions. Measured by the database's clock. */
  readonly leaseMs: number;
}

const LEASE_END = (parameter: string): string => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

/** One consumer's part in its group, as rows: it is alive, and it holds partitions by lease and epoch. */
export class GroupMembership {
  constructor(private readonly options: MembershipOptions) {}

  /** Says where a group begins that is new to a topic. Rows that are there stay as they are. */
  async register(): Promise<void> {
    const { pool, group, topics, start } = this.options;
    await pool.query(
      `INSERT INTO consumer_offsets (grp, topic, part, next_off)
       SELECT $1, p.topic, p.part, ${start === 'earliest' ? OLDEST_OFFSET : 'p.next_off'}
       FROM log_partition p WHERE p.topic = ANY($2)
       ON CONFLICT DO NOTHING`,
      [group, topics],
    );
  }

  /** Says that this consumer is alive, renews its leases and forgets members whose lease is over. */
  async heartbeat(): Promise<GroupShare> {
    const { pool, group, owner, topics, leaseMs } = this.options;
    // A lease's row that is locked is in the middle of a commit of our own, which renews it too. After an outage all
    // members find each other gone at the same time: skipping what is locked keeps them from waiting in a circle.
    await pool.query(
      `WITH mine AS (
         SELECT topic, part FROM consumer_offsets WHERE grp = $1 AND owner = $2 FOR UPDATE SKIP LOCKED
       ), renewed AS (
         UPDATE consumer_offsets c SET lease_until = ${LEASE_END('$3')}
         FROM mine WHERE c.grp = $1 AND c.topic = mine.topic AND c.part = mine.part
       ), gone AS (
         DELETE FROM consumer_members WHERE (grp, owner) IN (
           SELECT grp, owner FROM consumer_members
           WHERE grp = $1 AND owner <> $2 AND lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED)
       )
       INSERT INTO consumer_members (grp, owner, lease_until) VALUES ($1, $2, ${LEASE_END('$3')})
       ON CONFLICT (grp, owner) DO UPDATE SET lease_until = EXCLUDED.lease_until`,
      [group, owner, leaseMs],
    );
    const { rows } = await pool.query<{ partitions: number; members: number }>(
      `SELECT (SELECT count(*) FROM consumer_offsets WHERE grp = $1 AND topic = ANY($2))::int AS partitions,
              (SELECT count(*) FROM consumer_members WHERE grp = $1)::int AS members`,
      [group, topics],
    );
    return rows[0] ?? { partitions: 0, members: 1 };
  }

  /** What this consumer owns by the database's word. */
  async owned(): Promise<OwnedPartition[]> {
    const { pool, group, owner } = this.options;
    const { rows } = await pool.query<OwnedPartition>(
      'SELECT topic, part, epoch::float8 AS epoch FROM consumer_offsets WHERE grp = $1 AND owner = $2',
      [group, owner],
    );
    return rows;
  }

  /** Takes up to `count` partitions that are free or whose lease is over; each gets a new epoch. Waits for nobody. */
  async claim(count: number): Promise<ClaimedPartition[]> {
    const { pool, group, owner, topics, leaseMs } = this.options;
    const { rows } = await pool.query<ClaimedPartition>(
      `WITH free AS (
         SELECT topic, part FROM consumer_offsets
         WHERE grp = $1 AND topic = ANY($3) AND (owner IS NULL OR lease_until < clock_timestamp())
         ORDER BY topic, part LIMIT $4 FOR UPDATE SKIP LOCKED
       )
       UPDATE consumer_offsets c SET owner = $2, epoch = c.epoch + 1, lease_until = ${LEASE_END('$5')}
       FROM free WHERE c.grp = $1 AND c.topic = free.topic AND c.part = free.part
       RETURNING c.topic, c.part, c.epoch::float8 AS epoch, c.next_off::float8 AS "nextOff"`,
      [group, owner, topics, count, leaseMs],
    );
    return rows;
  }

  /**
   * Takes these partitions from whoever has them, each with a new epoch that fences the owner before. For a transport that
   * says itself who owns what. Waits for a commit that is under way.
   */
  async takeOver(partitions: readonly LogPartition[]): Promise<ClaimedPartition[]> {
    const { pool, group, owner, leaseMs } = this.options;
    const { rows } = await pool.query<ClaimedPartition>(
      `WITH taken AS (
         SELECT topic, part FROM consumer_offsets
         WHERE grp = $1 AND (topic, part) IN (SELECT * FROM unnest($3::text[], $4::integer[]))
         ORDER BY topic, part FOR UPDATE
       )
       UPDATE consumer_offsets c SET owner = $2, epoch = c.epoch + 1, lease_until = ${LEASE_END('$5')}
       FROM taken WHERE c.grp = $1 AND c.topic = taken.topic AND c.part = taken.part
       RETURNING c.topic, c.part, c.epoch::float8 AS epoch, c.next_off::float8 AS "nextOff"`,
      [group, owner, partitions.map(({ topic }) => topic), partitions.map(({ part }) => part), leaseMs],
    );
    return rows;
  }

  /** Gives one partition back, unless it has another owner by now. */
  async release({ topic, part, epoch }: OwnedPartition): Promise<void> {
    const { pool, group, owner } = this.options;
    await pool.query(
      `UPDATE consumer_offsets SET owner = NULL, lease_until = clock_timestamp()
       WHERE grp = $1 AND topic = $2 AND part = $3 AND owner = $4 AND epoch = $5`,
      [group, topic, part, owner, epoch],
    );
  }

  /** Gives everything back and leaves the group. */
  async leave(): Promise<void> {
    const { pool, group, owner } = this.options;
    await pool.query(
      `WITH released AS (
         UPDATE consumer_offsets SET owner = NULL, lease_until = clock_timestamp() WHERE grp = $1 AND owner = $2
       )
       DELETE FROM consumer_members WHERE grp = $1 AND owner = $2`,
      [group, owner],
    );
  }
}
