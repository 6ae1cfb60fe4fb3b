import { Worker } from 'node:worker_threads';
import type { BacktestFailure } from '../../domain/backtest.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { SearchRun } from '../../ports/search-runner.js';
import type { WorkerEntry } from '../tfjs/worker-entry.js';
import type { SearchOrder, SearchWorkerMessage } from './search-messages.js';

export interface SearchThreadOptions {
  readonly entry: WorkerEntry;
  /** JavaScript objects of the thread at most, in MB. */
  readonly heapMb: number;
  /** Longest silence while it works, in milliseconds. */
  readonly stallMs: number;
}

/** A thread of a search was lost, and not by what it ran. */
export class SearchThreadLostError extends Error {
  override readonly name = 'SearchThreadLostError';
}

/** For the start of the thread, the import of the strategy and the plan. */
const LOAD_MS = 60_000;

type Answer = Exclude<SearchWorkerMessage, { kind: 'beat' }>;
interface Waiting {
  readonly resolve: (answer: Result<Answer, BacktestFailure>) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One worker of a search: asked for one thing at a time, ended when it falls silent. */
export class SearchThread {
  private readonly worker: Worker;
  private readonly strategy: string;
  private readonly options: SearchThreadOptions;
  private waiting: Waiting | null = null;
  private onPreparing: (fraction: number | null) => void = () => {};
  private ended: Error | null = null;

  constructor(run: SearchRun, options: SearchThreadOptions) {
    this.options = options;
    this.strategy = run.spec.strategy;
    const { entry, heapMb } = options;
    this.worker = new Worker(entry.url, {
      workerData: run,
      execArgv: [...entry.execArgv],
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      // What a strategy prints is its own: our output is a log that programs read.
      stdout: true,
      stderr: true,
    });
    this.worker.stdout.resume();
    this.worker.stderr.resume();
    this.worker.on('message', (message: SearchWorkerMessage) => this.hear(message));
    this.worker.once('error', (error) => this.settle({ kind: 'failed', failure: this.uncaught(error) }));
    this.worker.once('exit', (code) =>
      this.end(new SearchThreadLostError(`a thread of the search ended with code ${code}`)),
    );
  }

  /** Waits until it can be asked. */
  begun(): Promise<Result<Answer, BacktestFailure>> {
    return this.expect(LOAD_MS, {
      code: 'STRATEGY_NOT_LOADED',
      message: `strategy ${this.strategy}: its import takes longer than ${LOAD_MS / 1000} s`,
    });
  }

  /** Rejects when the thread is lost or was ended. @param onPreparing see OpenSearch; null once it is over */
  ask(
    order: SearchOrder,
    onPreparing: (fraction: number | null) => void = () => {},
  ): Promise<Result<Answer, BacktestFailure>> {
    this.onPreparing = onPreparing;
    const { stallMs } = this.options;
    const answer = this.expect(stallMs, {
      code: 'STRATEGY_STUCK',
      message: `strategy ${this.strategy} made no progress for ${stallMs / 1000} s`,
    });
    if (this.ended === null) this.worker.postMessage(order, []);
    return answer;
  }

  async close(reason: Error): Promise<void> {
    this.end(reason);
    await this.worker.terminate();
  }

  private expect(ms: number, onSilence: BacktestFailure): Promise<Result<Answer, BacktestFailure>> {
    return new Promise((resolve, reject) => {
      if (this.ended !== null) {
        reject(this.ended);
        return;
      }
      const timer = setTimeout(() => this.settle({ kind: 'failed', failure: onSilence }), ms);
      this.waiting = { resolve, reject, timer };
    });
  }

  private hear(message: SearchWorkerMessage): void {
    if (message.kind !== 'beat') {
      this.settle(message);
      return;
    }
    this.waiting?.timer.refresh();
    this.onPreparing(message.prepared);
  }

  private settle(answer: Answer): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) return;
    clearTimeout(waiting.timer);
    waiting.resolve(answer.kind === 'failed' ? err(answer.failure) : ok(answer));
  }

  private end(reason: Error): void {
    this.ended ??= reason;
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) return;
    clearTimeout(waiting.timer);
    waiting.reject(this.ended);
  }

  private uncaught(error: Error): BacktestFailure {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      const message = `a thread of the search needed more than ${this.options.heapMb} MB besides its bars`;
      return { code: 'BACKTEST_OUT_OF_MEMORY', message };
    }
    return { code: 'STRATEGY_FAILED', message: `strategy ${this.strategy} failed: ${error.message}` };
  }
}
