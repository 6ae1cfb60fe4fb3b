import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** From the project's folder, where npm and vitest run; compiled, this file stands elsewhere. */
const START_SCRIPT = resolve('.ci/kafka/start');
/** The first start of a machine fetches the broker's jars. */
const START_DEADLINE_MS = 180_000;
const READY_LINE = 'Kafka Server started';

export interface KafkaBroker {
  /** `host:port`, the same after a restart. */
  readonly address: string;
  readonly pid: number | undefined;
  /** Ends it at once, as kill -9 does, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Starts it again on its data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** A real broker of one test file, on free loopback ports. */
export async function startKafkaBroker(environment: Readonly<Record<string, string>> = {}): Promise<KafkaBroker> {
  const directory = await mkdtemp(join(tmpdir(), 'tradegraph-kafka-'));
  const port = await freePort();
  const controllerPort = await freePort();
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    const child = spawn(START_SCRIPT, [directory, String(port), String(controllerPort)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    await ready(child);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = running;
    running = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }

  await start();
  return {
    address: `127.0.0.1:${port}`,
    get pid() {
      return running?.pid;
    },
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async close() {
      await end('SIGKILL');
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the broker was not ready within ${START_DEADLINE_MS} ms: ${output}`));
    }, START_DEADLINE_MS);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-10_000);
      if (!output.includes(READY_LINE)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the broker ended with ${code}: ${output}`));
    });
  });
}

/** Below the range out of which systems give ports to clients: one of those would have taken ours until a restart. */
const PORTS = { first: 15_000, count: 17_000 };
const PORTS_TRIED_MAX = 100;

/** A port that is free at this moment. */
async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS_TRIED_MAX; tried += 1) {
    const port = PORTS.first + randomInt(PORTS.count);
    if (await canListen(port)) return port;
  }
  throw new Error(`no free port found from ${PORTS.first} on`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
