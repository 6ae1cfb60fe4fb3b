import type { Pool } from 'pg';
import type { EventBus } from '../../../ports/event-bus.js';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { PgUnitOfWork } from '../transaction.js';
import { EventLogMonitor } from './event-log-monitor.js';
import { EventReader } from './event-reader.js';
import { EventRetention } from './event-retention.js';
import type { AppendedEvents } from './log-record.js';
import { PgEventBus } from './pg-event-bus.js';
import { RecentAppends } from './recent-appends.js';
import { LogWakeUp } from './wake-up.js';

/** Long enough for a stop-the-world pause, short enough that a crashed process is replaced soon. */
const LEASE_MS = 10_000;
const MONITOR_INTERVAL_MS = 5_000;
const STUCK_AFTER_MS = 30_000;

export interface EventLogOptions {
  readonly pool: Pool;
  /** For the one connection that LISTENs. */
  readonly connectionString: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly leaseMs?: number;
  readonly pollMs?: number;
  readonly stuckAfterMs?: number;
}

/** The event log of one process: what appends, what consumes, what keeps it small. */
export interface EventLog {
  readonly unitOfWork: PgUnitOfWork;
  readonly eventBus: EventBus;
  /** Hears of events soon after they are committed; another transport is woken by it too. */
  readonly wakeUp: LogWakeUp;
  /** Told of every commit that appended. */
  readonly onAppended: (appended: readonly AppendedEvents[]) => void;
  readonly retention: EventRetention;
  readonly monitor: EventLogMonitor;
  /** Stops the consumers that still run, then the wake-up. The pool stays open: it is the caller's. */
  close(): Promise<void>;
}

/** Puts the event log together on a pool. */
export async function openEventLog(options: EventLogOptions): Promise<EventLog> {
  const { pool, connectionString, logger, metrics } = options;
  const recent = new RecentAppends(new EventReader(pool));
  const wakeUp = new LogWakeUp({
    pool,
    connectionString,
    logger,
    pollMs: options.pollMs,
    onLost: () => recent.clear(),
  });
  const onAppended = (appended: readonly AppendedEvents[]): void => {
    recent.keep(appended);
    for (const { topic, count } of appended)
      if (count > 0) metrics.count('tradegraph_event_log_appended_total', { topic }, count);
    wakeUp.appended(appended);
  };
  const leaseMs = options.leaseMs ?? LEASE_MS;
  const eventBus = new PgEventBus({ pool, recent, wakeUp, onAppended, logger, metrics, leaseMs });
  const monitor = new EventLogMonitor({
    pool,
    metrics,
    logger,
    intervalMs: MONITOR_INTERVAL_MS,
    stuckAfterMs: options.stuckAfterMs ?? STUCK_AFTER_MS,
  });
  await wakeUp.start();
  monitor.start();
  return {
    unitOfWork: new PgUnitOfWork(pool, onAppended),
    eventBus,
    wakeUp,
    onAppended,
    retention: new EventRetention(pool, logger, metrics),
    monitor,
    async close() {
      monitor.stop();
      await eventBus.close();
      await wakeUp.close();
    },
  };
}
