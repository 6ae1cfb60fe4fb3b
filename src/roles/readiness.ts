import type { ReadinessCheck } from '../api/health.js';
import type { Database } from '../adapters/postgres/database.js';
import type { EventBus } from '../ports/event-bus.js';
import type { JobQueue } from '../ports/job-queue.js';

/** More than this is not a burst that is being worked off, but a consumer that does not keep up. */
const LAG_LIMIT_EVENTS = 10_000;

/** What the program needs to do its work: its database, consumers that keep up, a job queue that answers. */
export function readinessChecks(database: Database, bus: EventBus, queue: JobQueue): Record<string, ReadinessCheck> {
  return {
    database: async () => {
      await database.pool.query('SELECT 1');
      return { ok: true };
    },
    eventLag: async () => {
      const lag = await bus.lag();
      const worst = Math.max(0, ...lag.map(({ events }) => events));
      return { ok: worst <= LAG_LIMIT_EVENTS, detail: { events: worst, limit: LAG_LIMIT_EVENTS } };
    },
    jobQueue: async () => ({ ok: true, detail: { queues: await queue.status() } }),
  };
}
