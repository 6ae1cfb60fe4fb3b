import type { Router } from 'express';
import { healthRouter } from '../api/health.js';
import { startHealthServer } from '../api/health-server.js';
import { PrometheusMetrics } from '../api/prometheus-metrics.js';
import type { Config } from '../config/config.js';
import { Readiness } from './readiness.js';
import type { Shutdown } from './shutdown.js';

/** What probes and Prometheus are told of a process. */
export interface Health {
  readonly metrics: PrometheusMetrics;
  readonly readiness: Readiness;
  readonly router: Router;
  /** Of the port that HEALTH_PORT names, without a slash at the end; null without one. */
  readonly url: string | null;
}

type HealthConfig = Pick<Config, 'HOST' | 'HEALTH_HOST' | 'HEALTH_PORT'>;

/** Answers from the first moment on, and to the last: alive, but ready only between start and drain. */
export async function openHealth(config: HealthConfig, shutdown: Shutdown): Promise<Health> {
  const metrics = new PrometheusMetrics();
  const readiness = new Readiness();
  const router = healthRouter({
    metrics,
    get checks() {
      return readiness.checks;
    },
  });
  if (config.HEALTH_PORT === undefined) return { metrics, readiness, router, url: null };
  const host = config.HEALTH_HOST ?? config.HOST;
  const server = await startHealthServer(host, config.HEALTH_PORT, router);
  shutdown.add('health server', () => server.close());
  return { metrics, readiness, router, url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}` };
}
