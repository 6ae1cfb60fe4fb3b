import { parentPort, workerData } from 'node:worker_threads';
import type { BarSeries } from '../src/domain/bar.js';
import { prepareBars } from '../src/engines/backtest/prepared-bars.js';
import { ResultMemory } from '../src/engines/backtest/result-memory.js';
import { simulateUnits } from '../src/engines/backtest/simulate-units.js';
import { indexBacktestingPy } from '../src/engines/metrics/backtesting-py/run-index.js';
import { backtestingPyStatistics } from '../src/engines/metrics/backtesting-py/statistics.js';
import { smaCross } from '../src/engines/strategies/built-in/sma-cross.js';
import { BENCH_OPTIONS, smaCrossValues } from './backtest-settings.js';

/** One worker of a parameter search: asked for a list of sets, it answers with the sum of their Sharpe ratios. */
const series = workerData as BarSeries;
const bars = { series: [series], tradeFrom: null };
const memory = new ResultMemory();
const index = indexBacktestingPy(series.timestamps, series.closes, true);

parentPort?.on('message', (sets: readonly (readonly [number, number])[]) => {
  const prepared = prepareBars(bars);
  let sum = 0;
  for (const [fast, slow] of sets) {
    const values = smaCrossValues({ fast, slow });
    const result = simulateUnits(bars, smaCross, values, BENCH_OPTIONS, undefined, prepared, memory);
    sum += backtestingPyStatistics(result, index)['Sharpe Ratio'] ?? 0;
  }
  parentPort?.postMessage(sum, []);
});
