import type { BarSeries } from '../domain/bar.js';
import type { BacktestFailure } from '../domain/backtest.js';
import type { SeriesActions } from '../domain/corporate-action.js';
import type { Instrument } from '../domain/instrument.js';
import type { Result } from '../domain/result.js';
import type { SearchResult, SearchSpec } from '../domain/search.js';

export interface SearchRun {
  readonly spec: SearchSpec;
  /** One a symbol, in the order of `spec.symbols`, as the bars. */
  readonly instruments: readonly Instrument[];
  readonly series: readonly BarSeries[];
  /** Splits and dividends of the symbols that have some. */
  readonly actions?: readonly SeriesActions[];
}

/** What some runs of a search left, as columns of equal length. NaN: undefined. */
export interface RunResults {
  readonly runIndexes: readonly number[];
  /** The window in whose sample each ran; null for a search over all bars. */
  readonly windowIndexes: readonly (number | null)[];
  /** As JSON. */
  readonly params: readonly string[];
  readonly scores: readonly number[];
  readonly sharpes: readonly number[];
  readonly totalReturnsPct: readonly number[];
  readonly maxDrawdownsPct: readonly number[];
  readonly roundTripCounts: readonly number[];
  /** Why a run failed; null where it did not. */
  readonly errors: readonly (string | null)[];
  /** What names each in the ledger of trials. */
  readonly trialDigests: readonly string[];
}

/** Equity out of the samples of a walk-forward. */
export interface SearchCurve {
  readonly times: Float64Array;
  readonly equity: Float64Array;
}

export interface SearchConclusion {
  readonly result: SearchResult;
  readonly curve: SearchCurve | null;
}

/** A search whose bars are with its threads. */
export interface OpenSearch {
  /** Runs in all: sets, of a walk-forward times windows. */
  readonly runCount: number;
  /**
   * Runs what is not done yet; `onResults` is told of what was run since, in no particular order, and awaited.
   * What is the strategy's fault is an outcome; rejects with the reason of the signal, or when a thread was lost.
   * @param onPreparing is told some times a second how far the preparations are that run now (trainings), each in [0, 1]
   */
  run(
    doneRuns: readonly number[],
    onResults: (results: RunResults) => Promise<void>,
    onPreparing?: (fractions: readonly number[]) => void,
  ): Promise<Result<null, BacktestFailure>>;
  /**
   * Looks at everything that was tried.
   * @param scores one a run, NaN where undefined
   * @param trialSharpes annualized Sharpe ratios of all trials on these bars, NaN where undefined
   */
  conclude(scores: Float64Array, trialSharpes: readonly number[]): Promise<Result<SearchConclusion, BacktestFailure>>;
  close(): Promise<void>;
}

/** Runs searches off the event loop of the caller. */
export interface SearchRunner {
  open(run: SearchRun, signal: AbortSignal): Promise<Result<OpenSearch, BacktestFailure>>;
}
