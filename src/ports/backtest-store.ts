import type {
  BacktestFailure,
  BacktestProfileName,
  BacktestSpec,
  BacktestStatus,
  StrategyParams,
} from '../domain/backtest.js';
import type { BacktestResult, BacktestSummary } from './backtest-runner.js';
import type { Transaction } from './unit-of-work.js';

export interface NewBacktest {
  readonly id: string;
  /** A label for people. */
  readonly name: string | null;
  /** Unique; the caller's key for "this one, once". */
  readonly clientRequestId: string | null;
  readonly inputDigest: string;
  readonly spec: BacktestSpec;
}

/** A backtest as its events tell it. */
export interface BacktestState {
  readonly id: string;
  readonly status: BacktestStatus;
  /** Share done, 0 to 1. */
  readonly progress: number;
  /** Open time of the bar at hand, epoch milliseconds UTC; null before the first. */
  readonly barTime: number | null;
  /** Equity at that bar. */
  readonly equity: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** Grows with each change. */
  readonly version: number;
}

/** A backtest that an executor holds: `attempt` fences what it writes. */
export interface TakenBacktest {
  readonly state: BacktestState;
  readonly spec: BacktestSpec;
  readonly attempt: number;
}

export interface BacktestProgress {
  readonly progress: number;
  readonly barTime: number | null;
  readonly equity: number | null;
}

/** One entry of the ledger of all trials on a set of bars. */
export interface BacktestTrial {
  readonly dataHash: string;
  /** Of strategy, parameters, profile and options: doing it again is no further trial. */
  readonly trialDigest: string;
  readonly strategy: string;
  readonly params: StrategyParams;
  readonly profile: BacktestProfileName;
  /** Annualized; null where undefined. */
  readonly sharpe: number | null;
}

/** A backtest or search that has not ended. */
export interface OpenRun {
  readonly id: string;
  readonly isRunning: boolean;
  /** Grows with every change, progress included. */
  readonly version: number;
}

/**
 * Backtests and their results. Whoever executes one gives the attempt at which it took it: a write answers null, and
 * changes nothing, when the backtest has ended, is gone, or was taken up by another since.
 */
export interface BacktestStore {
  /** Null, and nothing stored, when there is one with this client request id. */
  create(tx: Transaction, backtest: NewBacktest): Promise<BacktestState | null>;
  byClientRequestId(clientRequestId: string): Promise<{ readonly id: string; readonly inputDigest: string } | null>;
  /** Queued or running becomes running from the start, one attempt on; null when it has ended or is gone. */
  takeUp(tx: Transaction, id: string): Promise<TakenBacktest | null>;
  progress(tx: Transaction, id: string, attempt: number, progress: BacktestProgress): Promise<BacktestState | null>;
  /** Running becomes queued again; the attempt does not count. */
  release(tx: Transaction, id: string, attempt: number): Promise<BacktestState | null>;
  /** Ends it well; its curves and round trips are stored already. `finalEquity`: null for no bars. */
  complete(
    tx: Transaction,
    id: string,
    attempt: number,
    summary: BacktestSummary,
    finalEquity: number | null,
  ): Promise<BacktestState | null>;
  fail(tx: Transaction, id: string, attempt: number, failure: BacktestFailure): Promise<BacktestState | null>;
  /** Null when it has ended or is gone. */
  cancel(tx: Transaction, id: string): Promise<BacktestState | null>;
  /** Null when there is none. */
  holder(id: string): Promise<{ readonly status: BacktestStatus; readonly attempt: number } | null>;
  /** Deletes an ended one with its result; answers how it stood, null when there was none. Others are left alone. */
  delete(tx: Transaction, id: string): Promise<BacktestStatus | null>;
  /** Those that are queued or running, oldest first. */
  open(): Promise<readonly OpenRun[]>;
  /** Adds trials that are new; of one that is there its Sharpe ratio is replaced. */
  saveTrials(tx: Transaction, trials: readonly BacktestTrial[]): Promise<void>;
  trials(dataHash: string): Promise<readonly BacktestTrial[]>;
  /** Annualized Sharpe ratios of all trials on these bars but one, NaN where undefined. */
  otherSharpes(dataHash: string, trialDigest: string): Promise<readonly number[]>;
}

/** Takes what is bulky of results, before their backtests are completed. Nobody reads it earlier. */
export interface BacktestResultWriter {
  /**
   * Stores the curves and round trips of an attempt, in the place of an earlier attempt's. False, and nothing stored,
   * when the backtest is no longer this attempt's. The columns are taken away: they are empty afterwards.
   */
  write(id: string, attempt: number, result: BacktestResult): Promise<boolean>;
}
