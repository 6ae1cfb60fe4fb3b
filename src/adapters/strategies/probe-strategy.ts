import { Worker } from 'node:worker_threads';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import { workerEntry } from '../tfjs/worker-entry.js';

export interface StrategyProbe {
  readonly path: string;
}

/** What a strategy says of itself, as plain data. */
export type DeclaredStrategy = Pick<StrategyDefinition, 'name' | 'description' | 'parameters'>;

/** Why a file is no strategy that can be imported, or what it declares. Late: it loops for ever, or the machine is busy. */
export type ProbeVerdict =
  | { readonly fault: string; readonly declared: null; readonly isLate?: boolean }
  | { readonly fault: null; readonly declared: DeclaredStrategy };

const DEADLINE_MS = 10_000;

/**
 * Imports a strategy's file in a thread of its own, which is ended when it takes too long: whoever only wants to know what
 * the file declares need not run any of it.
 */
export async function probeStrategy(path: string, deadlineMs = DEADLINE_MS): Promise<ProbeVerdict> {
  const entry = workerEntry('strategy-probe-worker');
  const workerData: StrategyProbe = { path };
  const worker = new Worker(entry.url, {
    workerData,
    execArgv: [...entry.execArgv],
    // What it prints is its own: our output is a log that programs read.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ProbeVerdict>((resolve) => {
      const refuse = (what: string) => resolve({ fault: `${path}: ${what}`, declared: null });
      const late = { fault: `${path}: its import takes longer than ${deadlineMs} ms`, declared: null, isLate: true };
      timer = setTimeout(resolve, deadlineMs, late);
      worker.on('message', (message: unknown) => isVerdict(message) && resolve(message));
      worker.once('error', (error) => refuse(error instanceof Error ? error.message : String(error)));
      worker.once('exit', (code) => refuse(`its import ended the thread with code ${code}`));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** The file may post messages of its own. */
function isVerdict(message: unknown): message is ProbeVerdict {
  if (typeof message !== 'object' || message === null) return false;
  const { fault, declared } = message as Partial<ProbeVerdict>;
  return typeof fault === 'string' || (fault === null && typeof declared?.name === 'string');
}
