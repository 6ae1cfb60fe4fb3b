import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { PortTakenError } from './server.js';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Health and metrics on a port of their own, open to whoever reaches it: probes have no keys. */
export async function startHealthServer(host: string, port: number, router: Router): Promise<HealthServer> {
  const app = express();
  app.disable('x-powered-by');
  app.use(router);
  app.use((request, response) => {
    response.status(404).type('text/plain').send(`Nothing is served at ${request.path}\n`);
  });
  const server = createServer(app);
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(host, port, 'HEALTH_PORT') : error),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await stopped;
    },
  };
}
