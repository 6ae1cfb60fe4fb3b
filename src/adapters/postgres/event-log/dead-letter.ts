import { naturalId } from '../../../domain/event-id.js';
import type { LoggedEvent } from '../../../domain/events.js';
import { deadLetterTopic } from '../../../domain/topics.js';
import type { LogRecord } from './log-record.js';

const REASON_LENGTH_MAX = 2_000;

/** PostgreSQL's text holds no NUL, and a reason must not be what makes a dead letter fail. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .replaceAll('\u0000', '')
    .slice(0, REASON_LENGTH_MAX);

/** The letter of an event that a group cannot handle: in the same partition, once for (group, event). */
export function deadLetter(group: string, event: LoggedEvent, reason: string): LogRecord {
  const { topic, part, off, key, type, eventId, payload, createdAt } = event;
  return {
    topic: deadLetterTopic(topic),
    part,
    key,
    type,
    eventId: naturalId('dead_letter', group, topic, part, off),
    payload: JSON.stringify({
      group,
      reason,
      topic,
      part,
      off,
      key,
      type,
      event_id: eventId,
      created_at: new Date(createdAt).toISOString(),
      payload,
    }),
  };
}
