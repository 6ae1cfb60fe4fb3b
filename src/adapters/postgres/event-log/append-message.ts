import type { QueryConfig } from 'pg';
import { inlineCall, preparedCall, type FunctionCall } from './function-call.js';
import type { PartitionRecords } from './log-record.js';

/**
 * The end of a transaction in one message. What the deferred triggers lock comes before the partitions; and where a
 * query has failed, SET is refused, while COMMIT would quietly roll back.
 */
export const closingMessage = (calls: readonly FunctionCall[]): string =>
  ['SET CONSTRAINTS ALL IMMEDIATE', ...calls.map(inlineCall), 'COMMIT'].join(';');

/** A whole transaction in one message: several statements in one message are one transaction too. */
export const autocommitMessage = (calls: readonly FunctionCall[]): string | QueryConfig => {
  const [only, ...others] = calls;
  return only && others.length === 0 ? preparedCall(only) : calls.map(inlineCall).join(';');
};

/** Appends to one partition; answers {appended, next_offset}. */
export function appendCall({ topic, part, records }: PartitionRecords): FunctionCall {
  const [first, ...others] = records;
  if (first && others.length === 0) {
    return {
      name: 'append_event',
      arguments: [topic, part, first.key, first.eventId, first.type, JSON.stringify(first.payload)],
    };
  }
  const events = records.map(({ key, eventId, type, payload }) => ({ key, event_id: eventId, type, payload }));
  return { name: 'append_events', arguments: [topic, part, JSON.stringify(events)] };
}
