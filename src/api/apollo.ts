import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import type { Logger } from '../ports/logger.js';
import type { ApiClient, CreateContext } from './client.js';
import { presentError, refusal } from './errors.js';
import { LruMap } from './lru-map.js';
import type { Operations } from './operation.js';

export interface ApolloOptions {
  readonly operations: Operations;
  readonly createContext: CreateContext;
  readonly logger: Logger;
}

/** Apollo's context: only who asks. The resolvers' context is made once the operation is known to be run. */
export interface HttpContext {
  readonly client: ApiClient;
}

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
/** Documents between `didResolveSource` and Apollo's look into its document store, a few milliseconds later. */
const DOCUMENTS_UNDER_WAY = 1_000;
/** Stands for a document that was refused, so that Apollo does not parse and validate it once more in its own way. */
const REFUSED_DOCUMENT: DocumentNode = parse('{ __typename }');

/**
 * Apollo Server for what HTTP asks of GraphQL (methods, media types, CSRF prevention). Documents are read and
 * operations run by `Operations`, as they are over websocket: Apollo's own rules and limits would not reach there.
 */
export function createApollo(options: ApolloOptions): ApolloServer<HttpContext> {
  const documents = new LruMap<string, DocumentNode>(DOCUMENTS_UNDER_WAY);
  return new ApolloServer<HttpContext>({
    schema: options.operations.schema,
    plugins: [
      operationsPlugin(options, documents),
      // A third of the CPU of a large answer, for cache headers that a trading API must not send.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
    documentStore: {
      // Apollo's key ends in the SHA-256 of the source, in hexadecimal.
      get: (key) => Promise.resolve(documents.get(key.slice(-64))),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    },
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: plainLogger(options.logger),
    formatError: (formatted, error) => shownError(formatted, error, options.logger),
    stringifyResult: (result) => JSON.stringify(result),
  });
}

function operationsPlugin(
  { operations, createContext }: ApolloOptions,
  documents: LruMap<string, DocumentNode>,
): ApolloServerPlugin<HttpContext> {
  const listener = {
    async didResolveSource({ source, queryHash }: { source?: string; queryHash?: string }): Promise<void> {
      const read = operations.readDocument(source ?? '');
      documents.set(queryHash ?? '', read.ok ? read.value : REFUSED_DOCUMENT);
    },
    async responseForOperation(context: GraphQLRequestContext<HttpContext>) {
      const { request, contextValue } = context;
      const { client } = contextValue;
      const { operationName, variables } = request;
      const prepared = operations.prepare({ source: request.query ?? '', operationName, variables }, client);
      if (!prepared.ok) return refusedResponse(context, prepared.error);
      if (prepared.value.operation.operation === 'subscription') {
        const text = 'Subscriptions are served over websocket (graphql-transport-ws) at this address.';
        return refusedResponse(context, [refusal('SUBSCRIPTION_NEEDS_WEBSOCKET', text)]);
      }
      return response(await operations.run(prepared.value, createContext(client)), undefined, new HeaderMap());
    },
  };
  return { requestDidStart: async () => listener };
}

/**
 * A request that was refused as a whole. By the GraphQL-over-HTTP specification the status says so only where the media
 * type tells a GraphQL answer from a proxy's, that is for application/graphql-response+json; otherwise it is 200.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
function refusedResponse(context: GraphQLRequestContext<HttpContext>, errors: readonly GraphQLError[]) {
  const speaksGraphQL = context.request.http?.headers.get('accept')?.includes(GRAPHQL_RESPONSE) ?? false;
  const headers = new HeaderMap();
  if (speaksGraphQL) headers.set('content-type', `${GRAPHQL_RESPONSE}; charset=utf-8`);
  const limited = errors.some((error) => error.extensions['code'] === 'RATE_LIMITED');
  return response({ errors }, speaksGraphQL ? (limited ? 429 : 400) : 200, headers);
}

/** GraphQLErrors write themselves as the specification says, so they go into the body as they are. */
const response = (result: ExecutionResult, status: number | undefined, headers: HeaderMap) => ({
  body: { kind: 'single' as const, singleResult: result },
  http: { status, headers },
});

/** Errors that Apollo itself makes: wrong methods and bodies are a client's, all else is masked. */
function shownError(formatted: GraphQLFormattedError, error: unknown, logger: Logger): GraphQLFormattedError {
  if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return formatted;
  const cause = error instanceof Error ? error : new Error(String(error));
  return presentError(new GraphQLError(formatted.message, { originalError: cause }), logger).toJSON();
}

const plainLogger = (logger: Logger) => ({
  debug: (message?: unknown) => logger.debug({}, String(message)),
  info: (message?: unknown) => logger.info({}, String(message)),
  warn: (message?: unknown) => logger.warn({}, String(message)),
  error: (message?: unknown) => logger.error({}, String(message)),
});
