import { GraphQLError } from 'graphql';
import type { Refusal } from '../domain/error-codes.js';

/** An expected refusal of a query or subscription: what the client reads is in `extensions`. */
export function queryError(refusal: Refusal): GraphQLError {
  const { code, message, path, limit, value } = refusal;
  return new GraphQLError(message, {
    extensions: {
      code,
      ...(path === undefined ? {} : { path }),
      ...(limit === undefined ? {} : { limit }),
      ...(value === undefined ? {} : { value }),
    },
  });
}
