import { types, type CustomTypesConfig, type Pool } from 'pg';
import { invariant } from '../../../domain/result.js';
import type { LoggedEvent, LoggedEventOf } from '../../../domain/events.js';
import { PARTITIONS, type BusinessTopic, type Topic } from '../../../domain/topics.js';
import { LogGapError, type OffsetVector } from '../../../ports/event-bus.js';

type EventRow = [off: number, key: string, eventId: string, type: string, payload: object, createdAt: number];

/** Oldest offset that is kept: the head where nothing is. `p` is the partition's row. */
export const OLDEST_OFFSET = `COALESCE(
  (SELECT e.off FROM event_log e WHERE e.topic = p.topic AND e.part = p.part ORDER BY e.off LIMIT 1), p.next_off)::float8`;

/** As pg's, but events of one commit have one created_at, which need not be taken apart for each of them. */
const LOG_TYPES: CustomTypesConfig = {
  getTypeParser: (id, format) => (id === types.builtins.TIMESTAMPTZ ? parseTime : types.getTypeParser(id, format)),
};
const parseTimestamptz = types.getTypeParser(types.builtins.TIMESTAMPTZ);
let lastTime = { text: '', value: NaN };
function parseTime(text: string): number {
  if (text !== lastTime.text) lastTime = { text, value: Number(parseTimestamptz(text)) };
  return lastTime.value;
}

/** Where a consumer's events come from: the log, or what stands in front of it. */
export type EventSource = Pick<EventReader, 'read'>;

/** Reads the log. Every answer is proven to be without a gap by its offsets. */
export class EventReader {
  constructor(private readonly pool: Pool) {}

  /**
   * Up to `limit` events with off >= `from`, oldest first. Throws LogGapError when `from` is no longer kept, and an
   * invariant's error when an offset within the log is missing.
   */
  async read<T extends BusinessTopic>(
    topic: T,
    part: number,
    from: number,
    limit: number,
  ): Promise<LoggedEventOf<T>[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: 'event-log-read',
      // Offsets have no gaps, so the range is the limit; sorted by the key, not by the float that is answered.
      text: `SELECT e.off::float8 AS off, e.key, e.event_id, e.type, e.payload, e.created_at FROM event_log e
             WHERE e.topic = $1 AND e.part = $2 AND e.off >= $3::bigint AND e.off < $3::bigint + $4 ORDER BY e.off`,
      values: [topic, part, from, limit],
      rowMode: 'array',
      types: LOG_TYPES,
    });
    if (rows[0]?.[0] !== from) await this.#refuseGap(topic, part, from);
    const gap = rows.findIndex(([off], index) => off !== from + index);
    invariant(gap < 0, `${topic}/${part}: offset ${from + gap} is missing, ${rows[gap]?.[0]} follows`);
    return rows.map((row) => loggedEvent(topic, part, row));
  }

  async head(topic: Topic): Promise<OffsetVector> {
    return this.#vector(topic, 'p.next_off::float8');
  }

  async oldest(topic: Topic): Promise<OffsetVector> {
    return this.#vector(topic, OLDEST_OFFSET);
  }

  async #refuseGap(topic: Topic, part: number, from: number): Promise<void> {
    const { rows } = await this.pool.query<{ head: number; oldest: number }>(
      `SELECT next_off::float8 AS head, ${OLDEST_OFFSET} AS oldest FROM log_partition p WHERE topic = $1 AND part = $2`,
      [topic, part],
    );
    const [bounds] = rows;
    invariant(bounds, `the event log has the partition ${topic}/${part}`);
    if (bounds.oldest > from) throw new LogGapError(topic, part, from, bounds.oldest);
  }

  async #vector(topic: Topic, column: string): Promise<OffsetVector> {
    const { rows } = await this.pool.query<{ part: number; off: number }>(
      `SELECT part, ${column} AS off FROM log_partition p WHERE topic = $1 ORDER BY part`,
      [topic],
    );
    invariant(rows.length === PARTITIONS, `${topic} has ${PARTITIONS} partitions, not ${rows.length}`);
    return rows.map(({ off }) => off);
  }
}

function loggedEvent<T extends BusinessTopic>(topic: T, part: number, row: EventRow): LoggedEventOf<T> {
  const [off, key, eventId, type, payload, createdAt] = row;
  const event = { topic, part, off, key, eventId, type, payload, createdAt };
  // What is in the log was typed when it was appended.
  return event as LoggedEvent as LoggedEventOf<T>;
}
