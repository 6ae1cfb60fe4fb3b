import type { Pool } from 'pg';
import type { Topic } from '../../../domain/topics.js';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { CONSUMER_POSITIONS } from './consumer-positions.js';

export interface RetentionOptions {
  /** Events younger than this are kept whoever has read them; milliseconds by the database's clock. */
  readonly retentionMs: number;
  /** Rows a delete at most, each in a transaction of its own. */
  readonly batchSize: number;
}

export interface RetentionReport {
  readonly deleted: number;
  /** Groups whose needs were not asked: they have been gone for longer than the retention. */
  readonly droppedGroups: readonly { readonly group: string; readonly goneForMs: number }[];
}

const AGE = (parameter: string): string => `${parameter} * interval '1 millisecond'`;

/**
 * Deletes the oldest events of a partition: those that every live group has acted on and that are older than the
 * retention. It stops at the first that is not, so what is kept has no gap.
 */
const DELETE_BATCH = `
  WITH oldest AS (
    SELECT off, created_at FROM event_log WHERE topic = $1 AND part = $2 ORDER BY off LIMIT $4
  ), keep_from AS (
    SELECT LEAST(
      (SELECT min(next_off) FROM ${CONSUMER_POSITIONS} c
       WHERE c.topic = $1 AND c.part = $2 AND c.alive_until >= now() - ${AGE('$3')}),
      (SELECT min(off) FROM oldest WHERE created_at >= now() - ${AGE('$3')}),
      (SELECT max(off) + 1 FROM oldest)
    ) AS off
  )
  DELETE FROM event_log WHERE topic = $1 AND part = $2 AND off < (SELECT off FROM keep_from)`;

/** Keeps the log from growing for ever. An event id is known, and so refused a second time, as long as its event is kept. */
export class EventRetention {
  constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  async run(options: RetentionOptions): Promise<RetentionReport> {
    const droppedGroups = await this.#droppedGroups(options.retentionMs);
    for (const { group, goneForMs } of droppedGroups) {
      this.logger.error(
        { group, goneForMs },
        'a consumer group is gone for longer than events are kept: they are deleted without it',
      );
    }
    this.metrics.gauge('tradegraph_event_log_dropped_groups', droppedGroups.length);
    const partitions = await this.pool.query<{ topic: Topic; part: number }>(
      'SELECT topic, part FROM log_partition ORDER BY topic, part',
    );
    let deleted = 0;
    for (const { topic, part } of partitions.rows) deleted += await this.#deleteFrom(topic, part, options);
    if (deleted > 0) this.metrics.count('tradegraph_event_log_deleted_total', {}, deleted);
    return { deleted, droppedGroups };
  }

  async #deleteFrom(topic: Topic, part: number, { retentionMs, batchSize }: RetentionOptions): Promise<number> {
    let deleted = 0;
    for (;;) {
      const { rowCount } = await this.pool.query(DELETE_BATCH, [topic, part, retentionMs, batchSize]);
      deleted += rowCount ?? 0;
      if ((rowCount ?? 0) < batchSize) return deleted;
    }
  }

  async #droppedGroups(retentionMs: number): Promise<{ group: string; goneForMs: number }[]> {
    const { rows } = await this.pool.query<{ group: string; goneForMs: number }>(
      `SELECT grp AS "group", extract(epoch FROM now() - max(alive_until))::float8 * 1000 AS "goneForMs"
       FROM ${CONSUMER_POSITIONS} c GROUP BY grp HAVING max(alive_until) < now() - ${AGE('$1')} ORDER BY grp`,
      [retentionMs],
    );
    return rows;
  }
}
