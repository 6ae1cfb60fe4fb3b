import type { QueryConfig } from 'pg';
import { inlineCall, preparedCall, type FunctionCall } from './function-call.js';
import { SqlArray } from './sql-array.js';
import type { LogRecord, PartitionRecords } from './log-record.js';

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

/**
 * `append_event` as one statement, for a transaction that does nothing else: two statements within a function cost the
 * server a third more. Answers no row where the function has something to refuse, and a unique violation where the event
 * is already there: then the function says what is to be done.
 */
export const appendAlone = ({ topic, part, key, eventId, type, payload }: LogRecord): QueryConfig => ({
  name: 'append-event-alone',
  text: `
    WITH counter AS (
      UPDATE log_partition SET next_off = next_off + 1
      WHERE topic = $1 AND part = $2 AND current_setting('transaction_isolation') = 'read committed'
      RETURNING next_off
    )
    INSERT INTO event_log (topic, part, off, key, event_id, type, payload)
    SELECT $1, $2, next_off - 1, $3, $4, $5, $6 FROM counter
    RETURNING 1 AS appended, off + 1 AS next_offset, created_at`,
  values: [topic, part, key, eventId, type, payload],
});

/** Appends to one partition; answers {appended, next_offset, created_at}. */
export function appendCall({ topic, part, records }: PartitionRecords): FunctionCall {
  const [first, ...others] = records;
  if (first && others.length === 0) {
    return {
      name: 'append_event',
      arguments: [topic, part, first.key, first.eventId, first.type, first.payload],
    };
  }
  const column = (type: ConstructorParameters<typeof SqlArray>[0], valueOf: (record: LogRecord) => string): SqlArray =>
    new SqlArray(type, records.map(valueOf));
  const keys = column('text', ({ key }) => key);
  const eventIds = column('uuid', ({ eventId }) => eventId);
  const types = column('text', ({ type }) => type);
  const payloads = column('json', ({ payload }) => payload);
  return { name: 'append_events', arguments: [topic, part, keys, eventIds, types, payloads] };
}
