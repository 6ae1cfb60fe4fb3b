import type { Anomaly } from '../../domain/anomaly.js';
import { timedId } from '../../domain/event-id.js';
import type { BarEvaluatedPayload, BarPayload, NewEvent } from '../../domain/events.js';
import type { Signal } from '../../domain/signal.js';
import { signalEvent } from '../../domain/signal-event.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { SignalDecision, SignalSource } from '../../engines/signals/signal-source.js';
import type { BarAnomalyCheck } from './anomaly-check.js';
import type { BarForecast } from './price-forecasts.js';

/** The bar that an outcome speaks of. */
export interface BarReference {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly timestamp: number;
  readonly closeTime: number;
}

export function barReference(payload: BarPayload): BarReference {
  return {
    symbol: payload.symbol,
    timeframe: payload.timeframe as Timeframe,
    timestamp: Date.parse(payload.timestamp),
    closeTime: Date.parse(payload.close_time),
  };
}

/** The watermark of a bar that a source says nothing of. */
export function nothingSaid(source: string, bar: BarReference, reason: BarEvaluatedPayload['reason']): NewEvent {
  const { symbol, timeframe, timestamp, closeTime } = bar;
  return {
    topic: 'trading_signals',
    type: 'bar_evaluated',
    key: symbol,
    eventId: timedId(timestamp, 'evaluated', source, symbol, timeframe),
    payload: { source, symbol, timeframe, timestamp: iso(closeTime), bar_timestamp: iso(timestamp), reason },
  };
}

/** What a source's decision becomes: exactly one event, and a row where it is a signal. */
export function decisionOutcome(
  source: SignalSource,
  bar: BarReference,
  decision: SignalDecision,
  forecast: BarForecast | null,
): { readonly event: NewEvent; readonly signal: Signal | null } {
  const { symbol, timeframe } = bar;
  if (decision.kind === 'NOTHING') return { event: nothingSaid(source.name, bar, decision.reason), signal: null };
  const { action, reason, confidence, predictedPrice, currentPrice, protection, settings } = decision;
  const used = source.kind === 'MODEL' ? forecast : null;
  const signal: Signal = {
    id: timedId(bar.timestamp, 'signal', source.name, symbol, timeframe),
    source: source.name,
    symbol,
    timeframe,
    timestamp: bar.closeTime,
    barTimestamp: bar.timestamp,
    action,
    reason,
    confidence,
    predictedPrice,
    currentPrice,
    stopLoss: protection?.stopLoss ?? null,
    takeProfit: protection?.takeProfit ?? null,
    stopDistance: protection?.stopDistance ?? null,
    takeProfitDistance: protection?.takeProfitDistance ?? null,
    settings,
    predictionId: used?.prediction?.id ?? null,
    modelId: used?.model.id ?? null,
  };
  return { event: signalEvent(signal), signal };
}

/** The row and the event of an anomalous bar; null for a bar like others. */
export function anomalyOutcome(
  bar: BarReference,
  modelId: string,
  { anomalyScore, rawScore, kind }: BarAnomalyCheck,
): { readonly event: NewEvent; readonly anomaly: Anomaly } | null {
  if (kind === null) return null;
  const { symbol, timeframe } = bar;
  const { type, severity, description } = kind;
  const id = timedId(bar.timestamp, 'anomaly', symbol, timeframe);
  const anomaly: Anomaly = {
    id,
    modelId,
    symbol,
    timeframe,
    timestamp: bar.closeTime,
    barTimestamp: bar.timestamp,
    anomalyScore,
    rawScore,
    anomalyType: type,
    severity,
    description,
  };
  const payload = {
    anomaly_id: id,
    model_id: modelId,
    symbol,
    timeframe,
    timestamp: iso(bar.closeTime),
    bar_timestamp: iso(bar.timestamp),
    anomaly_score: anomalyScore,
    raw_score: rawScore,
    anomaly_type: type,
    severity,
    description,
  };
  return { event: { topic: 'anomalies', type: 'anomaly', key: symbol, eventId: id, payload }, anomaly };
}

const iso = (time: number): string => new Date(time).toISOString();
