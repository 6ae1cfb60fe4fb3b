import { type ApiServer, type ApiServerOptions, startApiServer } from '../../src/api/server.js';
import type { Logger } from '../../src/ports/logger.js';
import { MemoryEventBus } from './memory-event-bus.js';
import { testSchema } from './api-schema.js';

export interface LoggedLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

export interface TestApi extends ApiServer {
  readonly bus: MemoryEventBus;
  readonly logged: LoggedLine[];
  readonly counted: Map<string, number>;
  /** Posts a body to the endpoint. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  query(
    query: string,
    variables?: object,
  ): Promise<{ data?: Record<string, unknown>; errors?: TestError[]; extensions?: Record<string, unknown> }>;
}

export interface TestError {
  readonly message: string;
  readonly path?: readonly string[];
  readonly extensions: Record<string, unknown>;
}

/** The API on a free port over a log in memory. */
export async function startTestApi(overrides: Partial<ApiServerOptions> = {}): Promise<TestApi> {
  const bus = new MemoryEventBus();
  const logged: LoggedLine[] = [];
  const counted = new Map<string, number>();
  const log = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const server = await startApiServer({
    schema: testSchema(),
    host: '127.0.0.1',
    port: 0,
    bus,
    databaseId: 'test-database',
    createContext: (client, events) => ({ events, readBudget: () => client.readBudget() }),
    logger,
    metrics: {
      count: (name, _labels, by = 1) => void counted.set(name, (counted.get(name) ?? 0) + by),
      gauge: (name, value) => void counted.set(name, value),
      observe: () => undefined,
    },
    ...overrides,
  });
  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    ...server,
    bus,
    logged,
    counted,
    post,
    query: async (query, variables) => {
      const response = await post({ query, variables });
      return (await response.json()) as Awaited<ReturnType<TestApi['query']>>;
    },
  };
}
