import type { NativeStatistics } from '../metrics/native-statistics.js';
import type { RiskLimits } from '../risk/limits.js';
import type { SharpeTrials } from '../metrics/probabilistic-sharpe.js';
import { benchmarkCautions } from './benchmark-cautions.js';
import { inOrder, type Caution } from './caution.js';
import { costCautions } from './cost-cautions.js';
import { denialCautions, type EntryDecisions } from './denial-cautions.js';
import { historyCautions } from './history-cautions.js';
import { fewRoundTripsCautions, oneRoundTripCautions } from './round-trip-cautions.js';
import { selectionCautions } from './selection-cautions.js';

export type ResultStatistics = Pick<
  NativeStatistics,
  | 'durationDays'
  | 'startingEquity'
  | 'finalEquity'
  | 'totalReturnPct'
  | 'benchmarkReturnPct'
  | 'beta'
  | 'sharpe'
  | 'deflatedSharpe'
  | 'tradedValue'
  | 'commissions'
  | 'fillCount'
  | 'refusedCount'
>;

export interface CheckedResult {
  /** Native ones, whichever profile it ran under; made with the same `trials`. */
  readonly statistics: ResultStatistics;
  /** PnL of each round trip. */
  readonly pnl: Float64Array;
  /** True when executions are priced beyond their reference: a spread or slippage above 0. */
  readonly hasPriceCosts: boolean;
  /** All that was tried on these bars, this run included. */
  readonly trials: SharpeTrials;
  /** What risk said of the entries; null for a profile without risk limits. */
  readonly entries?: { readonly decisions: EntryDecisions; readonly limits: RiskLimits } | null;
}

/** What can be held against a result without running anything again, the gravest first. Costs microseconds. */
export function cautionsOfResult({ statistics, pnl, hasPriceCosts, trials, entries }: CheckedResult): Caution[] {
  const profit = statistics.finalEquity - statistics.startingEquity;
  // Denied entries are told of by themselves, with the limits that denied them.
  const deniedCount = entries?.decisions.deniedCount ?? 0;
  const refusedCount = Math.max(0, statistics.refusedCount - deniedCount);
  return inOrder([
    ...fewRoundTripsCautions(pnl.length),
    ...oneRoundTripCautions(pnl),
    ...costCautions({ ...statistics, refusedCount, profit, hasPriceCosts }),
    ...(entries ? denialCautions(entries.decisions, entries.limits) : []),
    ...historyCautions(statistics.durationDays),
    ...benchmarkCautions(statistics),
    ...selectionCautions(statistics, trials),
  ]);
}
