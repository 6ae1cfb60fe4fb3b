import type { Pool } from 'pg';
import { invariant } from '../../../domain/result.js';
import type { Topic } from '../../../domain/topics.js';
import type { RelayedEvent } from '../event-message.js';
import type { RelayPosition } from './relay-positions.js';

type EventRow = [
  topic: Topic,
  part: number,
  off: number,
  key: string,
  eventId: string,
  type: string,
  payload: string,
  createdAt: Date,
];

/** Events of one partition that are not published yet, oldest first. */
export interface Unpublished {
  readonly position: RelayPosition;
  readonly events: readonly RelayedEvent[];
}

export interface ReadLimits {
  /** Events of a partition at most. */
  readonly events: number;
  /** Bytes of payload of a partition at which no further event is read: the one that passes it is the last. */
  readonly bytes: number;
}

/** Reads on from the positions, all partitions in one query; those with nothing new are left out. */
export async function readUnpublished(
  pool: Pool,
  positions: readonly RelayPosition[],
  limits: ReadLimits,
): Promise<Unpublished[]> {
  const { rows } = await pool.query<EventRow>({
    name: 'relay-read',
    text: `SELECT w.topic, w.part, e.off::float8, e.key, e.event_id, e.type, e.payload, e.created_at
           FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS w (topic, part, next_off),
           LATERAL (
             SELECT * FROM (
               SELECT off, key, event_id, type, payload::text AS payload, created_at,
                      sum(octet_length(payload::text)) OVER (ORDER BY off) - octet_length(payload::text) AS bytes_before
               FROM event_log
               WHERE topic = w.topic AND part = w.part AND off >= w.next_off AND off < w.next_off + $4::bigint
             ) AS kept WHERE bytes_before < $5::bigint
           ) AS e
           ORDER BY w.topic, w.part, e.off`,
    values: [
      positions.map(({ topic }) => topic),
      positions.map(({ part }) => part),
      positions.map(({ nextOff }) => nextOff),
      limits.events,
      limits.bytes,
    ],
    rowMode: 'array',
  });
  return byPosition(positions, rows);
}

function byPosition(positions: readonly RelayPosition[], rows: readonly EventRow[]): Unpublished[] {
  const found = new Map<string, RelayedEvent[]>(positions.map(({ topic, part }) => [`${topic}/${part}`, []]));
  for (const [topic, part, off, key, eventId, type, payload, createdAt] of rows) {
    found.get(`${topic}/${part}`)?.push({ topic, part, off, key, eventId, type, payload, createdAt });
  }
  return positions.flatMap((position) => {
    const { topic, part, nextOff } = position;
    const events = found.get(`${topic}/${part}`) ?? [];
    const gap = events.findIndex(({ off }, index) => off !== nextOff + index);
    invariant(gap < 0, `${topic}/${part}: offset ${nextOff + gap} is missing, ${events[gap]?.off} follows`);
    return events.length === 0 ? [] : [{ position, events }];
  });
}
