import type { Pool } from 'pg';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { consumerPositions } from './consumer-positions.js';
import { lagByGroup, StandstillWatch, type GroupStandstill } from './stuck-consumers.js';

export interface EventLogMonitorOptions {
  readonly pool: Pool;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly intervalMs: number;
  /** A group that has events to act on and has not moved for so long raises an alarm. */
  readonly stuckAfterMs: number;
}

/** Publishes the lag of every group, and an alarm for each that has stopped moving. */
export class EventLogMonitor {
  readonly #watch = new StandstillWatch();
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: EventLogMonitorOptions) {}

  start(): void {
    this.#timer = setInterval(() => void this.#checkQuietly(), this.options.intervalMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** One look; answers the groups that are stuck. */
  async check(): Promise<GroupStandstill[]> {
    const { pool, metrics, logger, stuckAfterMs } = this.options;
    const positions = await consumerPositions(pool);
    for (const { group, topic, events } of lagByGroup(positions))
      metrics.gauge('tradegraph_event_log_lag_events', events, { group, topic });
    const standstills = this.#watch.observe(positions, performance.now());
    for (const { group, topic, standstillMs } of standstills) {
      const stuck = standstillMs > stuckAfterMs;
      metrics.gauge('tradegraph_event_log_consumer_stuck', stuck ? 1 : 0, { group, topic });
      if (stuck) logger.error({ group, topic, standstillMs }, 'a consumer has events to act on and does not move');
    }
    return standstills.filter(({ standstillMs }) => standstillMs > stuckAfterMs);
  }

  async #checkQuietly(): Promise<void> {
    try {
      await this.check();
    } catch (error) {
      this.options.logger.debug({ error }, 'the lag could not be read; it is tried again');
    }
  }
}
