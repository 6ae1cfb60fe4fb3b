import { randomBytes } from 'node:crypto';
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider, type Sampler } from '@opentelemetry/sdk-trace';
import type { SpanRef } from '../../domain/trace.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { FinishedSpan, Tracing } from '../../ports/tracing.js';
import { currentSpan } from './current-span.js';
import { DerivedIds } from './derived-ids.js';
import { fixedResource } from './fixed-resource.js';
import { WatchedExporter } from './watched-exporter.js';

export interface OtlpTracingOptions {
  /** Base URL of an OTLP/HTTP receiver; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Share of traces that are kept, 0 to 1. */
  readonly sampleRatio: number;
  /** Of the process: service name, version, roles. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface OpenTracing extends Tracing {
  /** Sends what is left, for two seconds at most. */
  close(): Promise<void>;
}

/** Spans that wait to be sent; what comes beyond them is dropped, so that a receiver that is away costs a few megabytes. */
const QUEUE_SPANS = 4_096;
const BATCH_SPANS = 512;
const SEND_EVERY_MS = 2_000;
const SEND_DEADLINE_MS = 5_000;
const CLOSE_DEADLINE_MS = 2_000;
/** RECORD_AND_SAMPLED. */
const KEPT = 2;

const KINDS = {
  INTERNAL: SpanKind.INTERNAL,
  SERVER: SpanKind.SERVER,
  PRODUCER: SpanKind.PRODUCER,
  CONSUMER: SpanKind.CONSUMER,
};

/** Traces over OTLP/HTTP. One a process: the span that logs are written within is the process's. */
export function openTracing(options: OtlpTracingOptions): OpenTracing {
  const { endpoint, headers, sampleRatio, attributes, logger, metrics } = options;
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: SEND_DEADLINE_MS });
  const ids = new DerivedIds();
  const sampler: Sampler = new TraceIdRatioBasedSampler(sampleRatio);
  const provider = new TracerProvider({
    idGenerator: ids,
    sampler,
    resource: fixedResource(attributes),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new WatchedExporter(exporter, endpoint, logger, metrics),
        maxQueueSize: QUEUE_SPANS,
        maxExportBatchSize: BATCH_SPANS,
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: SEND_DEADLINE_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('tradegraph');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  const record = (span: FinishedSpan): void => {
    const { name, ref, parent, startMs, endMs, kind = 'INTERNAL', attributes: about = {}, links = [], error } = span;
    const settings = {
      kind: KINDS[kind],
      startTime: startMs,
      attributes: about,
      links: links.map((link) => ({ context: spanContext(link) })),
    };
    const started = ids.starting(ref, () => tracer.startSpan(name, settings, contextOf(parent)));
    if (error !== undefined) started.setStatus({ code: SpanStatusCode.ERROR, message: error });
    started.end(Math.max(startMs, endMs));
  };
  return {
    isOn: true,
    keeps: (traceId) => sampler.shouldSample(ROOT_CONTEXT, traceId, '', SpanKind.INTERNAL, {}, []).decision === KEPT,
    now: () => performance.timeOrigin + performance.now(),
    record,
    open: (traceparent) => {
      const parent = readTraceparent(traceparent ?? '');
      const traceId = parent?.traceId ?? randomBytes(16).toString('hex');
      return { ref: { traceId, spanId: randomBytes(8).toString('hex') }, parent };
    },
    within: (span, work) => context.with(contextOf(span), work),
    current: currentSpan,
    async close() {
      const sent = provider.shutdown().catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_DEADLINE_MS)));
      await Promise.race([sent, late]);
      clearTimeout(timer);
      context.disable();
    },
  };
}

const spanContext = ({ traceId, spanId }: SpanRef) => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED });

const contextOf = (span: SpanRef | null): Context =>
  span === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext(span));

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
function readTraceparent(header: string): SpanRef | null {
  const [, traceId = '', spanId = ''] = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(header) ?? [];
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId } : null;
}
