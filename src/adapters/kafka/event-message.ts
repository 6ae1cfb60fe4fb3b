import type { KafkaMessage, Message } from 'kafkajs';
import type { LoggedEvent } from '../../domain/events.js';
import type { Topic } from '../../domain/topics.js';

/** An event as the relay reads it: its payload stays the text that the log holds. */
export interface RelayedEvent {
  readonly topic: Topic;
  readonly part: number;
  readonly off: number;
  readonly key: string;
  readonly eventId: string;
  readonly type: string;
  readonly payload: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Room for a record's headers, offsets and checksums, and for its share of the batch's own; generous. */
const RECORD_OVERHEAD_BYTES = 400;

/**
 * An event as Kafka's record. Its place is header `off`, never Kafka's own offset, which a repeated send shifts; `log` names
 * the database, so that the records of another one are not taken for ours.
 */
export const toMessage = (event: RelayedEvent, logId: string, traceparent?: string): Message => ({
  partition: event.part,
  key: event.key,
  value: event.payload,
  headers: {
    event_id: event.eventId,
    off: String(event.off),
    type: event.type,
    created_at: event.createdAt,
    log: logId,
    ...(traceparent !== undefined && { traceparent }),
  },
});

/** Bytes that the event takes in a batch of records, rounded up. */
export const messageBytes = (event: RelayedEvent): number =>
  Buffer.byteLength(event.payload) + Buffer.byteLength(event.key) + RECORD_OVERHEAD_BYTES;

export type ReceivedMessage =
  { readonly event: LoggedEvent } | { readonly refused: 'FOREIGN_LOG' | 'NOT_AN_EVENT'; readonly offset: string };

/** The event of a record; or why it is none of ours. What is left out is found missing by its offset, and read from the log. */
export function fromMessage(topic: Topic, part: number, message: KafkaMessage, logId: string): ReceivedMessage {
  const header = (name: string): string => message.headers?.[name]?.toString() ?? '';
  if (header('log') !== logId) return { refused: 'FOREIGN_LOG', offset: message.offset };
  const off = Number(header('off') || Number.NaN);
  const createdAt = Date.parse(header('created_at'));
  const payload = parsed(message.value);
  if (!Number.isSafeInteger(off) || off < 0 || Number.isNaN(createdAt) || payload === undefined) {
    return { refused: 'NOT_AN_EVENT', offset: message.offset };
  }
  const event = {
    topic,
    part,
    off,
    key: message.key?.toString() ?? '',
    eventId: header('event_id'),
    type: header('type'),
    payload,
    createdAt,
  };
  // The relay has written what the log holds, and that was typed when it was appended.
  return { event: event as unknown as LoggedEvent };
}

function parsed(value: Buffer | null): object | undefined {
  try {
    const payload: unknown = JSON.parse(value?.toString() ?? '');
    return typeof payload === 'object' && payload !== null ? payload : undefined;
  } catch {
    return undefined;
  }
}
