import type { Timeframe } from './timeframe.js';

/** QUEUED and RUNNING end in one of the others, which are final. */
export const BACKTEST_STATUSES = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELED'] as const;
export type BacktestStatus = (typeof BACKTEST_STATUSES)[number];
export const isFinal = (status: BacktestStatus): boolean => status !== 'QUEUED' && status !== 'RUNNING';

/** Whose fills and statistics: live paper trading's, or those of the program of that name. */
export type BacktestProfileName = 'native' | 'backtesting.py';

/** A strategy's parameters by name. */
export type StrategyParams = Readonly<Record<string, number | boolean | string>>;

/** Where a strategy's code is: built in under its name, or a module of the user's. */
export type StrategyReference =
  { readonly kind: 'BUILT_IN'; readonly name: string } | { readonly kind: 'FILE'; readonly path: string };

/** What one execution costs; rates are fractions of its value, the rest is money of the account. */
export type BacktestCommission =
  | { readonly kind: 'PERCENT'; readonly rate: number }
  | { readonly kind: 'FIXED_PLUS_PERCENT'; readonly fixed: number; readonly rate: number }
  | { readonly kind: 'PER_UNIT'; readonly perUnit: number; readonly minimum: number };

/** How far an execution lies on the worse side of its reference price, beyond the spread. */
export type BacktestSlippage =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'BASIS_POINTS'; readonly basisPoints: number }
  | { readonly kind: 'VOLUME_SHARE'; readonly impact: number };

/** How a backtest trades. Null: the profile's default. Money in the quote currency. */
export interface BacktestOptions {
  /** Starting cash, above 0. */
  readonly initialCapital: number;
  readonly commission: BacktestCommission | null;
  /** Whole spread, a fraction of the price. */
  readonly spread: number | null;
  readonly slippage: BacktestSlippage | null;
  /** Share of a position's value that must be held, above 0, 1 at most. */
  readonly margin: number | null;
  readonly tradeOnClose: boolean | null;
  readonly exclusiveOrders: boolean | null;
  readonly finalizeTrades: boolean | null;
  /** Smallest tradable quantity in units; 0 for any fraction. */
  readonly lotSize: number | null;
  /** Share of a bar's volume that may be filled. */
  readonly volumeShare: number | null;
  /** Most that one symbol may take, in percent of equity; the native profile's only. */
  readonly maxPositionPct: number | null;
  /** Entries whose strategy names no size, in percent of equity; the native profile's only. */
  readonly defaultSizePct: number | null;
  // Left out of a stored spec that does without them, so that it is the same spec, with the same digest, as before they came.
  /** A strategy's `sell` opens shorts; the native profile's only, the other one always does. */
  readonly allowShort?: boolean;
  /** Least share of the positions' value that the equity must cover, from 0 to the margin; the native profile's only. */
  readonly maintenanceMargin?: number;
  /** Yearly cost of what is borrowed, a fraction of its value; the native profile's only. */
  readonly borrowRate?: number;
}

/** What is run: together with the bars it decides every number of the result. */
export interface BacktestSpec {
  readonly strategy: string;
  readonly reference: StrategyReference;
  /** Every declared parameter with its value, defaults filled in. */
  readonly params: StrategyParams;
  /** In alphabetic order, each once. */
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  /** Open times from <= t < to, epoch milliseconds UTC; null where open. */
  readonly from: number | null;
  readonly to: number | null;
  readonly profile: BacktestProfileName;
  readonly options: BacktestOptions;
  readonly seed: number;
  /** Longest time it may run, in seconds. */
  readonly deadlineSeconds: number;
}

/** Why a backtest failed. */
export const BACKTEST_FAILURES = [
  'STRATEGY_NOT_LOADED',
  'STRATEGY_FAILED',
  'STRATEGY_RETURNED_NAN',
  'STRATEGY_STUCK',
  'UNKNOWN_STRATEGY',
  'UNKNOWN_PARAMETER',
  'PARAMETER_OUT_OF_RANGE',
  'PARAMETERS_DO_NOT_FIT',
  'INVALID_ARGUMENT',
  'UNKNOWN_SYMBOL',
  'NO_BARS_IN_RANGE',
  'TOO_FEW_BARS',
  'TOO_MANY_BARS',
  'BACKTEST_DEADLINE_EXCEEDED',
  'BACKTEST_OUT_OF_MEMORY',
  'BACKTEST_WORKER_DIED',
] as const;
export type BacktestFailureCode = (typeof BACKTEST_FAILURES)[number];

export interface BacktestFailure {
  readonly code: BacktestFailureCode;
  /** For people: names what failed, and where. */
  readonly message: string;
}

/** Something to know before the result is believed. */
export interface BacktestCaution {
  readonly code: string;
  readonly severity: 'CRITICAL' | 'WARNING' | 'INFO';
  /** For people: names the figure and the limit. */
  readonly message: string;
  /** The figures of the message, and the limit they are held against. */
  readonly values: Readonly<Record<string, number | string | null>>;
}

/** Statistics by name; null where one is undefined. */
export type BacktestStatistics = Readonly<Record<string, number | null>>;
/** Statistics under the keys of another program: its numbers, texts and times. */
export type ForeignStatistics = Readonly<Record<string, number | string | null>>;

/** Returns of the months of one year, in percent; null where the run has none. */
export interface YearOfReturns {
  readonly year: number;
  /** Twelve, January first. */
  readonly monthsPct: readonly (number | null)[];
  /** Compounded. */
  readonly yearPct: number | null;
}
