import type { NewEvent } from './events.js';
import type { Signal } from './signal.js';

const iso = (time: number): string => new Date(time).toISOString();

/** The event of a signal: the signal's own id, so that one is published once. */
export function signalEvent(signal: Signal): Extract<NewEvent, { type: 'signal' }> {
  return {
    topic: 'trading_signals',
    type: 'signal',
    key: signal.symbol,
    eventId: signal.id,
    payload: {
      signal_id: signal.id,
      source: signal.source,
      symbol: signal.symbol,
      timeframe: signal.timeframe,
      timestamp: iso(signal.timestamp),
      bar_timestamp: iso(signal.barTimestamp),
      action: signal.action,
      reason: signal.reason,
      confidence: signal.confidence,
      predicted_price: signal.predictedPrice,
      current_price: signal.currentPrice,
      stop_loss: signal.stopLoss,
      take_profit: signal.takeProfit,
      stop_distance: signal.stopDistance,
      take_profit_distance: signal.takeProfitDistance,
      settings: signal.settings,
      prediction_id: signal.predictionId,
      model_id: signal.modelId,
    },
  };
}
