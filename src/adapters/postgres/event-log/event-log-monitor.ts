import type { Pool } from 'pg';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { GrowingNotice } from '../../growing-notice.js';
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
  /** Of those that do not move, by group and topic. */
  readonly #notices = new Map<string, GrowingNotice>();
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
    const { pool, metrics, stuckAfterMs } = this.options;
    const positions = await consumerPositions(pool);
    for (const { group, topic, events } of lagByGroup(positions))
      metrics.gauge('tradegraph_event_log_lag_events', events, { group, topic });
    const standstills = this.#watch.observe(positions, performance.now());
    for (const { group, topic, standstillMs } of standstills) {
      metrics.gauge('tradegraph_event_log_consumer_stuck', standstillMs > stuckAfterMs ? 1 : 0, { group, topic });
    }
    const stuck = standstills.filter(({ standstillMs }) => standstillMs > stuckAfterMs);
    this.#say(stuck);
    return stuck;
  }

  /** Every process says it of every group: once when it begins, then seldom, and once when it is over. */
  #say(stuck: readonly GroupStandstill[]): void {
    const { logger } = this.options;
    const nowMs = performance.now();
    const moving = new Set(this.#notices.keys());
    for (const { group, topic, standstillMs } of stuck) {
      const name = `${group} ${topic}`;
      moving.delete(name);
      const notice = this.#notices.get(name);
      if (notice === undefined) {
        this.#notices.set(name, new GrowingNotice(nowMs));
        logger.error({ group, topic, standstillMs }, 'a consumer has events to act on and does not move');
      } else if (notice.isDue(nowMs)) {
        logger.warn({ group, topic, standstillMs }, 'a consumer has events to act on and still does not move');
      }
    }
    for (const name of moving) {
      const [group, topic] = name.split(' ');
      this.#notices.delete(name);
      logger.info({ group, topic }, 'a consumer that did not move goes on, or has nothing left to act on');
    }
  }

  async #checkQuietly(): Promise<void> {
    try {
      await this.check();
    } catch (error) {
      this.options.logger.debug({ error }, 'the lag could not be read; it is tried again');
    }
  }
}
