import type { StrategyParams } from '../../domain/backtest.js';
import type { SearchSpec } from '../../domain/search.js';
import type { RunResults } from '../../ports/search-runner.js';
import type { BacktestTrial } from '../../ports/backtest-store.js';

/** One set of parameters with what its run came to; null where undefined. */
export interface TriedSet {
  readonly params: StrategyParams;
  readonly score: number | null;
  readonly sharpe: number | null;
  readonly totalReturnPct: number | null;
  readonly maxDrawdownPct: number | null;
  readonly roundTripCount: number | null;
}

const defined = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** What the threads of a search have answered so far. */
export class TriedSets {
  /** One a run, NaN where undefined or not done. */
  readonly scores: Float64Array;
  readonly sharpes: number[] = [];
  doneCount = 0;
  failedCount = 0;
  /** Why the first of those failed. */
  firstError: string | null = null;
  private readonly sets: (TriedSet & { readonly runIndex: number; readonly trialDigest: string })[] = [];

  constructor(runCount: number) {
    this.scores = new Float64Array(runCount).fill(NaN);
  }

  take(results: RunResults): void {
    results.runIndexes.forEach((runIndex, k) => {
      this.doneCount += 1;
      const error = results.errors[k] ?? null;
      if (error !== null) {
        this.failedCount += 1;
        this.firstError ??= error;
      }
      this.scores[runIndex] = results.scores[k] ?? NaN;
      this.sharpes.push(results.sharpes[k] ?? NaN);
      this.sets.push({
        runIndex,
        trialDigest: results.trialDigests[k] ?? '',
        params: JSON.parse(results.params[k] ?? '{}') as StrategyParams,
        score: defined(results.scores[k]),
        sharpe: defined(results.sharpes[k]),
        totalReturnPct: defined(results.totalReturnsPct[k]),
        maxDrawdownPct: defined(results.maxDrawdownsPct[k]),
        roundTripCount: defined(results.roundTripCounts[k]),
      });
    });
  }

  /** The best by score, best first; of equal ones the first in the order of the search. */
  best(count: number, direction: SearchSpec['direction']): readonly TriedSet[] {
    const sign = direction === 'MAXIMIZE' ? -1 : 1;
    return this.sets
      .filter(({ score }) => score !== null)
      .toSorted((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)) || a.runIndex - b.runIndex)
      .slice(0, count)
      .map(({ params, score, sharpe, totalReturnPct, maxDrawdownPct, roundTripCount }) => ({
        params,
        score,
        sharpe,
        totalReturnPct,
        maxDrawdownPct,
        roundTripCount,
      }));
  }

  /** As entries of the ledger of all trials. */
  trials({ strategy, profile }: SearchSpec, dataHash: string): readonly BacktestTrial[] {
    return this.sets.map(({ params, sharpe, trialDigest }) => ({
      dataHash,
      trialDigest,
      strategy,
      params,
      profile,
      sharpe,
    }));
  }
}
