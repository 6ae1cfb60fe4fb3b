import { Worker } from 'node:worker_threads';
import type { BacktestFailure } from '../../domain/backtest.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { BacktestResult, BacktestRun, BacktestRunner, RunnerOptions } from '../../ports/backtest-runner.js';
import { workerEntry, type WorkerEntry } from '../tfjs/worker-entry.js';
import type { BacktestWorkerMessage } from './worker-messages.js';

export interface BacktestThreadsOptions {
  /** Longest silence of a strategy, in milliseconds. */
  readonly stallMs: number;
  /** Another worker script, for tests. */
  readonly entry?: WorkerEntry;
}

/** The thread of a backtest was lost, and not by what it ran. */
export class BacktestThreadLostError extends Error {
  override readonly name = 'BacktestThreadLostError';
}

/** JavaScript objects of one thread; columns are not counted in it. */
const HEAP_MB = 1_024;

type Outcome = Result<BacktestResult, BacktestFailure>;

/** Each backtest in a worker thread of its own, ended at its deadline, when it falls silent, and when it is called off. */
export class BacktestThreads implements BacktestRunner {
  private readonly options: BacktestThreadsOptions;

  constructor(options: BacktestThreadsOptions) {
    this.options = options;
  }

  async run(run: BacktestRun, options: RunnerOptions = {}): Promise<Outcome> {
    options.signal?.throwIfAborted();
    const { entry = workerEntry('backtest-worker') } = this.options;
    const worker = new Worker(entry.url, {
      workerData: run,
      transferList: buffersOf(run),
      execArgv: [...entry.execArgv],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      // What a strategy prints is its own: our output is a log that programs read.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    try {
      return await outcomeOf(worker, run, options, this.options.stallMs);
    } finally {
      await worker.terminate();
    }
  }
}

async function outcomeOf(
  worker: Worker,
  { spec }: BacktestRun,
  { signal, onProgress }: RunnerOptions,
  stallMs: number,
): Promise<Outcome> {
  const settled = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      const fail = (failure: BacktestFailure): void => resolve(err(failure));
      const after = (ms: number, failure: BacktestFailure): NodeJS.Timeout => {
        const timer = setTimeout(fail, ms, failure);
        timers.push(timer);
        return timer;
      };
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { signal: settled.signal });
      after(spec.deadlineSeconds * 1000, {
        code: 'BACKTEST_DEADLINE_EXCEEDED',
        message: `it took longer than its ${spec.deadlineSeconds} s`,
      });
      const stall = after(stallMs, {
        code: 'STRATEGY_STUCK',
        message: `strategy ${spec.strategy} made no progress for ${stallMs / 1000} s`,
      });
      worker.on('message', (message: BacktestWorkerMessage) => {
        stall.refresh();
        if (message.kind === 'progress') onProgress?.(message);
        else if (message.kind === 'done') resolve(ok(message.result));
        else if (message.kind === 'failed') fail(message.failure);
      });
      worker.once('error', (error) => fail(uncaught(spec.strategy, error)));
      worker.once('exit', (code) =>
        reject(new BacktestThreadLostError(`the thread of the backtest ended with code ${code}`)),
      );
    });
  } finally {
    timers.forEach(clearTimeout);
    settled.abort();
  }
}

function uncaught(strategy: string, error: Error): BacktestFailure {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { code: 'BACKTEST_OUT_OF_MEMORY', message: `it needed more than ${HEAP_MB} MB besides its bars` };
  }
  return { code: 'STRATEGY_FAILED', message: `strategy ${strategy} failed: ${error.message}` };
}

/** The columns of the bars, each buffer once. */
function buffersOf({ series }: BacktestRun): ArrayBuffer[] {
  const columns = series.flatMap((each) => [
    each.timestamps,
    each.opens,
    each.highs,
    each.lows,
    each.closes,
    each.volumes,
  ]);
  return [...new Set(columns.map((column) => column.buffer as ArrayBuffer))];
}
