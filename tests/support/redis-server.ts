import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

export interface RedisServer {
  /** redis://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  /** Of the server that runs now. */
  pid(): number;
  /** Ends it as a kill would and waits for its end; nothing of it is kept. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>;
  /** Ends it for good. */
  remove(): Promise<void>;
}

const START_DEADLINE_MS = 30_000;
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * A redis-server of its own on a free loopback port, which keeps nothing on disk: needs `apt-get install redis-server`.
 * @param settings further settings, as on its command line: `{ requirepass: 'secret' }`
 */
export async function startRedisServer(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'tradegraph-redis-'));
  const port = await freePort();
  let child = await launch(directory, port, settings);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => child.pid ?? -1,
    kill,
    async start() {
      child = await launch(directory, port, settings);
    },
    async remove() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(
  directory: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const own = { port: `${port}`, bind: '127.0.0.1', dir: directory, save: '', appendonly: 'no', daemonize: 'no' };
  const args = Object.entries({ ...own, ...settings }).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`redis-server ${why}:\n${output}`));
    const timer = setTimeout(() => fail('is not ready in time'), START_DEADLINE_MS);
    child.once('error', (error) => fail(`did not start (${error.message}): apt-get install redis-server`));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.once('close', () => clearTimeout(timer));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (!output.includes('Ready to accept connections')) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
  return child;
}
