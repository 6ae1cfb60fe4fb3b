import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');
const READY_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 20_000;

export interface Program {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Sends a signal and waits for the end. Answers the exit code, or the signal's name. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** A data directory that is removed in the end. Servers left running by a killed program must be ended before. */
export async function temporaryHome(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tradegraph-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Runs `tradegraph` with these arguments and waits for its end. */
export function runCommand(
  args: readonly string[],
  environment: Record<string, string>,
  input = '',
): Promise<{ code: number; output: string }> {
  const child = launch(args, environment);
  const output = collect(child);
  child.stdin?.end(input);
  return new Promise((fulfil, reject) => {
    child.once('error', reject);
    child.once('close', (code) => fulfil({ code: code ?? -1, output: output() }));
  });
}

/** Starts the real program, as built, and waits until it says where it listens. */
export async function startProgram(environment: Record<string, string>): Promise<Program> {
  const child = launch(['start'], { PORT: '0', LOG_FORMAT: 'json', ...environment });
  const output = collect(child);
  const url = await new Promise<string>((fulfil, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not ready in ${READY_DEADLINE_MS} ms:\n${output()}`)),
      READY_DEADLINE_MS,
    );
    child.stdout?.on('data', () => {
      const found = /"url":"(http:[^"]+)"/.exec(output());
      if (found?.[1] === undefined) return;
      clearTimeout(timer);
      fulfil(found[1]);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code ?? signal} before it was ready:\n${output()}`));
    });
  });
  return { url, process: child, output, end: (signal) => endOf(child, signal) };
}

function launch(args: readonly string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(PROJECT, 'bin/tradegraph.mjs'), ...args], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | string> {
  return new Promise((fulfil, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) return fulfil(child.exitCode ?? child.signalCode ?? -1);
    const timer = setTimeout(
      () => reject(new Error(`still running ${STOP_DEADLINE_MS} ms after ${signal}`)),
      STOP_DEADLINE_MS,
    );
    child.once('exit', (code, by) => {
      clearTimeout(timer);
      fulfil(code ?? by ?? -1);
    });
    child.kill(signal);
  });
}

/** Asks until the answer is there; fails with the last answer when the deadline passes. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  deadlineMs = 30_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let last: unknown = 'no answer';
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `${what}: not within ${deadlineMs} ms; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}
