import { Agent, request } from 'node:http';

/** What the parent process asks of this one. */
export interface HttpLoad {
  readonly url: string;
  readonly body: string | null;
  readonly connections: number;
  readonly durationMs: number;
}

export interface HttpLoadResult {
  readonly requests: number;
  readonly elapsedMs: number;
  /** Of one answer. */
  readonly bytes: number;
}

/** Asks as fast as answers come, over kept connections, until the time is up. */
async function run({ url, body, connections, durationMs }: HttpLoad): Promise<HttpLoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const startedMs = performance.now();
  let requests = 0;
  let bytes = 0;
  const headers =
    body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { agent, method: body === null ? 'GET' : 'POST', headers }, (response) => {
        let received = 0;
        response.on('data', (chunk: Buffer) => (received += chunk.length));
        response.on('end', () => {
          if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
          bytes = received;
          requests += 1;
          return resolve();
        });
      });
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });
  const lane = async (): Promise<void> => {
    while (performance.now() - startedMs < durationMs) await ask();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return { requests, elapsedMs: performance.now() - startedMs, bytes };
}

process.on('message', (load: HttpLoad) => {
  run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
