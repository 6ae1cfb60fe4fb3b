import type { BarSeries } from '../domain/bar.js';
import type { SeriesActions } from '../domain/corporate-action.js';
import { heldCloses } from '../engines/backtest/total-return.js';
import type { SimulationResult } from '../engines/backtest/simulation.js';
import { alignCloses } from '../engines/metrics/benchmark-returns.js';
import {
  nativeStatistics,
  type NativeRunDescription,
  type NativeStatistics,
} from '../engines/metrics/native-statistics.js';
import type { SharpeTrials } from '../engines/metrics/probabilistic-sharpe.js';
import { indexRun } from '../engines/metrics/run-index.js';
import { sharpeTrialsOf } from '../engines/research/selection-cautions.js';

/**
 * What holding the symbols would have been worth, one value an instant: the closes of the only one; of several an equal
 * share of each, bought at its first close (worth that share until then). Where there are corporate actions it is the
 * total return: splits followed, dividends reinvested.
 */
export function benchmarkCloses(
  series: readonly BarSeries[],
  times: Float64Array,
  actions: readonly SeriesActions[] = [],
): Float64Array {
  const [only, ...others] = series;
  if (only !== undefined && others.length === 0) {
    return alignCloses(times, only.timestamps, heldCloses(only, actions));
  }
  const worth = new Float64Array(times.length);
  for (const each of series) {
    const { timestamps } = each;
    const closes = heldCloses(each, actions);
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
 * @param otherSharpes annualized Sharpe ratios of the other trials, NaN where undefined
 */
export function deflatedStatistics(
  result: SimulationResult,
  about: NativeRunDescription,
  otherSharpes: readonly number[],
): { readonly statistics: NativeStatistics; readonly trials: SharpeTrials } {
  const described = { ...about, index: indexRun(result.times, about) };
  const alone = nativeStatistics(result, described);
  const trials = sharpeTrialsOf(Float64Array.from([...otherSharpes, alone.sharpe ?? NaN])) ?? ONE_TRIAL;
  if (trials.count === 1 || alone.sharpe === null) return { statistics: alone, trials };
  return { statistics: nativeStatistics(result, { ...described, trials }), trials };
}

const ONE_TRIAL: SharpeTrials = { count: 1, sharpeVariance: 0 };
