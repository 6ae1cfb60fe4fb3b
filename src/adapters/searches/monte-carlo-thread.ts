import { Worker } from 'node:worker_threads';
import type { MonteCarloOutcome, MonteCarloRequest, MonteCarloRunner } from '../../ports/monte-carlo.js';
import { backgroundWorkerEntry } from '../tfjs/worker-entry.js';

/** Requests that may wait for their turn: each takes a second or two. */
const WAITING_MAX = 8;

const BUSY: MonteCarloOutcome = {
  ok: false,
  error: {
    code: 'MONTE_CARLO_BUSY',
    message: `monteCarlo: ${WAITING_MAX} requests wait already; ask again in some seconds`,
    limit: WAITING_MAX,
  },
};

/** Draws in a worker thread, one request after another: more of them would only take the cores from everybody else. */
export class MonteCarloThread implements MonteCarloRunner {
  private last: Promise<unknown> = Promise.resolve();
  private count = 0;

  /** Answers MONTE_CARLO_BUSY when too many wait already. */
  async run(request: MonteCarloRequest): Promise<MonteCarloOutcome> {
    if (this.count > WAITING_MAX) return BUSY;
    this.count += 1;
    const turn = this.last.then(() => drawn(request));
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.count -= 1;
    }
  }
}

async function drawn(request: MonteCarloRequest): Promise<MonteCarloOutcome> {
  const entry = backgroundWorkerEntry('monte-carlo-worker');
  const worker = new Worker(entry.url, { workerData: request, execArgv: [...entry.execArgv] });
  try {
    return await new Promise<MonteCarloOutcome>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread of a Monte Carlo ended with code ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}
