import type { BacktestFailure } from '../../domain/backtest.js';
import type { BacktestResult, BacktestRun, RunnerProgress } from '../../ports/backtest-runner.js';

/** What the worker is started with. */
export type BacktestWorkerData = BacktestRun;

export type BacktestWorkerMessage =
  /** The strategy is loaded and the run begins: from here on silence is suspicious. */
  | { readonly kind: 'begun' }
  | ({ readonly kind: 'progress' } & RunnerProgress)
  | { readonly kind: 'done'; readonly result: BacktestResult }
  | { readonly kind: 'failed'; readonly failure: BacktestFailure };
