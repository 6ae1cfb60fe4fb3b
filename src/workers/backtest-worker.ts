import { parentPort, workerData } from 'node:worker_threads';
import { buffersOfResult } from '../adapters/backtests/result-columns.js';
import type { BacktestWorkerData, BacktestWorkerMessage } from '../adapters/backtests/worker-messages.js';
import { loadStrategy, StrategyNotLoadedError } from '../adapters/strategies/load-strategy.js';
import type { BacktestFailure } from '../domain/backtest.js';
import { err, ok, type Result } from '../domain/result.js';
import type { BacktestResult } from '../ports/backtest-runner.js';
import { prepareRun } from './backtest-preparation.js';
import { simulateBacktest } from './backtest-simulation.js';

// One backtest, then the thread ends: nothing that a strategy leaves behind reaches the next one.
const run = workerData as BacktestWorkerData;

/** Looked at so often, that a slow strategy is not taken for one that is stuck; told at most ten times a second. */
const EVERY_BARS = 64;
const TELL_EVERY_MS = 100;

function tell(message: BacktestWorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

let toldAtMs = -Infinity;
const hooks = {
  everyBars: EVERY_BARS,
  onProgress(doneBars: number, totalBars: number, barTime: number, equity: number): void {
    const nowMs = performance.now();
    if (nowMs - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = nowMs;
    tell({ kind: 'progress', fraction: totalBars > 0 ? doneBars / totalBars : 0, barTime, equity });
  },
};

async function outcome(): Promise<Result<BacktestResult, BacktestFailure>> {
  try {
    const strategy = await loadStrategy(run.spec.reference);
    tell({ kind: 'begun' });
    const prepared = await prepareRun(run, strategy, hooks);
    if (!prepared.ok) return prepared;
    const result = simulateBacktest(run, prepared.value.strategy, prepared.value.hooks);
    if (!result.ok) return result;
    return ok({ ...result.value, cautions: [...result.value.cautions, ...prepared.value.cautions] });
  } catch (error) {
    if (!(error instanceof StrategyNotLoadedError)) throw error;
    return err({ code: 'STRATEGY_NOT_LOADED', message: error.message });
  }
}

const settled = await outcome();
if (settled.ok) tell({ kind: 'done', result: settled.value }, buffersOfResult(settled.value));
else tell({ kind: 'failed', failure: settled.error });
