import { naturalId } from '../../../domain/event-id.js';
import { deadLetterTopic, TOPICS, type BusinessTopic, type Topic } from '../../../domain/topics.js';
import type { LogRecord } from '../../postgres/event-log/log-record.js';
import { messageBytes, type RelayedEvent } from '../event-message.js';
import { RELAY_GROUP } from './relay-positions.js';

const isBusinessTopic = (topic: Topic): topic is BusinessTopic => (TOPICS as readonly string[]).includes(topic);

export const oversizeReason = (event: RelayedEvent, limitBytes: number): string =>
  `the event takes up to ${messageBytes(event)} bytes, and Kafka's topic takes at most ${limitBytes} (max.message.bytes)`;

/**
 * The dead letter of an event that Kafka does not take: without the payload, which stays in the log. Null for one that is
 * a dead letter itself.
 */
export function oversizeLetter(event: RelayedEvent, limitBytes: number): LogRecord | null {
  const { topic, part, off, key, type, eventId } = event;
  if (!isBusinessTopic(topic)) return null;
  return {
    topic: deadLetterTopic(topic),
    part,
    key,
    type,
    eventId: naturalId('dead_letter', RELAY_GROUP, topic, part, off),
    payload: JSON.stringify({
      group: RELAY_GROUP,
      reason: oversizeReason(event, limitBytes),
      topic,
      part,
      off,
      key,
      type,
      event_id: eventId,
      created_at: event.createdAt,
      payload: null,
    }),
  };
}
