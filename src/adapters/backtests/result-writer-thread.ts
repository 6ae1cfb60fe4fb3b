import type { BacktestResult } from '../../ports/backtest-runner.js';
import type { BacktestResultWriter } from '../../ports/backtest-store.js';
import { RequestThread, type ThreadReply, type ThreadRequest } from './request-thread.js';
import { buffersOfResult } from './result-columns.js';

/** What the thread is started with. */
export interface ResultWriterData {
  readonly connectionString: string;
}

interface WriteResult {
  readonly backtestId: string;
  readonly attempt: number;
  readonly result: BacktestResult;
}

export type ResultWriterRequest = ThreadRequest<WriteResult>;
export type ResultWriterReply = ThreadReply<boolean>;

/** Writes results in a thread of its own: megabytes that are put into messages would hold up the API's answers. */
export class ResultWriterThread implements BacktestResultWriter {
  private readonly thread: RequestThread<WriteResult, boolean>;

  constructor(workerData: ResultWriterData) {
    this.thread = new RequestThread({ script: 'result-writer-worker', workerData });
  }

  write(backtestId: string, attempt: number, result: BacktestResult): Promise<boolean> {
    return this.thread.ask({ backtestId, attempt, result }, buffersOfResult(result));
  }

  /** Ends the thread; writes under way are rejected. */
  close(): Promise<void> {
    return this.thread.close();
  }
}
