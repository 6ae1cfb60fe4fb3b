import type { BacktestFailure, BacktestStatus } from '../domain/backtest.js';
import type { SearchedAxis, SearchKind, SearchSpec } from '../domain/search.js';
import type { RunResults, SearchConclusion } from './search-runner.js';
import type { OpenRun } from './backtest-store.js';
import type { Transaction } from './unit-of-work.js';

export interface NewSearch {
  readonly id: string;
  readonly name: string | null;
  /** Unique; the caller's key for "this one, once". */
  readonly clientRequestId: string | null;
  readonly inputDigest: string;
  readonly kind: SearchKind;
  readonly spec: SearchSpec;
  readonly axes: readonly SearchedAxis[];
  readonly setCount: number;
  readonly unfitCount: number;
}

/** A search as its events tell it. */
export interface SearchState {
  readonly id: string;
  readonly status: BacktestStatus;
  /** Runs in all; null until the bars are read. */
  readonly runCount: number | null;
  readonly doneCount: number;
  readonly bestScore: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** Grows with each change. */
  readonly version: number;
}

/** A search that an executor holds: `attempt` fences what it writes. */
export interface TakenSearch {
  readonly state: SearchState;
  readonly spec: SearchSpec;
  readonly attempt: number;
}

/** Which bars and corporate actions a search runs over, and how many runs that makes. */
export interface SearchData {
  readonly dataHash: string;
  /** Of the corporate actions that are booked; null where there are none. */
  readonly actionsHash: string | null;
  readonly barCount: number;
  readonly runCount: number;
  /** Results of another version of the engine are none of this one. */
  readonly engineVersion: string;
}

/**
 * Searches and their results. Whoever executes one gives the attempt at which it took it: a write answers null, and
 * changes nothing, when the search has ended, is gone, or was taken up by another since.
 */
export interface SearchStore {
  /** Null, and nothing stored, when there is one with this client request id. */
  create(tx: Transaction, search: NewSearch): Promise<SearchState | null>;
  byClientRequestId(clientRequestId: string): Promise<{ readonly id: string; readonly inputDigest: string } | null>;
  /** Queued or running becomes running, one attempt on; what is done stays. Null when it has ended or is gone. */
  takeUp(tx: Transaction, id: string): Promise<TakenSearch | null>;
  /** Fixes the bars and actions. Results over others, which were corrected since, are deleted. */
  begin(tx: Transaction, id: string, attempt: number, data: SearchData): Promise<SearchState | null>;
  /** Adds results of runs, each once, and enters their sets into the ledger of trials. */
  addResults(tx: Transaction, id: string, attempt: number, results: RunResults): Promise<SearchState | null>;
  /** Indexes of the runs that are done. */
  doneRuns(id: string): Promise<readonly number[]>;
  /** One score a run, NaN where undefined or not done. */
  scores(id: string, runCount: number): Promise<Float64Array>;
  /** Running becomes queued again; the attempt does not count. */
  release(tx: Transaction, id: string, attempt: number): Promise<SearchState | null>;
  complete(tx: Transaction, id: string, attempt: number, found: SearchConclusion): Promise<SearchState | null>;
  fail(tx: Transaction, id: string, attempt: number, failure: BacktestFailure): Promise<SearchState | null>;
  /** Null when it has ended or is gone. */
  cancel(tx: Transaction, id: string): Promise<SearchState | null>;
  /** Null when there is none. */
  holder(id: string): Promise<{ readonly status: BacktestStatus; readonly attempt: number } | null>;
  /** Deletes an ended one with its results; answers how it stood, null when there was none. Others are left alone. */
  delete(tx: Transaction, id: string): Promise<BacktestStatus | null>;
  /** Those that are queued or running, oldest first. */
  open(): Promise<readonly OpenRun[]>;
}
