import { setTimeout as pause } from 'node:timers/promises';
import {
  readAccountFigures,
  readOpenRunFigures,
  readSeriesFigures,
  type AccountFigures,
} from '../adapters/postgres/operating-figures.js';
import type { PrometheusMetrics } from '../api/prometheus-metrics.js';
import { barOverdueMs } from '../domain/bar-overdue.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { GaugeName } from '../ports/metric-names.js';
import type { Foundation } from './foundation.js';
import type { Role } from './role.js';

/** As often as Prometheus asks in our own configuration: more is not seen. */
const INTERVAL_MS = 15_000;
const ACCOUNT_STATUSES = ['ACTIVE', 'REDUCING', 'HALTED'];

type GaugedFoundation = Pick<
  Foundation,
  'config' | 'version' | 'database' | 'clock' | 'source' | 'metrics' | 'logger' | 'shutdown'
>;

/** A part of the state: the gauges that show it, and the reading that sets them. */
interface Reading {
  readonly gauges: readonly GaugeName[];
  read(): Promise<void>;
}

/**
 * Shows the state that is in the database and the job queue as gauges, for as long as the process runs; each role shows
 * its own. What cannot be read is shown as nothing, never as what it was.
 */
export function keepStateGauges(foundation: GaugedFoundation, queue: JobQueue, roles: readonly Role[]): void {
  const { metrics, version, logger, shutdown } = foundation;
  metrics.gauge('tradegraph_build_info', 1, { version });
  const readings = [
    connections(foundation),
    ...(roles.includes('ingestion') ? [series(foundation), jobs(metrics, queue)] : []),
    ...(roles.includes('trading') ? [accounts(foundation)] : []),
    ...(roles.includes('backtesting') ? [openRuns(foundation)] : []),
  ];
  const stopping = new AbortController();
  const { signal } = stopping;
  const kept = (async () => {
    while (!signal.aborted) {
      for (const reading of readings) {
        await reading.read().catch((error: unknown) => {
          for (const gauge of reading.gauges) metrics.gauges(gauge, []);
          logger.debug({ err: error, gauges: reading.gauges }, 'the state could not be read; it is tried again');
        });
      }
      await pause(INTERVAL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  shutdown.add('state gauges', async () => {
    stopping.abort();
    await kept;
  });
}

function connections({ config, database, metrics }: GaugedFoundation): Reading {
  const { pool } = database;
  return {
    gauges: [],
    async read() {
      metrics.gauges('tradegraph_database_connections', [
        { labels: { state: 'idle' }, value: pool.idleCount },
        { labels: { state: 'used' }, value: pool.totalCount - pool.idleCount },
      ]);
      metrics.gauge('tradegraph_database_connection_limit', config.DATABASE_POOL_SIZE);
      metrics.gauge('tradegraph_database_connection_waiters', pool.waitingCount);
    },
  };
}

function series({ database, clock, metrics }: GaugedFoundation): Reading {
  const gauges = ['tradegraph_bars_latest_close_timestamp_seconds', 'tradegraph_bars_overdue_seconds'] as const;
  return {
    gauges,
    async read() {
      const figures = await readSeriesFigures(database.pool);
      const now = clock.now();
      const labelled = figures.map((each) => ({ each, labels: { symbol: each.symbol, timeframe: each.timeframe } }));
      metrics.gauges(
        gauges[0],
        labelled.map(({ each, labels }) => ({ labels, value: each.latestCloseMs / 1000 })),
      );
      metrics.gauges(
        gauges[1],
        labelled.map(({ each, labels }) => {
          const overdueMs = barOverdueMs(each.calendar, each.timeframe, each.latestCloseMs, now);
          return { labels, value: overdueMs / 1000 };
        }),
      );
    },
  };
}

function jobs(metrics: PrometheusMetrics, queue: JobQueue): Reading {
  const gauges = ['tradegraph_jobs'] as const;
  return {
    gauges,
    async read() {
      const queues = await queue.status();
      metrics.gauges(
        gauges[0],
        queues.flatMap(({ name, ...counts }) =>
          (['waiting', 'active', 'delayed', 'failed'] as const).map((state) => ({
            labels: { queue: name, state },
            value: counts[state],
          })),
        ),
      );
    },
  };
}

const labelsOf = ({ account, currency }: AccountFigures) => ({ account, currency });

function accounts({ database, source, metrics }: GaugedFoundation): Reading {
  const gauges = [
    'tradegraph_account_equity',
    'tradegraph_account_exposure_ratio',
    'tradegraph_account_pnl',
    'tradegraph_account_open_orders',
    'tradegraph_account_status',
  ] as const;
  return {
    gauges,
    async read() {
      const figures = await readAccountFigures(database.pool, source.name);
      metrics.gauges(
        gauges[0],
        figures.map((each) => ({ labels: labelsOf(each), value: each.equity })),
      );
      metrics.gauges(
        gauges[1],
        figures.map(({ account, exposureRatio }) => ({ labels: { account }, value: exposureRatio })),
      );
      metrics.gauges(
        gauges[2],
        figures.flatMap((each) => [
          { labels: { ...labelsOf(each), kind: 'realized' }, value: each.realizedPnl },
          { labels: { ...labelsOf(each), kind: 'unrealized' }, value: each.unrealizedPnl },
        ]),
      );
      metrics.gauges(
        gauges[3],
        figures.map(({ account, openOrders }) => ({ labels: { account }, value: openOrders })),
      );
      metrics.gauges(
        gauges[4],
        figures.flatMap(({ account, status: current }) =>
          ACCOUNT_STATUSES.map((status) => ({ labels: { account, status }, value: status === current ? 1 : 0 })),
        ),
      );
    },
  };
}

function openRuns({ database, metrics }: GaugedFoundation): Reading {
  const gauges = ['tradegraph_backtests_open', 'tradegraph_backtests_oldest_wait_seconds'] as const;
  return {
    gauges,
    async read() {
      const figures = await readOpenRunFigures(database.pool);
      metrics.gauges(
        gauges[0],
        figures.map(({ kind, status, runs }) => ({ labels: { kind, status }, value: runs })),
      );
      metrics.gauges(
        gauges[1],
        figures
          .filter(({ status }) => status === 'QUEUED')
          .map(({ kind, oldestSeconds }) => ({ labels: { kind }, value: oldestSeconds })),
      );
    },
  };
}
