import type { Refusal } from '../domain/error-codes.js';
import type { DataSource } from '../domain/instrument.js';
import type { ModelKind } from '../domain/model.js';
import type { Result } from '../domain/result.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { GroupLag } from '../ports/event-bus.js';
import type { ReadModel } from '../ports/read-model.js';
import type { RunBacktestCommand } from '../services/backtesting/backtest-command.js';
import type { MonteCarloResult } from '../ports/monte-carlo.js';
import type { MonteCarloCommand } from '../services/research/monte-carlo.js';
import type { SearchCommand } from '../services/research/search-command.js';
import type { StrategyView } from '../services/backtesting/strategy-view.js';
import type { AnomalyCheck } from '../services/ml/detect-anomaly.js';
import type { PricePrediction } from '../services/ml/predict-price.js';
import type { AccountStatus } from '../domain/account.js';
import type { DeploymentComparison } from '../services/trading/compare-deployment.js';
import type { DeployStrategyCommand } from '../services/trading/deploy-strategy.js';
import type { FlattenedAccount } from '../services/trading/flatten-account.js';
import type { CreateOrderCommand } from '../services/trading/order-request.js';
import type { OrderPreview, PreviewOrderCommand } from '../services/trading/preview-order.js';
import type { ReplaceOrderCommand } from '../services/trading/replace-order.js';
import type { EventStreams } from './event-streams.js';
import type { Loaders } from './loaders.js';

/** The use cases that the API calls. Expected refusals are values; anything thrown is a bug. */
export interface Services {
  /** Idempotent by (accountId, clientOrderId). Answers the id of the order, which is stored by then. */
  createOrder(command: CreateOrderCommand): Promise<Result<{ readonly orderId: string }, Refusal>>;
  /** A denial is an answer; refuses what cannot be read. Nothing is stored. */
  previewOrder(command: PreviewOrderCommand): Promise<Result<OrderPreview, Refusal>>;
  /** Idempotent by (account of the order, clientOrderId). Answers the id of the new order. */
  replaceOrder(command: ReplaceOrderCommand): Promise<Result<{ readonly orderId: string }, Refusal>>;
  /** Refuses UNKNOWN_ACCOUNT. */
  flattenAccount(accountId: string): Promise<Result<FlattenedAccount, Refusal>>;
  /** Refuses UNKNOWN_ACCOUNT. */
  setAccountStatus(
    accountId: string,
    status: AccountStatus,
  ): Promise<Result<{ readonly status: AccountStatus }, Refusal>>;
  /** Refuses UNKNOWN_ORDER and ORDER_NOT_OPEN. */
  cancelOrder(orderId: string): Promise<Result<{ readonly orderId: string }, Refusal>>;
  ingest(symbol: string): Promise<Result<{ readonly jobId: string }, Refusal>>;
  trackSymbol(symbol: string, timeframe: Timeframe): Promise<Result<{ readonly added: boolean }, Refusal>>;
  untrackSymbol(symbol: string): Promise<Result<{ readonly removed: boolean }, Refusal>>;
  /** In the symbol's tracked timeframe when none is given. Refuses NO_MODEL and TOO_FEW_BARS. */
  predictPrice(symbol: string, timeframe?: Timeframe): Promise<Result<PricePrediction, Refusal>>;
  detectAnomaly(symbol: string, timeframe?: Timeframe): Promise<Result<AnomalyCheck, Refusal>>;
  /** Stored and queued; idempotent by clientRequestId. Refuses with every fault of the input. */
  runBacktest(command: RunBacktestCommand): Promise<Result<{ readonly backtestId: string }, readonly Refusal[]>>;
  /** Refuses UNKNOWN_BACKTEST and BACKTEST_ENDED. */
  cancelBacktest(backtestId: string): Promise<Result<{ readonly backtestId: string }, Refusal>>;
  /** Refuses UNKNOWN_BACKTEST and BACKTEST_NOT_ENDED. */
  deleteBacktest(backtestId: string): Promise<Result<{ readonly backtestId: string }, Refusal>>;
  /** Stored and queued; idempotent by clientRequestId. Refuses with the faults of the input. */
  runSearch(command: SearchCommand): Promise<Result<{ readonly searchId: string }, readonly Refusal[]>>;
  /** Refuses UNKNOWN_SEARCH and SEARCH_ENDED. */
  cancelSearch(searchId: string): Promise<Result<{ readonly searchId: string }, Refusal>>;
  /** Refuses UNKNOWN_SEARCH and SEARCH_NOT_ENDED. */
  deleteSearch(searchId: string): Promise<Result<{ readonly searchId: string }, Refusal>>;
  /** Refuses UNKNOWN_BACKTEST, NO_RESULT, TOO_MANY_DRAWS and INVALID_ARGUMENT. In a thread of its own. */
  monteCarlo(command: MonteCarloCommand): Promise<Result<MonteCarloResult, Refusal>>;
  /** Refuses with every fault of the input. */
  deployStrategy(
    command: DeployStrategyCommand,
  ): Promise<Result<{ readonly deploymentId: string }, readonly Refusal[]>>;
  /** Refuses UNKNOWN_DEPLOYMENT and DEPLOYMENT_ENDED. */
  undeployStrategy(deploymentId: string): Promise<Result<{ readonly deploymentId: string }, Refusal>>;
  /** Refuses UNKNOWN_DEPLOYMENT. Runs a backtest, in a thread of its own. */
  compareDeployment(deploymentId: string): Promise<Result<DeploymentComparison, Refusal>>;
  /** In alphabetic order. */
  strategies(): Promise<readonly StrategyView[]>;
}

export interface ReplayStatus {
  readonly state: 'HOLDING' | 'RUNNING' | 'ENDED';
  /** Epoch milliseconds UTC, as all times here. */
  readonly now: number;
  /** Bars a second; null: as fast as it can. */
  readonly speed: number | null;
  readonly description: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface TrainingStatus {
  readonly kind: ModelKind;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  /** Share done, 0 to 1. */
  readonly fraction: number;
  readonly detail: string | null;
}

/** What the program says of itself. */
export interface PlatformStatus {
  readonly version: string;
  readonly provider: DataSource;
  readonly description: string;
  /** How often tracked symbols are asked for new bars, for people. */
  readonly updateFrequency: string;
  /** Market time. */
  now(): number;
  /** Null when the data is live. */
  replay(): ReplayStatus | null;
  pipeline(): Promise<readonly GroupLag[]>;
  training(): Promise<readonly TrainingStatus[]>;
}

export type Scope = 'READ' | 'TRADE' | 'ADMIN';

export interface CostBudget {
  /** Points in a minute. */
  readonly limit: number;
  readonly remaining: number;
  readonly fullAtMs: number;
}

/** What resolvers work with. Made once for each operation and each event of a subscription: loaders live that long. */
export interface GraphQLContext {
  readonly readModel: ReadModel;
  readonly loaders: Loaders;
  readonly services: Services;
  readonly platform: PlatformStatus;
  readonly events: EventStreams;
  /** What the client may do; all of it until access keys exist. */
  readonly scopes: ReadonlySet<Scope>;
  readBudget(): CostBudget;
}
