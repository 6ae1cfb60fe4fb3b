import type { BarSeries } from '../domain/bar.js';
import type { SimulationResult } from '../engines/backtest/simulation.js';
import { alignCloses } from '../engines/metrics/benchmark-returns.js';
import {
  nativeStatistics,
  type NativeRunDescription,
  type NativeStatistics,
} from '../engines/metrics/native-statistics.js';
import { indexRun } from '../engines/metrics/run-index.js';

/**
 * What holding the symbols would have been worth, one value an instant: the closes of the only one; of several an equal
 * share of each, bought at its first close (worth that share until then).
 */
export function benchmarkCloses(series: readonly BarSeries[], times: Float64Array): Float64Array {
  const [only, ...others] = series;
  if (only !== undefined && others.length === 0) return alignCloses(times, only.timestamps, only.closes);
  const worth = new Float64Array(times.length);
  for (const { timestamps, closes } of series) {
    const first = closes[0] ?? NaN;
    const aligned = alignCloses(times, timestamps, closes);
    for (let index = 0; index < worth.length; index += 1) {
      const close = aligned[index] as number;
      worth[index] = (worth[index] as number) + (Number.isNaN(close) ? 1 : close / first) / series.length;
    }
  }
  return worth;
}

/**
 * The native statistics, the Sharpe ratio deflated by all trials on the same bars.
 * @param otherSharpes annualized Sharpe ratios of the other trials
 */
export function deflatedStatistics(
  result: SimulationResult,
  about: NativeRunDescription,
  otherSharpes: readonly number[],
): { readonly [Name in keyof NativeStatistics]: NativeStatistics[Name] } {
  const described = { ...about, index: indexRun(result.times, about) };
  const alone = nativeStatistics(result, described);
  if (otherSharpes.length === 0 || alone.sharpe === null) return alone;
  const sharpes = [...otherSharpes, alone.sharpe];
  const mean = sharpes.reduce((sum, sharpe) => sum + sharpe, 0) / sharpes.length;
  const sharpeVariance = sharpes.reduce((sum, sharpe) => sum + (sharpe - mean) ** 2, 0) / (sharpes.length - 1);
  return nativeStatistics(result, { ...described, trials: { count: sharpes.length, sharpeVariance } });
}
