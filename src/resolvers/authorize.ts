import type { AuthCheckerFn } from 'type-graphql';
import type { GraphQLContext, Scope } from './context.js';
import { queryError } from './query-error.js';

/** Throws a refusal that names the scope when the client does not hold it. */
export function requireScope(context: GraphQLContext, scope: Scope): void {
  if (context.scopes.has(scope)) return;
  throw queryError({
    code: 'FORBIDDEN',
    message: `this field needs an access key with the scope ${scope}`,
    value: scope,
  });
}

/**
 * Behind @Authorized at root fields of queries and mutations. Subscriptions ask `requireScope` as they begin: behind
 * @Authorized each of their events would wait for a promise.
 */
export const checkScopes: AuthCheckerFn<GraphQLContext, Scope> = ({ context }, scopes) => {
  for (const scope of scopes) requireScope(context, scope);
  return true;
};
