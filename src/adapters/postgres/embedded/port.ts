import { createServer } from 'node:net';

/** `preferred` when it is free on the loopback address, else another free port. 0 prefers none. */
export async function choosePort(preferred: number): Promise<number> {
  return (await bindOnce(preferred)) ?? (await bindOnce(0)) ?? preferred;
}

/** The port that was bound and freed again; null when it is taken or not ours to bind. */
function bindOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}
