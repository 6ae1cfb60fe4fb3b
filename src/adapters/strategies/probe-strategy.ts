import { Worker } from 'node:worker_threads';
import { workerEntry } from '../tfjs/worker-entry.js';

export interface StrategyProbe {
  readonly path: string;
}

export interface ProbeVerdict {
  /** Why the file is no strategy that can be imported; null when it is one. */
  readonly fault: string | null;
}

const DEADLINE_MS = 10_000;

/** Imports a strategy's file in a thread of its own, which is ended when it takes too long. Answers what is wrong with it, or null. */
export async function probeStrategy(path: string, deadlineMs = DEADLINE_MS): Promise<string | null> {
  const entry = workerEntry('strategy-probe-worker');
  const workerData: StrategyProbe = { path };
  const worker = new Worker(entry.url, { workerData, execArgv: [...entry.execArgv] });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string | null>((resolve) => {
      timer = setTimeout(() => resolve(`${path}: its import takes longer than ${deadlineMs} ms`), deadlineMs);
      worker.once('message', (verdict: ProbeVerdict) => resolve(verdict.fault));
      worker.once('error', (error) => resolve(`${path}: ${error instanceof Error ? error.message : String(error)}`));
      worker.once('exit', (code) => resolve(`${path}: its import ended the thread with code ${code}`));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
