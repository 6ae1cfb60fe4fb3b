import type { BacktestStatus, StrategyParams } from '../domain/backtest.js';
import type { SearchedAxis, SearchKind, SearchResult, SearchSpec } from '../domain/search.js';
import type { Page, PageRequest } from './read-model.js';
import type { SearchCurve } from './search-runner.js';
import type { SearchState } from './search-store.js';

/** A search with all of its result that is no list. Epoch milliseconds UTC. */
export interface SearchView extends SearchState {
  readonly name: string | null;
  readonly clientRequestId: string | null;
  readonly kind: SearchKind;
  readonly status: BacktestStatus;
  readonly strategy: string;
  readonly spec: SearchSpec;
  readonly axes: readonly SearchedAxis[];
  readonly setCount: number;
  readonly unfitCount: number;
  readonly firstOffset: number;
  readonly dataHash: string | null;
  readonly barCount: number | null;
  readonly engineVersion: string | null;
  readonly result: SearchResult | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** One run of a search. */
export interface SearchRunView {
  readonly runIndex: number;
  readonly windowIndex: number | null;
  readonly params: StrategyParams;
  readonly score: number | null;
  /** The better the higher. */
  readonly rank: number;
  readonly sharpe: number | null;
  readonly totalReturnPct: number | null;
  readonly maxDrawdownPct: number | null;
  readonly roundTripCount: number | null;
  readonly errorMessage: string | null;
}

/** Scores of all runs that share a place on both axes. */
export interface SearchCell {
  /** Place on the axis: of a list the index of its value, of an interval its part. */
  readonly x: number;
  readonly y: number;
  readonly score: number;
  readonly count: number;
}

export interface CellRequest {
  readonly x: SearchedAxis;
  readonly y: SearchedAxis;
  /** Equal parts into which an interval is cut. */
  readonly parts: number;
  readonly figure: 'HIGHEST' | 'LOWEST' | 'MEAN';
}

/** Reading of searches for the API. */
export interface SearchReadModel {
  /** Newest first; key [created, id]. */
  searches(strategy: string | null, page: PageRequest): Promise<Page<SearchView>>;
  search(id: string): Promise<SearchView | null>;
  /** The best first; key [rank, run index]. */
  runs(searchId: string, page: PageRequest): Promise<Page<SearchRunView>>;
  cells(searchId: string, request: CellRequest): Promise<readonly SearchCell[]>;
  /** Null unless it is a walk-forward that is done. */
  curve(searchId: string): Promise<SearchCurve | null>;
}
