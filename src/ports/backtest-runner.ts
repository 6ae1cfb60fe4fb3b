import type { BarSeries } from '../domain/bar.js';
import type {
  BacktestCaution,
  BacktestFailure,
  BacktestSpec,
  BacktestStatistics,
  ForeignStatistics,
  YearOfReturns,
} from '../domain/backtest.js';
import type { SeriesActions } from '../domain/corporate-action.js';
import type { Instrument } from '../domain/instrument.js';
import type { Result } from '../domain/result.js';

/** What a run is made of. */
export interface BacktestRun {
  readonly spec: BacktestSpec;
  /** One a symbol, in the order of `spec.symbols`. */
  readonly instruments: readonly Instrument[];
  /** One a symbol, in the order of `spec.symbols`. The runner takes the columns away: they are empty afterwards. */
  readonly series: readonly BarSeries[];
  /** Of all the bars together. */
  readonly dataHash: string;
  /** Splits and dividends of the symbols that have some. */
  readonly actions?: readonly SeriesActions[];
  /** Annualized Sharpe ratios of the other trials on these bars, NaN where undefined: what the deflated one is held against. */
  readonly otherSharpes: readonly number[];
}

/** Round trips as columns of equal length, in the order of their exits. NaN: it had none. */
export interface RoundTripColumns {
  readonly length: number;
  /** Index into the symbols of the run. */
  readonly symbolIndex: Float64Array;
  readonly units: Float64Array;
  readonly entryIndex: Float64Array;
  readonly exitIndex: Float64Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  readonly stopLoss: Float64Array;
  readonly takeProfit: Float64Array;
  readonly pnl: Float64Array;
  readonly commission: Float64Array;
  readonly returnFraction: Float64Array;
  readonly maxAdverse: Float64Array;
  readonly maxFavorable: Float64Array;
  readonly exitReason: readonly string[];
}

/** A sample of the equity curve with the drawdowns of the whole one at its points, fractions <= 0. */
export interface CurveSample {
  readonly times: Float64Array;
  readonly equity: Float64Array;
  readonly drawdowns: Float64Array;
}

/** What a result says besides its curves and round trips. */
export interface BacktestSummary {
  /** SHA-256 of the bars, hexadecimal. */
  readonly dataHash: string;
  /** SHA-256 of the corporate actions that were given, hexadecimal; null for none. */
  readonly actionsHash: string | null;
  /** Of all symbols together. */
  readonly barCount: number;
  /** What the round trips' symbolIndex points into. */
  readonly symbols: readonly string[];
  /** Open times of the first and last instant. */
  readonly dataFrom: number;
  readonly dataTo: number;
  readonly engineVersion: string;
  readonly statistics: BacktestStatistics;
  /** Under the keys of the profile's own program; null for the native profile. */
  readonly foreignStatistics: ForeignStatistics | null;
  readonly monthlyReturns: readonly YearOfReturns[];
  readonly cautions: readonly BacktestCaution[];
}

export interface BacktestResult extends BacktestSummary {
  /** Open time of each instant, and the equity after it. */
  readonly times: Float64Array;
  readonly equity: Float64Array;
  readonly sample: CurveSample;
  readonly roundTrips: RoundTripColumns;
}

export interface RunnerProgress {
  /** Share done, 0 to 1. */
  readonly fraction: number;
  /** Open time of the bar at hand. */
  readonly barTime: number;
  readonly equity: number;
}

export interface RunnerOptions {
  /** At most ten times a second. */
  readonly onProgress?: (progress: RunnerProgress) => void;
  /** Ends the run at once; `run` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Runs one backtest off the event loop of the caller. */
export interface BacktestRunner {
  /** What is the strategy's or the data's fault is an outcome; rejects when the thread was lost for no reason of theirs. */
  run(run: BacktestRun, options?: RunnerOptions): Promise<Result<BacktestResult, BacktestFailure>>;
}
