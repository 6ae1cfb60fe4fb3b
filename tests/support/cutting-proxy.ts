import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface CuttingProxy {
  readonly connectionString: string;
  /** From now on the answer to a message that contains `text` is lost: the message goes through, then the line is cut. */
  cutAfter(text: string): void;
  /** Lets everything through again. */
  heal(): void;
  close(): Promise<void>;
}

/** A line to PostgreSQL that can be cut between a message and its answer. */
export async function openCuttingProxy(connectionString: string): Promise<CuttingProxy> {
  const target = new URL(connectionString);
  const sockets = new Set<Socket>();
  let cut: string | null = null;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let deaf = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (data) => {
      if (cut !== null && data.includes(cut)) {
        deaf = true;
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (deaf) client.destroy();
      else client.write(data);
    });
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(connectionString);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: own.href,
    cutAfter: (text) => {
      cut = text;
    },
    heal: () => {
      cut = null;
    },
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
