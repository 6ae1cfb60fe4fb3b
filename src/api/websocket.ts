import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createSourceEventStream, type ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Access } from './access-keys.js';
import type { Authenticator } from './authenticate.js';
import type { ApiClient, CreateContext } from './client.js';
import { withDeadline } from './deadline.js';
import { presentError, refusal } from './errors.js';
import { isOwnHost, isOwnOrigin } from './host-guard.js';
import { ClientSocket, GOING_AWAY, TRY_AGAIN_LATER } from './hub/client-socket.js';
import type { ClientSubscription } from './hub/client-subscription.js';
import { EventStream } from './hub/event-stream.js';
import type { FanOutHub } from './hub/fan-out-hub.js';
import type { Operations, PreparedOperation } from './operation.js';

export interface WebSocketLimits {
  readonly sockets: number;
  readonly subscriptionsPerSocket: number;
  /** Largest message from a client, bytes; larger ones close the socket with 1009. */
  readonly messageBytes: number;
  readonly connectionInitMs: number;
  /** A ping each interval; a peer that did not answer the one before is gone. */
  readonly pingMs: number;
  /** How long a closing handshake may take, milliseconds. */
  readonly closeMs: number;
  /** Over how long many sockets are told to go on shutdown, milliseconds: they come back elsewhere over as long a time. */
  readonly drainMs: number;
}

export const WEBSOCKET_LIMITS: WebSocketLimits = {
  sockets: 5_000,
  subscriptionsPerSocket: 50,
  messageBytes: 102_400,
  connectionInitMs: 10_000,
  pingMs: 20_000,
  closeMs: 3_000,
  drainMs: 5_000,
};

export interface WebSocketOptions {
  readonly server: Server;
  readonly path: string;
  readonly hub: FanOutHub;
  readonly operations: Operations;
  readonly createContext: CreateContext;
  readonly authenticator: Authenticator;
  readonly clientOf: (request: IncomingMessage, access: Access) => ApiClient;
  readonly limits: WebSocketLimits;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

interface Connection {
  readonly socket: ClientSocket;
  readonly request: IncomingMessage;
  /** Null until connection_init has said who it is; nothing is answered before. */
  client: ApiClient | null;
}
/** What `onSubscribe` hands on to `execute` and `subscribe`. */
interface OperationArgs extends ExecutionArgs {
  readonly prepared: PreparedOperation;
  readonly subscription: ClientSubscription | null;
}

/** Sockets told to go at once on shutdown: thousands at once would all come back at once. */
const DRAIN_BATCH = 100;

/** GraphQL over websocket (graphql-transport-ws) on the HTTP server's port. */
export class WebSocketApi {
  private readonly sockets: WebSocketServer;
  private readonly answered = new WeakSet<WebSocket>();
  private readonly ping: NodeJS.Timeout;
  private closing = false;

  constructor(private readonly options: WebSocketOptions) {
    const { limits, logger, authenticator } = options;
    const isFromHere = authenticator.asksForKeys ? isOwnOrigin : isOwnHost;
    this.sockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.messageBytes,
      // Compression would make every client's frames different bytes, and sending asynchronous.
      perMessageDeflate: false,
      handleProtocols,
      closeTimeout: limits.closeMs,
    } as ConstructorParameters<typeof WebSocketServer>[0]);
    const protocol = makeServer(this.protocolOptions());
    this.sockets.on('connection', (ws: WebSocket, request: IncomingMessage) => {
      // Malformed frames: ws closes the socket with the right code by itself.
      ws.on('error', (error) => logger.debug({ err: error }, 'websocket error'));
      if (this.closing) return ws.close(GOING_AWAY, 'Shutting down');
      if (this.sockets.clients.size > limits.sockets) {
        return ws.close(TRY_AGAIN_LATER, `Too many connections: ${limits.sockets} at most`);
      }
      this.serve(protocol, ws, request);
    });
    options.server.on('upgrade', (request, stream, head) => {
      stream.on('error', (error) => logger.debug({ err: error }, 'connection error'));
      const path = request.url?.split('?')[0];
      if (path !== options.path) return refuseUpgrade(stream, '404 Not Found');
      if (!isFromHere(request)) return refuseUpgrade(stream, '403 Forbidden');
      this.sockets.handleUpgrade(request, stream, head, (ws) => this.sockets.emit('connection', ws, request));
    });
    this.ping = setInterval(() => this.pingAll(), limits.pingMs);
    this.ping.unref();
  }

  /** Tells all clients to go, a batch at a time, and ends those that do not. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.ping);
    const clients = [...this.sockets.clients];
    const pauseMs = this.options.limits.drainMs / Math.ceil(clients.length / DRAIN_BATCH);
    const gone: Promise<void>[] = [];
    for (let from = 0; from < clients.length; from += DRAIN_BATCH) {
      if (from > 0) await wait(pauseMs);
      gone.push(...clients.slice(from, from + DRAIN_BATCH).map((ws) => this.goAway(ws)));
    }
    await Promise.all(gone);
    await new Promise<void>((resolve) => this.sockets.close(() => resolve()));
  }

  private async goAway(ws: WebSocket): Promise<void> {
    if (ws.readyState === ws.CLOSED) return;
    // ws ends the connection itself when the handshake takes longer than closeTimeout.
    const gone = new Promise<void>((resolve) => ws.once('close', () => resolve()));
    ws.close(GOING_AWAY, 'Shutting down');
    await gone;
  }

  private pingAll(): void {
    for (const ws of this.sockets.clients) {
      if (!this.answered.delete(ws)) ws.terminate();
      else ws.ping();
    }
  }

  private serve(
    protocol: ReturnType<typeof makeServer<never, Connection>>,
    ws: WebSocket,
    request: IncomingMessage,
  ): void {
    const { logger, metrics } = this.options;
    const connection: Connection = { socket: new ClientSocket(ws, request.socket), request, client: null };
    this.answered.add(ws);
    ws.on('pong', () => this.answered.add(ws));
    metrics.gauge('tradegraph_websocket_connections', this.sockets.clients.size);
    const closed = protocol.opened(
      {
        protocol: ws.protocol,
        send: (text) => connection.socket.send(text),
        close: (code, reason) => ws.close(code, reason),
        onMessage: (receive) =>
          ws.on('message', (data) => {
            receive(String(data)).catch((error: unknown) => {
              logger.error({ err: error }, 'could not handle a websocket message');
              ws.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      connection,
    );
    ws.once('close', (code, reason) => {
      metrics.gauge('tradegraph_websocket_connections', this.sockets.clients.size);
      Promise.resolve(closed(code, String(reason))).catch((error: unknown) =>
        logger.error({ err: error }, 'could not end a websocket client’s subscriptions'),
      );
    });
  }

  private protocolOptions(): ServerOptions<never, Connection> {
    const { operations, logger, authenticator, clientOf } = this.options;
    return {
      connectionInitWaitTimeout: this.options.limits.connectionInitMs,
      // False closes the socket with 4403.
      onConnect: ({ extra, connectionParams }) => {
        const access = authenticator.accessOfInit(connectionParams);
        if (!access.ok) return false;
        extra.client = clientOf(extra.request, access.value);
        return true;
      },
      // Everything that may refuse an operation happens here: an error that is returned ends the operation, one that is
      // thrown anywhere else ends the socket.
      onSubscribe: (ctx, id, payload) => this.open(ctx.extra, Object.keys(ctx.subscriptions).length, id, payload),
      execute: (args) => {
        const { prepared } = args as OperationArgs;
        return operations.run(prepared, args.contextValue as object);
      },
      subscribe: (args) => {
        const { subscription } = args as OperationArgs;
        if (!subscription) throw new Error('not a subscription');
        return subscription;
      },
      onError: (_ctx, _id, _payload, errors) =>
        errors.map((error) => (error instanceof GraphQLError ? presentError(error, logger).toJSON() : error)),
    };
  }

  private async open(
    { socket, client }: Connection,
    subscriptions: number,
    id: string,
    payload: SubscribePayload,
  ): Promise<OperationArgs | readonly GraphQLError[]> {
    const { operations, createContext, hub, limits } = this.options;
    if (client === null) throw new Error('an operation before connection_ack');
    const limit = limits.subscriptionsPerSocket;
    if (subscriptions > limit) {
      const text = `A socket may have ${limit} operations under way.`;
      return [refusal('SUBSCRIPTION_LIMIT_EXCEEDED', text, { limit, value: subscriptions })];
    }
    const { query, operationName, variables } = payload;
    const prepared = operations.prepare({ source: query, operationName, variables }, client);
    if (!prepared.ok) return prepared.error;
    const args = {
      schema: operations.schema,
      document: prepared.value.document,
      operationName: prepared.value.operationName,
      variableValues: prepared.value.variables,
      contextValue: createContext(client),
    };
    const base = { ...args, prepared: prepared.value };
    if (prepared.value.operation.operation !== 'subscription') return { ...base, subscription: null };
    const stream = await withDeadline(operations.deadlineMs, createSourceEventStream(args));
    if (stream === 'DEADLINE')
      return [refusal('DEADLINE_EXCEEDED', 'The subscription could not be started in time.', {})];
    if ('errors' in stream) return operations.present(stream).errors ?? [];
    if (!(stream instanceof EventStream)) throw new Error('a subscription must return a stream of the hub');
    try {
      const opening = { socket, id, prepared: prepared.value, stream, client };
      return { ...base, subscription: hub.open(opening, operations, createContext) };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
