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
  const keys = arrayLiteral(records.map(({ key }) => key));
  const eventIds = arrayLiteral(records.map(({ eventId }) => eventId));
  const types = arrayLiteral(records.map(({ type }) => type));
  // JSON text has no line break of its own.
  const payloads = records.map(({ payload }) => JSON.stringify(payload)).join('\n');
  return { name: 'append_events', arguments: [topic, part, keys, eventIds, types, payloads] };
}

/** PostgreSQL's text form of an array of strings. */
const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
