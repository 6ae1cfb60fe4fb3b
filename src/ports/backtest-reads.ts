import type {
  BacktestCaution,
  BacktestOptions,
  BacktestProfileName,
  BacktestStatistics,
  BacktestStatus,
  ForeignStatistics,
  StrategyParams,
  YearOfReturns,
} from '../domain/backtest.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { CurveSample } from './backtest-runner.js';
import type { BacktestState } from './backtest-store.js';
import type { Page, PageRequest } from './read-model.js';

/** A backtest with all of its result that is no list. What belongs to a result is null until it is DONE. */
export interface BacktestView extends BacktestState {
  readonly name: string | null;
  readonly clientRequestId: string | null;
  readonly strategy: string;
  readonly params: StrategyParams;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  /** As asked for; epoch milliseconds UTC, as all times here. */
  readonly startDate: number | null;
  readonly endDate: number | null;
  readonly profile: BacktestProfileName;
  readonly options: BacktestOptions;
  readonly seed: number;
  readonly deadlineSeconds: number;
  readonly status: BacktestStatus;
  readonly firstOffset: number;
  readonly dataHash: string | null;
  readonly actionsHash: string | null;
  readonly barCount: number | null;
  readonly engineVersion: string | null;
  readonly dataFrom: number | null;
  readonly dataTo: number | null;
  readonly statistics: BacktestStatistics | null;
  readonly foreignStatistics: ForeignStatistics | null;
  readonly monthlyReturns: readonly YearOfReturns[] | null;
  readonly cautions: readonly BacktestCaution[];
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface RoundTripView {
  readonly number: number;
  readonly symbol: string;
  /** Above 0 long, below 0 short. */
  readonly units: number;
  readonly entryIndex: number;
  readonly exitIndex: number;
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
  readonly pnl: number;
  readonly commission: number;
  readonly returnFraction: number;
  readonly maxAdverse: number;
  readonly maxFavorable: number;
  readonly exitReason: string;
}

export interface BacktestFilter {
  readonly strategy: string | null;
  readonly statuses: readonly BacktestStatus[] | null;
}

/** Reading of backtests for the API. */
export interface BacktestReadModel {
  /** Newest first; key [created, id]. */
  backtests(filter: BacktestFilter, page: PageRequest): Promise<Page<BacktestView>>;
  backtest(id: string): Promise<BacktestView | null>;
  /** Those that there are, in no particular order. */
  backtestsById(ids: readonly string[]): Promise<readonly BacktestView[]>;
  /** In the order of the exits; key [number]. */
  roundTrips(backtestId: string, page: PageRequest): Promise<Page<RoundTripView>>;
  /** Null when there is no result. */
  curve(backtestId: string): Promise<CurveSample | null>;
  /** The whole curve, for exports. */
  equity(backtestId: string): Promise<{ readonly times: Float64Array; readonly equity: Float64Array } | null>;
  /** Gains of all round trips, in the order of their exits. */
  pnl(backtestId: string): Promise<Float64Array>;
}
