import { getOperationAST, print, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { getSdk, type Sdk } from './generated/sdk.js';

/** An answer with top-level errors. */
export class ApiError extends Error {
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors.map(({ message, extensions }) => `${String(extensions?.['code'])}: ${message}`).join('; '));
  }
}

/** The generated client: queries and mutations over HTTP, subscriptions over one websocket. */
export interface ApiClient {
  readonly sdk: Sdk;
  /** Ends the websocket; its subscriptions end with it. */
  close(): Promise<void>;
}

export function connectApi(url: string): ApiClient {
  const sockets = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    // Who resumes is what tests are about: nothing reconnects behind their back.
    retryAttempts: 0,
  });
  const sdk = getSdk<undefined>(<R, V>(document: DocumentNode, variables?: V): Promise<R> | AsyncIterable<R> =>
    getOperationAST(document)?.operation === 'subscription'
      ? subscribe<R>(sockets, document, variables)
      : request<R>(url, document, variables),
  );
  return { sdk, close: async () => sockets.dispose() };
}

async function request<R>(url: string, document: DocumentNode, variables: unknown): Promise<R> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: R; errors?: GraphQLFormattedError[] };
  if (errors !== undefined || data === undefined) throw new ApiError(errors ?? []);
  return data;
}

async function* subscribe<R>(sockets: Client, document: DocumentNode, variables: unknown): AsyncGenerator<R> {
  const results = sockets.iterate<R>({
    query: print(document),
    variables: variables as Record<string, unknown> | null | undefined,
  });
  for await (const { data, errors } of results) {
    if (errors !== undefined || !data) throw new ApiError(errors ?? []);
    yield data;
  }
}
