import { Router } from 'express';
import type { PrometheusMetrics } from './prometheus-metrics.js';
import { withDeadline } from './deadline.js';

/** What one check found; `detail` is shown (a lag, a version). */
export interface CheckResult {
  readonly ok: boolean;
  readonly detail?: string | number | Readonly<Record<string, unknown>>;
}

/** Asks one thing the program needs. Throwing, or taking longer than the deadline, is a failure. */
export type ReadinessCheck = () => Promise<CheckResult>;

export interface HealthOptions {
  /** By the name it is shown under: `database`, `eventLag`, `jobQueue`. Read at each question: they may change. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  readonly metrics: PrometheusMetrics;
  /** Milliseconds a check may take; probes usually wait no longer themselves. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 2_000;

/** `/healthz` (the process is up), `/readyz` (it can do its work: 200 or 503, each check in JSON) and `/metrics`. */
export function healthRouter(options: HealthOptions): Router {
  const { metrics, deadlineMs = DEADLINE_MS } = options;
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok', uptimeSeconds: Math.round(process.uptime()) });
  });
  router.get('/readyz', async (_request, response) => {
    const entries = Object.entries(options.checks).map(
      async ([name, check]) => [name, await runCheck(check, deadlineMs)] as const,
    );
    const results = Object.fromEntries(await Promise.all(entries));
    const ok = Object.values(results).every((result) => result.ok);
    response.status(ok ? 200 : 503).json({ status: ok ? 'ready' : 'not ready', checks: results });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return router;
}

async function runCheck(check: ReadinessCheck, deadlineMs: number): Promise<CheckResult> {
  try {
    const result = await withDeadline(deadlineMs, check());
    return result === 'DEADLINE' ? { ok: false, detail: `no answer in ${deadlineMs} ms` } : result;
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
