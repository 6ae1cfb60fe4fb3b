import { barSpan, barTrace, signalSpan, type SpanRef } from '../../../domain/trace.js';
import type { BarPayload, SignalPayload } from '../../../domain/events.js';
import type { Timeframe } from '../../../domain/timeframe.js';
import type { Tracing } from '../../../ports/tracing.js';
import type { RelayedEvent } from '../event-message.js';
import type { PartitionBatch } from './publisher.js';

/** What an event was stored by, for those that a bar has caused; null for others. */
export function spanOfEvent({ topic, type, payload }: RelayedEvent): SpanRef | null {
  if (topic === 'market_data' && type === 'bar') {
    const { symbol, timeframe, close_time } = JSON.parse(payload) as BarPayload;
    return barSpan(traceOf(symbol, timeframe, close_time));
  }
  if (topic === 'trading_signals' && type === 'signal') {
    const { symbol, timeframe, timestamp, signal_id } = JSON.parse(payload) as SignalPayload;
    return signalSpan(traceOf(symbol, timeframe, timestamp), signal_id);
  }
  return null;
}

/** For readers of Kafka that are not ours; ours derive it themselves. @see https://www.w3.org/TR/trace-context/#traceparent-header */
export function traceparentOf(tracing: Tracing, event: RelayedEvent): string | undefined {
  if (!tracing.isOn) return undefined;
  const span = spanOfEvent(event);
  return span === null ? undefined : `00-${span.traceId}-${span.spanId}-${tracing.keeps(span.traceId) ? '01' : '00'}`;
}

/** What was sent to Kafka, below what stored it. */
export function tracePublished(tracing: Tracing, batches: readonly PartitionBatch[], startMs: number): void {
  const endMs = tracing.now();
  for (const { topic, part, events } of batches) {
    for (const event of events) {
      const parent = spanOfEvent(event);
      if (parent === null || !tracing.keeps(parent.traceId)) continue;
      const attributes = {
        'messaging.system': 'kafka',
        'messaging.destination.name': topic,
        'messaging.destination.partition.id': String(part),
        'tradegraph.offset': event.off,
      };
      tracing.record({ name: `publish ${topic}`, parent, kind: 'PRODUCER', startMs, endMs, attributes });
    }
  }
}

const traceOf = (symbol: string, timeframe: string, closeTime: string): string =>
  barTrace({ symbol, timeframe: timeframe as Timeframe, closeTime: Date.parse(closeTime) });
