import type { Adjustment } from '../domain/bar.js';
import type { AnomalyPayload, BarPayload, OrderPayload, PortfolioPayload, SignalPayload } from '../domain/events.js';
import type { Anomaly, AnomalySeverity, AnomalyType } from '../domain/anomaly.js';
import type { DataSource } from '../domain/instrument.js';
import type { OrderCause, OrderEndReason, OrderSide, OrderStatus, OrderType, TimeInForce } from '../domain/order.js';
import type { Signal, SignalAction, SignalReason } from '../domain/signal.js';
import type { Timeframe } from '../domain/timeframe.js';
import { Decimal } from 'decimal.js';
import type { BarView, OrderView, PortfolioView } from '../ports/read-model.js';

/** The views of what events tell, out of their messages alone: no database is asked. */

const optionalTime = (text: string | null): number | null => (text === null ? null : Date.parse(text));

export const barOf = (payload: BarPayload): BarView => ({
  symbol: payload.symbol,
  timeframe: payload.timeframe as Timeframe,
  timestamp: Date.parse(payload.timestamp),
  closeTime: Date.parse(payload.close_time),
  open: payload.open,
  high: payload.high,
  low: payload.low,
  close: payload.close,
  volume: payload.volume,
  vwap: payload.vwap,
  adjustment: payload.adjustment as Adjustment,
  source: payload.source as DataSource,
  revision: payload.revision,
  aggregatedFrom: null,
});

export const signalOf = (payload: SignalPayload): Signal => ({
  id: payload.signal_id,
  source: payload.source,
  symbol: payload.symbol,
  timeframe: payload.timeframe as Timeframe,
  timestamp: Date.parse(payload.timestamp),
  barTimestamp: Date.parse(payload.bar_timestamp),
  action: payload.action as SignalAction,
  reason: payload.reason as SignalReason,
  confidence: payload.confidence,
  predictedPrice: payload.predicted_price,
  currentPrice: payload.current_price,
  stopLoss: payload.stop_loss,
  takeProfit: payload.take_profit,
  stopDistance: payload.stop_distance,
  takeProfitDistance: payload.take_profit_distance,
  settings: payload.settings,
  predictionId: payload.prediction_id,
  modelId: payload.model_id,
});

export const anomalyOf = (payload: AnomalyPayload): Anomaly => ({
  id: payload.anomaly_id,
  modelId: payload.model_id,
  symbol: payload.symbol,
  timeframe: payload.timeframe as Timeframe,
  timestamp: Date.parse(payload.timestamp),
  barTimestamp: Date.parse(payload.bar_timestamp),
  anomalyScore: payload.anomaly_score,
  rawScore: payload.raw_score,
  anomalyType: payload.anomaly_type as AnomalyType,
  severity: payload.severity as AnomalySeverity,
  description: payload.description,
});

export const orderOf = (payload: OrderPayload): OrderView => ({
  id: payload.order_id,
  clientOrderId: payload.client_order_id,
  accountId: payload.account_id,
  symbol: payload.symbol,
  side: payload.side as OrderSide,
  orderType: payload.order_type as OrderType,
  quantity: payload.quantity,
  limitPrice: payload.limit_price,
  stopPrice: payload.stop_price,
  timeInForce: payload.time_in_force as TimeInForce,
  cause: payload.cause as OrderCause,
  status: payload.status as OrderStatus,
  endReason: payload.end_reason as OrderEndReason | null,
  filledQuantity: payload.filled_quantity,
  averageFillPrice: payload.average_fill_price,
  createdAt: Date.parse(payload.created_at),
  filledAt: optionalTime(payload.filled_at),
  version: payload.version,
});

export function portfolioOf(payload: PortfolioPayload): PortfolioView {
  const timestamp = Date.parse(payload.timestamp);
  return {
    accountId: payload.account_id,
    timestamp,
    totalValue: payload.total_value,
    cash: payload.cash,
    positionsValue: payload.positions_value,
    totalPnl: payload.total_pnl,
    realizedPnl: payload.realized_pnl,
    unrealizedPnl: payload.unrealized_pnl,
    fees: payload.fees,
    positions: payload.positions.map((position) => ({
      accountId: payload.account_id,
      symbol: position.symbol,
      quantity: position.quantity,
      averagePrice: position.average_price,
      currentPrice: position.current_price,
      marketValue: new Decimal(position.quantity).times(position.current_price).toFixed(),
      unrealizedPnl: position.unrealized_pnl,
      realizedPnl: position.realized_pnl,
      lastUpdated: timestamp,
    })),
  };
}
