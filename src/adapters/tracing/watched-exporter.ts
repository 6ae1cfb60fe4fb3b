import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';

const SAY_AGAIN_MS = 60_000;
type Done = Parameters<SpanExporter['export']>[1];

/** Counts what an exporter sends and what it fails to send, and says so once a minute at most. */
export class WatchedExporter implements SpanExporter {
  private saidAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly endpoint: string,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.exporter.export(spans, (result) => {
      // 0: ExportResultCode.SUCCESS.
      const isSent = result.code === 0;
      this.metrics.count('tradegraph_trace_spans_total', { outcome: isSent ? 'sent' : 'lost' }, spans.length);
      if (!isSent) this.say(spans.length, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private say(spans: number, error: Error | undefined): void {
    if (performance.now() - this.saidAtMs < SAY_AGAIN_MS) return;
    this.saidAtMs = performance.now();
    const reason = error?.message ?? 'unknown';
    this.logger.warn(
      { endpoint: this.endpoint, spans, reason },
      'traces could not be sent and are lost; all else goes on',
    );
  }
}
