import type { AccountAction } from '../domain/account-action.js';
import type { Account } from '../domain/account.js';
import type { Anomaly } from '../domain/anomaly.js';
import type { BarSeries, StoredBar } from '../domain/bar.js';
import type { Instrument } from '../domain/instrument.js';
import type { Model, ModelKind, Prediction } from '../domain/model.js';
import type { OrderCause, OrderEndReason, OrderSide, OrderStatus, OrderType, TimeInForce } from '../domain/order.js';
import type { Signal, SignalAction } from '../domain/signal.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { BacktestReadModel } from './backtest-reads.js';
import type { DeploymentReadModel } from './deployment-reads.js';
import type { SearchReadModel } from './search-reads.js';
import type { DataQualityRow } from './bar-store.js';

/** Values of the columns that a list is ordered by, in order: where an item stands in it. */
export type PageKey = readonly (string | number)[];

/** Which part of an ordered list is wanted. */
export interface PageRequest {
  /** `first`: from the start of the list, `last`: from its end; answers are in list order either way. */
  readonly from: 'first' | 'last';
  /** Items at most. */
  readonly size: number;
  /** Only items behind this key. */
  readonly after: PageKey | null;
  /** Only items before this key. */
  readonly before: PageKey | null;
}

export interface Page<T> {
  readonly items: readonly { readonly key: PageKey; readonly item: T }[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** Market times: from <= time < to, epoch milliseconds UTC; null where open. */
export interface TimeRange {
  readonly from: number | null;
  readonly to: number | null;
}

export interface InstrumentView extends Instrument {
  readonly tracked: readonly { readonly timeframe: Timeframe; readonly endedAt: number | null }[];
}

export interface BarView extends StoredBar {
  /** The stored timeframe it was aggregated from; null when it is stored as it is. */
  readonly aggregatedFrom: Timeframe | null;
}

export interface BarSeriesView extends BarSeries {
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

export interface AccountView extends Account {
  readonly isDefault: boolean;
  /** Market time up to which it has acted. */
  readonly asOf: number;
}

/** An order as its events tell it. Quantities and prices are decimal text. */
export interface OrderView {
  readonly id: string;
  readonly clientOrderId: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly quantity: string;
  readonly limitPrice: string | null;
  readonly stopPrice: string | null;
  readonly timeInForce: TimeInForce;
  readonly cause: OrderCause;
  readonly status: OrderStatus;
  readonly endReason: OrderEndReason | null;
  readonly filledQuantity: string;
  readonly averageFillPrice: string | null;
  readonly createdAt: number;
  readonly filledAt: number | null;
  readonly version: number;
}

/** What only the database knows of an order. */
export interface StoredOrderView extends OrderView {
  readonly decidedAt: number;
  readonly endedAt: number | null;
  readonly stopDistance: string | null;
  readonly takeProfitDistance: string | null;
  readonly protectionMode: 'RESTING' | 'WATCHED' | null;
  readonly reservedCash: string;
  readonly riskDecisionId: string | null;
  /** The entry that a protective order protects. */
  readonly parentOrderId: string | null;
  readonly signalId: string | null;
}

export interface FillView {
  readonly id: string;
  readonly orderId: string;
  readonly accountId: string;
  readonly executionId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly quantity: string;
  readonly price: string;
  readonly fee: string;
  readonly realizedPnl: string;
  readonly assumptions: readonly { readonly name: string; readonly value: string }[];
  readonly timestamp: number;
  readonly barTimestamp: number;
}

export interface AccountActionView extends Pick<
  AccountAction,
  'id' | 'accountId' | 'symbol' | 'kind' | 'exDate' | 'outcome' | 'value' | 'timestamp'
> {
  readonly quantityBefore: string;
  readonly quantity: string;
  readonly cash: string;
  readonly realizedPnl: string;
}

export interface RiskDecisionView {
  readonly id: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly quantity: string;
  readonly cause: OrderCause;
  readonly approved: boolean;
  readonly deniedCode: string | null;
  readonly checks: readonly {
    readonly code: string;
    readonly passed: boolean;
    readonly limit: string | null;
    readonly value: string | null;
    readonly headroom: string | null;
  }[];
  readonly signalId: string | null;
  readonly decidedAt: number;
}

export interface PositionView {
  readonly accountId: string;
  readonly symbol: string;
  readonly quantity: string;
  readonly averagePrice: string;
  readonly currentPrice: string;
  readonly marketValue: string;
  readonly unrealizedPnl: string;
  readonly realizedPnl: string;
  readonly lastUpdated: number;
}

export interface ValuationView {
  readonly accountId: string;
  readonly timestamp: number;
  readonly totalValue: string;
  readonly cash: string;
  readonly positionsValue: string;
  readonly totalPnl: string;
  readonly realizedPnl: string;
  readonly unrealizedPnl: string;
  readonly fees: string;
}

export interface PortfolioView extends ValuationView {
  readonly positions: readonly PositionView[];
}

export interface SeriesFilter extends TimeRange {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

export interface SignalFilter extends TimeRange {
  readonly symbols: readonly string[] | null;
  readonly source: string | null;
  readonly actions: readonly SignalAction[] | null;
}

export interface AnomalyFilter extends TimeRange {
  readonly symbols: readonly string[] | null;
}

export interface ModelFilter {
  readonly symbol: string | null;
  readonly kind: ModelKind | null;
}

export interface OrderFilter extends TimeRange {
  readonly accountId: string | null;
  readonly symbol: string | null;
  readonly statuses: readonly OrderStatus[] | null;
  readonly clientOrderId: string | null;
}

export interface FillFilter extends TimeRange {
  readonly accountId: string | null;
  readonly symbol: string | null;
  readonly orderId: string | null;
}

export type AccountActionFilter = Omit<FillFilter, 'orderId'>;

/** Reading of market data for the API. */
export interface MarketReadModel {
  instruments(): Promise<readonly InstrumentView[]>;
  instrument(symbol: string): Promise<InstrumentView | null>;
  /** Oldest first; key [open time]. A timeframe that is not stored is aggregated. */
  bars(filter: SeriesFilter, page: PageRequest): Promise<Page<BarView>>;
  /** The first or last `size` bars of the range as columns. */
  barSeries(filter: SeriesFilter, from: 'first' | 'last', size: number): Promise<BarSeriesView>;
  /** By symbol, timeframe, code. */
  dataQuality(symbol: string | null, page: PageRequest): Promise<Page<DataQualityRow>>;
}

/** Reading of models and what came of them. Lists by ids hold what was found, in no particular order. */
export interface MlReadModel {
  signals(filter: SignalFilter, page: PageRequest): Promise<Page<Signal>>;
  anomalies(filter: AnomalyFilter, page: PageRequest): Promise<Page<Anomaly>>;
  models(filter: ModelFilter, page: PageRequest): Promise<Page<Model>>;
  signalsById(ids: readonly string[]): Promise<readonly Signal[]>;
  predictionsById(ids: readonly string[]): Promise<readonly Prediction[]>;
  modelsById(ids: readonly string[]): Promise<readonly Model[]>;
}

/** Reading of accounts and their books. */
export interface TradingReadModel {
  accounts(page: PageRequest): Promise<Page<AccountView>>;
  /** The account, or the default one for null. */
  account(id: string | null): Promise<AccountView | null>;
  orders(filter: OrderFilter, page: PageRequest): Promise<Page<StoredOrderView>>;
  fills(filter: FillFilter, page: PageRequest): Promise<Page<FillView>>;
  /** Latest first; key [time, id]. */
  accountActions(filter: AccountActionFilter, page: PageRequest): Promise<Page<AccountActionView>>;
  positions(accountId: string, page: PageRequest): Promise<Page<PositionView>>;
  portfolio(account: AccountView): Promise<PortfolioView>;
  /** Oldest first; key [time]. */
  portfolioHistory(accountId: string, range: TimeRange, page: PageRequest): Promise<Page<ValuationView>>;
  accountsById(ids: readonly string[]): Promise<readonly AccountView[]>;
  ordersById(ids: readonly string[]): Promise<readonly StoredOrderView[]>;
  riskDecisionsById(ids: readonly string[]): Promise<readonly RiskDecisionView[]>;
  /** All fills of these orders, oldest first. */
  fillsOfOrders(orderIds: readonly string[]): Promise<readonly FillView[]>;
}

/** What the API reads; nothing here writes. */
export interface ReadModel {
  readonly market: MarketReadModel;
  readonly ml: MlReadModel;
  readonly trading: TradingReadModel;
  readonly backtests: BacktestReadModel;
  readonly deployments: DeploymentReadModel;
  readonly searches: SearchReadModel;
}
