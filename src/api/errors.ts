import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../domain/error-codes.js';
import type { Logger } from '../ports/logger.js';

/** An error a client caused or must know of: shown as it is, `details` beside the code (usually `limit` and `value`). */
export function refusal(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

/** The same error under a code, for errors that graphql-js itself makes of a client's document or variables. */
export function withCode(error: GraphQLError, code: ErrorCode): GraphQLError {
  return new GraphQLError(shortened(error.message), {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    extensions: { code, ...error.extensions },
  });
}

/**
 * What a client may see of an error met while executing. Errors that carry a code were made for the client; anything
 * else is a bug: it is logged under an id, and only the id is shown.
 */
export function presentError(error: GraphQLError, logger: Logger): GraphQLError {
  const fields = invalidFields(error);
  if (fields) {
    return new GraphQLError('The input is not valid.', {
      nodes: error.nodes,
      path: error.path,
      extensions: { code: 'BAD_USER_INPUT', fields },
    });
  }
  if (typeof error.extensions['code'] === 'string') {
    // Rebuilt, so that neither a stack trace nor the original error can be written out.
    const { stacktrace: _stacktrace, exception: _exception, ...extensions } = error.extensions;
    const { nodes, source, positions, path } = error;
    return new GraphQLError(shortened(error.message), { nodes, source, positions, path, extensions });
  }
  const id = randomUUID();
  logger.error({ id, path: error.path, err: error.originalError ?? error }, 'unexpected error in a GraphQL operation');
  return new GraphQLError(`Something went wrong here; the log tells more under id ${id}.`, {
    nodes: error.nodes,
    path: error.path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  });
}

/** class-validator's errors hold the whole input and a stack trace: only property paths and texts are kept. */
function invalidFields(error: GraphQLError): readonly { path: string; messages: string[] }[] | null {
  const found = error.extensions['validationErrors'] ?? propertyOf(error.originalError, 'validationErrors');
  return Array.isArray(found) ? found.flatMap((entry) => fieldsOf(entry, '')) : null;
}

function fieldsOf(entry: unknown, parent: string): { path: string; messages: string[] }[] {
  const path = [parent, propertyOf(entry, 'property')].filter((part) => typeof part === 'string' && part).join('.');
  const constraints = propertyOf(entry, 'constraints');
  const children = propertyOf(entry, 'children');
  const messages = constraints && typeof constraints === 'object' ? Object.values(constraints).map(String) : [];
  const nested = Array.isArray(children) ? children.flatMap((child) => fieldsOf(child, path)) : [];
  return messages.length > 0 ? [{ path, messages }, ...nested] : nested;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** graphql-js quotes offending values whole; a client needs the beginning. */
const MESSAGE_LENGTH = 500;
const shortened = (message: string): string =>
  message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)}...` : message;
