import { Worker } from 'node:worker_threads';
import type { BacktestStatus } from '../../domain/backtest.js';
import type { BacktestExport } from '../../domain/backtest-exports.js';
import type { BacktestExporter, OpenedExport } from '../../ports/backtest-exporter.js';
import { backgroundWorkerEntry } from '../tfjs/worker-entry.js';

/** What the thread is started with. */
export interface ExportWorkerData {
  readonly connectionString: string;
  /** Of the bar cache. */
  readonly cacheDirectory: string;
  readonly backtestId: string;
  readonly file: BacktestExport;
}

/** The first message says what there is; each request (any message) is then answered by the next part. */
export type ExportWorkerMessage =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'no-result'; readonly status: BacktestStatus }
  | { readonly kind: 'ready' }
  | { readonly kind: 'part'; readonly part: Uint8Array }
  | { readonly kind: 'end' };

export interface ExportThreadsOptions {
  readonly connectionString: string;
  readonly cacheDirectory: string;
}

/** At once; others wait their turn. Each holds a connection, and a whole curve. */
const THREADS_MAX = 2;

/** Makes each export in a worker thread of its own, a part whenever one is taken: a slow reader holds no more than that. */
export class ExportThreads implements BacktestExporter {
  private readonly options: ExportThreadsOptions;
  private running = 0;
  private readonly waiting = new Set<() => void>();

  constructor(options: ExportThreadsOptions) {
    this.options = options;
  }

  async open(backtestId: string, file: BacktestExport, signal: AbortSignal): Promise<OpenedExport> {
    await this.turn(signal);
    const { url, execArgv } = backgroundWorkerEntry('backtest-export-worker');
    const workerData: ExportWorkerData = { ...this.options, backtestId, file };
    const worker = new Worker(url, { workerData, execArgv: [...execArgv] });
    let ending: Promise<void> | null = null;
    const terminate = async (): Promise<void> => {
      signal.removeEventListener('abort', end);
      await worker.terminate();
      this.release();
    };
    const end = (): Promise<void> => (ending ??= terminate());
    signal.addEventListener('abort', end, { once: true });
    let isOpen = false;
    try {
      const first = await messageOf(worker);
      if (first.kind === 'unknown') return { kind: 'UNKNOWN' };
      if (first.kind === 'no-result') return { kind: 'NO_RESULT', status: first.status };
      isOpen = true;
      return { kind: 'PARTS', parts: partsOf(worker, end) };
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      if (!isOpen) await end();
    }
  }

  private async turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.running < THREADS_MAX) {
      this.running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.delete(go);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.add(go);
    });
  }

  /** Hands the turn on, or gives it back. */
  private release(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.running -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}

async function* partsOf(worker: Worker, end: () => Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const answer = messageOf(worker);
      worker.postMessage('next', []);
      const message = await answer;
      if (message.kind !== 'part') return;
      yield message.part;
    }
  } finally {
    await end();
  }
}

/** The next message. Rejects when the thread fails or ends instead. */
function messageOf(worker: Worker): Promise<ExportWorkerMessage> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', take);
      worker.off('error', fail);
      worker.off('exit', exit);
    };
    const take = (message: ExportWorkerMessage): void => {
      settle();
      resolve(message);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const exit = (code: number): void => fail(new Error(`the thread of an export ended with code ${code}`));
    worker.on('message', take);
    worker.on('error', fail);
    worker.on('exit', exit);
  });
}
