import { Worker } from 'node:worker_threads';
import type { BacktestFailure } from '../../domain/backtest.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { BacktestResult, BacktestRun, BacktestRunner, RunnerOptions } from '../../ports/backtest-runner.js';
import { backgroundWorkerEntry, type WorkerEntry } from '../tfjs/worker-entry.js';
import type { BacktestWorkerMessage } from './worker-messages.js';

export interface BacktestThreadsOptions {
  /** Longest silence of a strategy, in milliseconds. */
  readonly stallMs: number;
  /** JavaScript objects of one thread at most, in MB; 1,024 when left out. Columns are not counted in it. */
  readonly heapMb?: number;
  /** Another worker script, for tests. */
  readonly entry?: WorkerEntry;
}

/** The thread of a backtest was lost, and not by what it ran. */
export class BacktestThreadLostError extends Error {
  override readonly name = 'BacktestThreadLostError';
}

const HEAP_MB = 1_024;
/** For the start of the thread and the import of the strategy. */
const LOAD_MS = 30_000;

type Outcome = Result<BacktestResult, BacktestFailure>;

/** Each backtest in a worker thread of its own, ended at its deadline, when it falls silent, and when it is called off. */
export class BacktestThreads implements BacktestRunner {
  private readonly options: BacktestThreadsOptions;

  constructor(options: BacktestThreadsOptions) {
    this.options = options;
  }

  async run(run: BacktestRun, options: RunnerOptions = {}): Promise<Outcome> {
    options.signal?.throwIfAborted();
    const { entry = backgroundWorkerEntry('backtest-worker'), heapMb = HEAP_MB, stallMs } = this.options;
    const worker = new Worker(entry.url, {
      workerData: run,
      transferList: buffersOf(run),
      execArgv: [...entry.execArgv],
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      // What a strategy prints is its own: our output is a log that programs read.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    try {
      return await outcomeOf(worker, run, options, { stallMs, heapMb });
    } finally {
      await worker.terminate();
    }
  }
}

async function outcomeOf(
  worker: Worker,
  { spec }: BacktestRun,
  { signal, onProgress }: RunnerOptions,
  { stallMs, heapMb }: { readonly stallMs: number; readonly heapMb: number },
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
      const loading = after(LOAD_MS, {
        code: 'STRATEGY_NOT_LOADED',
        message: `strategy ${spec.strategy}: its import takes longer than ${LOAD_MS / 1000} s`,
      });
      let stall: NodeJS.Timeout | null = null;
      worker.on('message', (message: BacktestWorkerMessage) => {
        stall?.refresh();
        switch (message.kind) {
          case 'begun':
            clearTimeout(loading);
            stall = after(stallMs, {
              code: 'STRATEGY_STUCK',
              message: `strategy ${spec.strategy} made no progress for ${stallMs / 1000} s`,
            });
            break;
          case 'progress':
            onProgress?.(message);
            break;
          case 'done':
            resolve(ok(message.result));
            break;
          case 'failed':
            fail(message.failure);
            break;
        }
      });
      worker.once('error', (error) => fail(uncaught(spec.strategy, error, heapMb)));
      worker.once('exit', (code) =>
        reject(new BacktestThreadLostError(`the thread of the backtest ended with code ${code}`)),
      );
    });
  } finally {
    timers.forEach(clearTimeout);
    settled.abort();
  }
}

function uncaught(strategy: string, error: Error, heapMb: number): BacktestFailure {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { code: 'BACKTEST_OUT_OF_MEMORY', message: `it needed more than ${heapMb} MB besides its bars` };
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
