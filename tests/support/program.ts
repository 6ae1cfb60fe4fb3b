import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findRunningServer } from '../../src/adapters/postgres/embedded/index.js';
import { eventually as holds } from './eventually.js';

/** Also where this file was compiled, for the benchmarks, into dist/. */
const PROJECT = resolve(import.meta.dirname, '../..').replace(/\/dist$/, '');
const READY_DEADLINE_MS = 240_000;
const STOP_DEADLINE_MS = 20_000;

/** How a process ended: its exit code, or the name of the signal that ended it. */
export type Ending = number | NodeJS.Signals;

export interface Program {
  /** http://127.0.0.1:port */
  readonly url: string;
  /** Where health and metrics are answered; null when nowhere. */
  readonly healthUrl: string | null;
  readonly pid: number;
  /** Resolves when it has ended, however that came about. */
  readonly ended: Promise<Ending>;
  /** Everything printed so far. */
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
}

export interface CommandResult {
  readonly code: Ending;
  readonly stdout: string;
  readonly stderr: string;
}

/** A data directory of its own, removed in the end with all that runs on it. */
export interface Home {
  readonly path: string;
  /** postgres://... of the embedded server; throws when none runs. */
  database(): Promise<string>;
  /** Process id of the embedded server's postmaster, null when none runs. */
  postmaster(): Promise<number | null>;
  remove(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export async function temporaryHome(): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), 'tradegraph-e2e-'));
  const server = () => findRunningServer(join(path, 'postgres'), join(path, 'postgres.json'));
  const postmaster = async () => (await server().catch(() => null))?.pid ?? null;
  return {
    path,
    postmaster,
    async database() {
      const found = await server();
      if (found === null) throw new Error(`no PostgreSQL runs on ${path}`);
      return found.connectionString;
    },
    async remove() {
      const pid = await postmaster();
      if (pid !== null) await endProcess(pid, 'SIGQUIT');
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Sends a signal to a process that is not our child and waits until it is gone. */
export async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  await holds(`the end of process ${pid}`, async () => !(await isRunning(pid)));
}

/** False for a zombie too: its program has ended, and nobody may ever wait for it in a container. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (status !== null) return !/\) [ZX] /.test(status);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs `tradegraph` with these arguments and waits for its end. */
export async function runCommand(args: readonly string[], environment: Record<string, string>): Promise<CommandResult> {
  const child = launch(args, environment);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  child.stdin?.end();
  const code = await endingOf(child);
  return { code, stdout: stdout(), stderr: stderr() };
}

/**
 * Starts the real program, as built, and waits until it has started: with every role, or only with these. `url` is the API's
 * where it has that role, else that of health and metrics (set HEALTH_PORT).
 */
export async function startProgram(
  environment: Record<string, string>,
  roles: readonly string[] = [],
): Promise<Program> {
  const child = launch(['start', ...roles], { PORT: '0', LOG_FORMAT: 'json', ...environment });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const output = () => stdout() + stderr();
  const ended = endingOf(child);
  const { url, healthUrl } = await new Promise<StartedLine>((fulfil, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not ready in ${READY_DEADLINE_MS} ms:\n${output()}`)),
      READY_DEADLINE_MS,
    );
    child.stdout?.on('data', () => {
      const line = /^.*"msg":"started".*$/m.exec(stdout())?.[0];
      if (line === undefined) return;
      clearTimeout(timer);
      fulfil(JSON.parse(line) as StartedLine);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code ?? signal} before it was ready:\n${output()}`));
    });
    child.once('error', reject);
  });
  return {
    url: url ?? healthUrl ?? '',
    healthUrl,
    pid: child.pid ?? -1,
    ended,
    output,
    end: (signal) => endChild(child, ended, signal),
  };
}

/** What the program logs when it has started. */
interface StartedLine {
  readonly url: string | null;
  readonly healthUrl: string | null;
}

function launch(args: readonly string[], environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--v8-pool-size=1', join(PROJECT, 'bin/tradegraph.mjs'), ...args], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

/** `close`, not `exit`: what it printed last is then there too. */
function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((fulfil, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => fulfil(code ?? signal ?? -1));
  });
}

async function endChild(child: ChildProcess, ended: Promise<Ending>, signal: NodeJS.Signals): Promise<Ending> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`still running ${STOP_DEADLINE_MS} ms after ${signal}`)),
      STOP_DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks until there is an answer, and gives it; fails with the last one when the deadline passes. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  deadlineMs = 30_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    let last: unknown;
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      const shown = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`${what}: not within ${deadlineMs} ms; last: ${shown}`);
    }
    await delay(100);
  }
}
