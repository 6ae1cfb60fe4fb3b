import type { BacktestFailure } from '../../domain/backtest.js';
import type { RunResults, SearchConclusion, SearchRun } from '../../ports/search-runner.js';

/** What a worker is started with: its columns are shared by all threads of the search. */
export type SearchWorkerData = SearchRun;

/** What a worker is asked for, one at a time. */
export type SearchOrder =
  | { readonly kind: 'run'; readonly runIndexes: readonly number[] }
  | { readonly kind: 'conclude'; readonly scores: Float64Array; readonly trialSharpes: readonly number[] };

export type SearchWorkerMessage =
  /** The strategy is loaded and the search planned: from here on silence is suspicious. */
  | {
      readonly kind: 'ready';
      readonly runCount: number;
      /** Runs that are to be made by one thread, as they share what it prepares; null for none. */
      readonly groups: readonly (readonly number[])[] | null;
    }
  /** It goes on; `prepared` is the share of what its strategy prepares right now, null while it prepares nothing. */
  | { readonly kind: 'beat'; readonly prepared: number | null }
  | { readonly kind: 'results'; readonly results: RunResults }
  | { readonly kind: 'concluded'; readonly conclusion: SearchConclusion }
  | { readonly kind: 'failed'; readonly failure: BacktestFailure };
