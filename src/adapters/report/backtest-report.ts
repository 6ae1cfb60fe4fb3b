import type { BacktestSpec } from '../../domain/backtest.js';
import type { BacktestResult } from '../../ports/backtest-runner.js';

/** A finished backtest as it is shown, exported and printed. */
export interface BacktestReport {
  readonly spec: BacktestSpec;
  readonly result: BacktestResult;
  /** What holding the symbols from the first instant on was worth, one value an instant of `result.times`; null for none. */
  readonly benchmark: Float64Array | null;
  /** For people: where the bars come from. */
  readonly source: string;
}
