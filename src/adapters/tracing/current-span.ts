import { context, trace } from '@opentelemetry/api';
import type { SpanRef } from '../../domain/trace.js';

/** The span that this runs within; null outside of any, and while tracing is off. */
export function currentSpan(): SpanRef | null {
  const found = trace.getSpanContext(context.active());
  return found === undefined ? null : { traceId: found.traceId, spanId: found.spanId };
}

/** Fields of a log line by the names that OpenTelemetry gives them; none outside of a span. */
export function traceFields(): { readonly trace_id?: string; readonly span_id?: string } {
  const span = currentSpan();
  return span === null ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
