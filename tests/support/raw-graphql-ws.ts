import { WebSocket } from 'ws';
import { eventually } from './eventually.js';

export interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A websocket client that shows every frame of the protocol, and can send what a proper client never would. */
export class RawGraphQLSocket {
  readonly frames: Frame[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (data) => this.frames.push(JSON.parse(String(data)) as Frame));
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    ws.on('error', () => undefined);
  }

  /** Opens the socket, without the connection_init that must follow. */
  static async open(httpUrl: string, headers: Record<string, string> = {}): Promise<RawGraphQLSocket> {
    const ws = new WebSocket(`${httpUrl.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const socket = new RawGraphQLSocket(ws);
    await new Promise<void>((resolve, reject) => {
      ws.once('open', resolve);
      ws.once('error', reject);
    });
    return socket;
  }

  static async connect(httpUrl: string): Promise<RawGraphQLSocket> {
    const socket = await RawGraphQLSocket.open(httpUrl);
    socket.send({ type: 'connection_init' });
    await eventually('connection_ack', () => socket.frames.some((frame) => frame.type === 'connection_ack'));
    return socket;
  }

  send(message: object | string): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object, operationName?: string): void {
    this.send({ id, type: 'subscribe', payload: { query, variables, operationName } });
  }

  of(id: string, type = 'next'): Frame[] {
    return this.frames.filter((frame) => frame.id === id && frame.type === type);
  }

  async closeCode(): Promise<number> {
    await eventually('the server closes the socket', () => this.closed !== null);
    return this.closed!.code;
  }
}
