import { createClient, type Client } from 'graphql-ws';
import { askForKey, authorization } from './access-key.js';

/** Thrown when the server answers with errors; the message is the server's own. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

const RETRY_MS = 1_000;
const UNAUTHORIZED = 401;
/** How the server closes a socket that has no valid key. */
const FORBIDDEN = 4403;

/** The same, again and again until the server is there: for what the page cannot do without. */
export async function queryPatiently<T>(document: string, variables: Record<string, unknown> = {}): Promise<T> {
  for (;;) {
    try {
      return await query<T>(document, variables);
    } catch (error) {
      // What the server answered stays its answer; only a server that is away is worth waiting for.
      if (error instanceof QueryError) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

export type Connection = 'open' | 'lost';

/** One GraphQL query over HTTP. */
export async function query<T>(document: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...authorization() },
    body: JSON.stringify({ query: document, variables }),
  });
  if (response.status === UNAUTHORIZED && askForKey()) return query<T>(document, variables);
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (errors !== undefined || data === undefined)
    throw new QueryError(errors?.[0]?.message ?? `HTTP ${response.status}`);
  return data;
}

/** Subscriptions over one socket that comes back by itself, each resuming at the last cursor it saw. */
export class LiveStreams {
  private readonly client: Client;

  constructor(onConnection: (connection: Connection) => void) {
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
    this.client = createClient({
      url,
      lazy: false,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** attempt, 5_000))),
      connectionParams: authorization,
      on: {
        connected: () => onConnection('open'),
        closed: (event) => {
          onConnection('lost');
          if ((event as CloseEvent).code === FORBIDDEN) askForKey();
        },
      },
      onNonLazyError: () => onConnection('lost'),
    });
  }

  /**
   * Follows one subscription field. The variables object is sent again after a reconnect, so writing the newest cursor
   * into it is what makes the stream resume without a gap. Answers how to stop.
   */
  follow<T extends { cursor: string }>(
    document: string,
    field: string,
    variables: Record<string, unknown>,
    onEvent: (event: T) => void,
    onRefused: (message: string) => void,
  ): () => void {
    return this.client.subscribe<Record<string, T>>(
      { query: document, variables },
      {
        next: ({ data, errors }) => {
          const event = data?.[field];
          if (event === undefined) return onRefused(errors?.[0]?.message ?? `no ${field} in the answer`);
          variables['after'] = event.cursor;
          onEvent(event);
        },
        error: (reason) => onRefused(Array.isArray(reason) ? String(reason[0]?.message) : 'the stream broke off'),
        complete: () => undefined,
      },
    );
  }
}
