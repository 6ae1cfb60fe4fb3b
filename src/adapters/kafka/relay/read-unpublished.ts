import { types, type CustomTypesConfig, type Pool } from 'pg';
import { invariant } from '../../../domain/result.js';
import type { RelayedEvent } from '../event-message.js';
import type { RelayPosition } from './relay-positions.js';

/** `place` is the position's, from 1 on; the time is ISO 8601. */
type EventRow = [place: number, off: number, key: string, eventId: string, type: string, payload: string, at: string];

/** Events of one partition that are not published yet, oldest first. */
export interface Unpublished {
  readonly position: RelayPosition;
  readonly events: readonly RelayedEvent[];
  /** A limit has ended it: there may be more. */
  readonly isCut: boolean;
}

export interface ReadLimits {
  /** Events of a partition at most. */
  readonly events: number;
  /** Bytes of payload of a partition at which no further event is read: the one that passes it is the last. */
  readonly bytes: number;
}

/** Events of one commit, which stand together, have one created_at: it is written anew only where it changes. */
const RELAY_TYPES: CustomTypesConfig = {
  getTypeParser: (id, format) => (id === types.builtins.TIMESTAMPTZ ? isoTime : types.getTypeParser(id, format)),
};
const parseTimestamptz: (text: string) => Date = types.getTypeParser(types.builtins.TIMESTAMPTZ);
let lastTime = { text: '', iso: '' };
function isoTime(text: string): string {
  if (text !== lastTime.text) lastTime = { text, iso: parseTimestamptz(text).toISOString() };
  return lastTime.iso;
}

/**
 * Reads on from where each position was last read, all partitions in one query; those with nothing new are left out. A
 * payload becomes text once (OFFSET 0 keeps the planner from doing it again for each use): that is most of the work.
 */
export async function readUnpublished(
  pool: Pool,
  positions: readonly RelayPosition[],
  limits: ReadLimits,
): Promise<Unpublished[]> {
  const { rows } = await pool.query<EventRow>({
    name: 'relay-read',
    text: `SELECT w.place::int, e.off::float8, e.key, e.event_id, e.type, e.payload, e.created_at
           FROM unnest($1::text[], $2::integer[], $3::bigint[]) WITH ORDINALITY AS w (topic, part, next_off, place),
           LATERAL (
             SELECT *, sum(octet_length(payload)) OVER (ORDER BY off) - octet_length(payload) AS bytes_before
             FROM (
               SELECT off, key, event_id, type, payload::text AS payload, created_at FROM event_log
               WHERE topic = w.topic AND part = w.part AND off >= w.next_off AND off < w.next_off + $4::bigint
               ORDER BY off OFFSET 0
             ) AS kept
           ) AS e
           WHERE e.bytes_before < $5::bigint
           ORDER BY w.place, e.off`,
    values: [
      positions.map(({ topic }) => topic),
      positions.map(({ part }) => part),
      positions.map(({ readOff }) => readOff),
      limits.events,
      limits.bytes,
    ],
    rowMode: 'array',
    types: RELAY_TYPES,
  });
  return byPosition(positions, rows, limits);
}

function byPosition(positions: readonly RelayPosition[], rows: readonly EventRow[], limits: ReadLimits): Unpublished[] {
  const found = positions.map((): RelayedEvent[] => []);
  for (const [place, off, key, eventId, type, payload, createdAt] of rows) {
    const position = positions[place - 1];
    if (!position) continue;
    const { topic, part } = position;
    found[place - 1]?.push({ topic, part, off, key, eventId, type, payload, createdAt });
  }
  return positions.flatMap((position, index) => {
    const events = found[index] ?? [];
    if (events.length === 0) return [];
    const { topic, part, readOff } = position;
    const gap = events.findIndex(({ off }, count) => off !== readOff + count);
    invariant(gap < 0, `${topic}/${part}: offset ${readOff + gap} is missing, ${events[gap]?.off} follows`);
    const bytes = events.reduce((sum, { payload }) => sum + payload.length, 0);
    return [{ position, events, isCut: events.length === limits.events || bytes >= limits.bytes }];
  });
}
