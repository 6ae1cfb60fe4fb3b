import type { BacktestSpec, BacktestStatus } from '../../domain/backtest.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BacktestState } from '../../ports/backtest-store.js';

/** What events tell of a backtest, as pg reads it. */
export interface StateRow {
  readonly id: string;
  readonly status: BacktestStatus;
  readonly progress: number;
  readonly bar_time: Date | null;
  readonly equity: number | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly version: number;
}

/** The executor ($2 is its attempt) still holds the backtest $1. */
export const HELD = "id = $1 AND attempt = $2 AND status = 'RUNNING'";

export const STATE_COLUMNS = 'id, status, progress, bar_time, equity, error_code, error_message, version';

export const toState = (row: StateRow): BacktestState => ({
  id: row.id,
  status: row.status,
  progress: row.progress,
  barTime: row.bar_time?.getTime() ?? null,
  equity: row.equity,
  errorCode: row.error_code,
  errorMessage: row.error_message,
  version: row.version,
});

/** What is run, as pg reads it. */
export interface SpecRow {
  readonly strategy: string;
  readonly reference: BacktestSpec['reference'];
  readonly params: BacktestSpec['params'];
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly start_date: Date | null;
  readonly end_date: Date | null;
  readonly profile: BacktestSpec['profile'];
  readonly options: BacktestSpec['options'];
  readonly seed: number;
  readonly deadline_seconds: number;
}

export const SPEC_COLUMNS =
  'strategy, reference, params, symbols, timeframe, start_date, end_date, profile, options, seed, deadline_seconds';

export const toSpec = (row: SpecRow): BacktestSpec => ({
  strategy: row.strategy,
  reference: row.reference,
  params: row.params,
  symbols: row.symbols,
  timeframe: row.timeframe,
  from: row.start_date?.getTime() ?? null,
  to: row.end_date?.getTime() ?? null,
  profile: row.profile,
  options: row.options,
  seed: row.seed,
  deadlineSeconds: row.deadline_seconds,
});
