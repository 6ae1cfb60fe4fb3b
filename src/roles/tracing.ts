import { hostname } from 'node:os';
import type { Config } from '../config/config.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { NO_TRACING, type Tracing } from '../ports/tracing.js';
import type { Role } from './role.js';
import type { Shutdown } from './shutdown.js';

export interface TracingOptions {
  readonly config: Pick<Config, 'TRACING_ENDPOINT' | 'TRACING_HEADERS' | 'TRACING_SAMPLE_RATIO'>;
  readonly roles: readonly Role[];
  readonly version: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly shutdown: Shutdown;
}

/** Tracing, when it is asked for. OpenTelemetry is loaded only then. */
export async function openTracingOf(options: TracingOptions): Promise<Tracing> {
  const { config, roles, version, logger, metrics, shutdown } = options;
  if (config.TRACING_ENDPOINT === undefined) return NO_TRACING;
  const { openTracing } = await import('../adapters/tracing/otlp-tracing.js');
  const tracing = openTracing({
    endpoint: config.TRACING_ENDPOINT,
    headers: config.TRACING_HEADERS ?? {},
    sampleRatio: config.TRACING_SAMPLE_RATIO,
    attributes: {
      'service.name': 'tradegraph',
      'service.version': version,
      'service.instance.id': `${hostname()}:${process.pid}`,
      'tradegraph.roles': roles.join(' '),
    },
    logger,
    metrics,
  });
  shutdown.add('tracing', () => tracing.close());
  return tracing;
}
