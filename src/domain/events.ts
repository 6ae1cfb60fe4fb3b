import type { Adjustment } from './bar.js';
import type { BusinessTopic } from './topics.js';

/**
 * Payloads of the event log, by topic and type. Field names and JSON types of the first three topics are the original
 * design's (snake_case, numbers, RFC 3339 times); further fields are added. Money in `orders` and `portfolio` is decimal text.
 */
export interface BarPayload {
  readonly symbol: string;
  readonly timeframe: string;
  readonly timestamp: string;
  readonly close_time: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly vwap: number | null;
  readonly adjustment: Adjustment;
  readonly source: string;
  readonly revision: number;
}

/** Bulk history is not news: one event a chunk, consumers may refresh, nothing trades on it. */
export interface HistoryLoadedPayload {
  readonly symbol: string;
  readonly timeframe: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

/** A symbol will have no further bars (the replay is over, or it is no longer tracked). */
export interface SeriesEndedPayload {
  readonly symbol: string;
  readonly timeframe: string;
  /** Close time of the last bar, or the time of the decision. */
  readonly timestamp: string;
  readonly reason: 'REPLAY_OVER' | 'UNTRACKED';
}

/** From this place in the symbol's order of bars on, this model is the one in use. */
export interface ModelActivatedPayload {
  readonly symbol: string;
  readonly timeframe: string;
  readonly kind: string;
  readonly model_id: string;
}

export interface SignalPayload {
  readonly signal_id: string;
  readonly source: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly timestamp: string;
  readonly bar_timestamp: string;
  readonly action: string;
  readonly reason: string;
  readonly confidence: number;
  readonly predicted_price: number | null;
  readonly current_price: number;
  readonly stop_loss: number | null;
  readonly take_profit: number | null;
  readonly stop_distance: number | null;
  readonly take_profit_distance: number | null;
  readonly settings: Readonly<Record<string, number>>;
  readonly prediction_id: string | null;
  readonly model_id: string | null;
}

/** The source had nothing to say of this bar (no model yet, too few bars, or it kept failing): a watermark, not a signal. */
export interface BarEvaluatedPayload {
  readonly source: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly timestamp: string;
  readonly bar_timestamp: string;
  readonly reason: 'NO_MODEL' | 'TOO_FEW_BARS' | 'EVALUATION_FAILED';
}

export interface AnomalyPayload {
  readonly anomaly_id: string;
  readonly model_id: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly timestamp: string;
  readonly bar_timestamp: string;
  readonly anomaly_score: number;
  readonly raw_score: number;
  readonly anomaly_type: string;
  readonly severity: string;
  readonly description: string;
}

/** An order as it stands after the event. `timestamp` is market time. */
export interface OrderPayload {
  readonly order_id: string;
  readonly account_id: string;
  readonly client_order_id: string;
  readonly symbol: string;
  readonly side: string;
  readonly order_type: string;
  readonly time_in_force: string;
  readonly cause: string;
  readonly quantity: string;
  readonly limit_price: string | null;
  readonly stop_price: string | null;
  readonly status: string;
  readonly end_reason: string | null;
  readonly filled_quantity: string;
  readonly average_fill_price: string | null;
  readonly timestamp: string;
  readonly created_at: string;
  readonly filled_at: string | null;
  /** Grows with each change of the order. */
  readonly version: number;
  readonly fill: {
    readonly fill_id: string;
    readonly quantity: string;
    readonly price: string;
    readonly fee: string;
  } | null;
}

export interface PortfolioPayload {
  readonly account_id: string;
  readonly timestamp: string;
  readonly total_value: string;
  readonly cash: string;
  readonly positions_value: string;
  readonly total_pnl: string;
  readonly realized_pnl: string;
  readonly unrealized_pnl: string;
  readonly fees: string;
  readonly positions: readonly {
    readonly symbol: string;
    readonly quantity: string;
    readonly average_price: string;
    readonly current_price: string;
    readonly unrealized_pnl: string;
    readonly realized_pnl: string;
  }[];
}

/** A split or dividend that an account has booked, or noticed too late to book. */
export interface AccountActionPayload {
  readonly account_id: string;
  readonly symbol: string;
  readonly kind: string;
  /** The first day without it, `YYYY-MM-DD`. */
  readonly ex_date: string;
  /** BOOKED, or LATE: bars without it had been acted on already, and nothing was booked. */
  readonly outcome: string;
  /** New shares for one old, or cash a share as it was held. */
  readonly value: number;
  readonly quantity_before: string;
  readonly quantity: string;
  /** The dividend, or what was paid for a part of a lot. */
  readonly cash: string;
  readonly realized_pnl: string;
  readonly timestamp: string;
}

/** A backtest as it stands after the event. Of the same id and version there is one. */
export interface BacktestPayload {
  readonly backtest_id: string;
  readonly status: string;
  /** Share done, 0 to 1. */
  readonly progress: number;
  /** Open time of the bar at hand; null before the first. */
  readonly bar_time: string | null;
  /** Equity at that bar, in the quote currency. */
  readonly equity: number | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  /** Grows with each change. */
  readonly version: number;
}

/** A search as it stands after the event. Of the same id and version there is one. */
export interface SearchPayload {
  readonly search_id: string;
  readonly status: string;
  /** Runs in all; null until its bars are read. */
  readonly run_count: number | null;
  readonly done_count: number;
  /** The best score of its objective so far. */
  readonly best_score: number | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  /** Grows with each change. */
  readonly version: number;
}

export interface EventTypes {
  market_data: {
    bar: BarPayload;
    history_loaded: HistoryLoadedPayload;
    series_ended: SeriesEndedPayload;
    model_activated: ModelActivatedPayload;
  };
  trading_signals: { signal: SignalPayload; bar_evaluated: BarEvaluatedPayload };
  anomalies: { anomaly: AnomalyPayload };
  orders: {
    order_created: OrderPayload;
    order_accepted: OrderPayload;
    order_updated: OrderPayload;
    order_filled: OrderPayload;
    order_ended: OrderPayload;
  };
  portfolio: { portfolio_updated: PortfolioPayload; account_action: AccountActionPayload };
  backtests: { backtest_updated: BacktestPayload; search_updated: SearchPayload };
}

/** An event to be appended: its key chooses the partition, its id makes it idempotent. */
export type NewEvent = {
  [T in BusinessTopic]: {
    [K in keyof EventTypes[T] & string]: {
      readonly topic: T;
      readonly type: K;
      readonly key: string;
      readonly eventId: string;
      readonly payload: EventTypes[T][K];
    };
  }[keyof EventTypes[T] & string];
}[BusinessTopic];

/** Where an event stands in the log. */
export interface LogPosition {
  readonly part: number;
  /** 0, 1, 2, ... without a gap within a partition. */
  readonly off: number;
}

/** An event read from the log. */
export type LoggedEvent = NewEvent & LogPosition & { readonly createdAt: number };
export type LoggedEventOf<T extends BusinessTopic> = Extract<LoggedEvent, { topic: T }>;
