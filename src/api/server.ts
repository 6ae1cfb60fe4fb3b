import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { EventBus } from '../ports/event-bus.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Tracing } from '../ports/tracing.js';
import type { EventStreams } from '../resolvers/event-streams.js';
import type { Access, AccessKeys } from './access-keys.js';
import { createApollo, type HttpContext } from './apollo.js';
import { Authenticator } from './authenticate.js';
import type { ApiClient, CreateContext } from './client.js';
import { ClientBudgets } from './client-budgets.js';
import { withDeadline } from './deadline.js';
import { isLoopback } from './host-guard.js';
import { HttpGate } from './http-gate.js';
import { FanOutHub } from './hub/fan-out-hub.js';
import { answerBodyErrors, readBody } from './http-body.js';
import { OPERATION_LIMITS, type OperationLimits, Operations } from './operation.js';
import { WEBSOCKET_LIMITS, WebSocketApi, type WebSocketLimits } from './websocket.js';

export interface ApiServerOptions {
  readonly schema: GraphQLSchema;
  /** Address to bind; only loopback addresses without access keys. */
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly bus: EventBus;
  /** The same for the life of a database, another one for each: subscription cursors carry it. */
  readonly databaseId: string;
  /** Asked for over HTTP and websocket alike; null, or left out, on loopback. */
  readonly accessKeys?: AccessKeys | null;
  /** Makes the resolvers' context; `streams` is what subscriptions subscribe to. */
  readonly createContext: (client: ApiClient, streams: EventStreams) => object;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Off when left out. */
  readonly tracing?: Tracing;
  /** Playground, page, health: mounted at `/` beside the endpoint, open to all. */
  readonly routers?: readonly Router[];
  /** Mounted beside them; where keys are asked for, a key with the scope READ. */
  readonly privateRouters?: readonly Router[];
  readonly limits?: Partial<OperationLimits>;
  readonly webSocketLimits?: Partial<WebSocketLimits>;
  /** Cost units a client may spend in a minute. */
  readonly costPerMinute?: number;
}

export interface ApiServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, tells websocket clients to go, and waits for what is under way. */
  close(): Promise<void>;
}

/** Sixty of the largest operations a minute: plenty for dashboards, a bound for a loop that went wrong. */
export const COST_PER_MINUTE = 300_000;
export const GRAPHQL_PATH = '/graphql';
/** For requests under way when the server is closed. */
const SHUTDOWN_GRACE_MS = 3_000;

export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly code = 'PORT_TAKEN';
  constructor(
    readonly host: string,
    readonly port: number,
    setting = 'PORT',
  ) {
    super(`port ${port} on ${host} is taken by another program; choose another one with ${setting}`);
  }
}

export class NonLoopbackHostError extends Error {
  override readonly name = 'NonLoopbackHostError';
  readonly code = 'HOST_NOT_LOOPBACK';
  constructor(readonly host: string) {
    super(`refusing to bind ${host}: without access keys only loopback addresses (127.0.0.1, ::1, localhost) are safe`);
  }
}

/** GraphQL over HTTP and websocket on one port. Throws `PortTakenError` and `NonLoopbackHostError`. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { bus, databaseId, logger, metrics, tracing } = options;
  const authenticator = new Authenticator(options.accessKeys ?? null);
  if (!isLoopback(options.host) && !authenticator.asksForKeys) throw new NonLoopbackHostError(options.host);
  const budgets = new ClientBudgets(options.costPerMinute ?? COST_PER_MINUTE);
  const limits = { ...OPERATION_LIMITS, ...options.limits };
  const operations = new Operations({
    schema: options.schema,
    limits,
    budgets,
    logger,
    metrics,
    ...(tracing && { tracing }),
  });
  const app = express();
  const server = createServer(app);
  // Slow senders hold a connection, not a thread; these bound how long.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  const hub = await FanOutHub.start({ bus, logger, metrics, databaseId });
  const createContext: CreateContext = (client) => options.createContext(client, hub);
  const apollo = createApollo({ operations, createContext, logger });
  await apollo.start();
  const clientOf = (request: IncomingMessage, access: Access): ApiClient => {
    const budgetOf = access.name ?? request.socket.remoteAddress ?? 'unknown';
    const { traceparent } = request.headers;
    return {
      access,
      budgetOf,
      readBudget: () => budgets.read(budgetOf),
      traceparent: typeof traceparent === 'string' ? traceparent : null,
    };
  };
  const gate = new HttpGate(authenticator);
  const context = async ({ req }: { req: IncomingMessage }): Promise<HttpContext> => ({
    client: clientOf(req, gate.accessOf(req)),
  });
  mount(app, gate, expressMiddleware(apollo, { context }), options);
  const webSocket = new WebSocketApi({
    server,
    path: GRAPHQL_PATH,
    hub,
    operations,
    createContext,
    authenticator,
    clientOf,
    limits: { ...WEBSOCKET_LIMITS, ...options.webSocketLimits },
    logger,
    metrics,
  });
  const close = async (): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await webSocket.close();
    await hub.stop();
    // A client that does not read its answer must not hold the shutdown up.
    if ((await withDeadline(SHUTDOWN_GRACE_MS, stopped)) === 'DEADLINE') server.closeAllConnections();
    await apollo.stop();
  };
  let port: number;
  try {
    // Last, so that nobody is answered by half a server.
    port = await listen(server, options.host, options.port);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`, port, close };
}

function mount(
  app: Express,
  gate: HttpGate,
  graphql: ReturnType<typeof expressMiddleware>,
  options: ApiServerOptions,
): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(gate.refuseStrangers);
  app.use(GRAPHQL_PATH, gate.askForKey, ...readBody(), graphql, answerBodyErrors);
  for (const router of options.routers ?? []) app.use(router);
  for (const router of options.privateRouters ?? []) app.use(gate.askForKey, router);
  app.use((request, response) => {
    response.status(404).type('text/plain').send(`Nothing is served at ${request.path}\n`);
  });
  app.use(((error: unknown, _request, response, _next) => {
    options.logger.error({ err: error }, 'unexpected error in an HTTP request');
    if (!response.headersSent) response.status(500).type('text/plain').send('Something went wrong here.\n');
    else response.destroy();
  }) satisfies express.ErrorRequestHandler);
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(host, port) : error),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
