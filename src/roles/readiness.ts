import type { CheckResult, ReadinessCheck } from '../api/health.js';
import { RELAY_GROUP } from '../adapters/kafka/relay/relay-positions.js';
import type { Database } from '../adapters/postgres/database.js';
import type { EventBus } from '../ports/event-bus.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { Role } from './role.js';

/** More than this is not a burst that is being worked off, but a consumer that does not keep up. */
const LAG_LIMIT_EVENTS = 10_000;

type Phase = 'STARTING' | 'RUNNING' | 'DRAINING';

/** What the process needs to do its work, and whether it takes any: not before it has started, nor when it drains. */
export class Readiness {
  private phase: Phase = 'STARTING';
  private readonly byName: Record<string, ReadinessCheck> = {};

  /** The checks to run; only the phase itself while the process starts or drains. */
  get checks(): Readonly<Record<string, ReadinessCheck>> {
    if (this.phase === 'RUNNING') return this.byName;
    const result: CheckResult = { ok: false, detail: this.phase === 'STARTING' ? 'starting' : 'draining' };
    return { process: () => Promise.resolve(result) };
  }

  add(name: string, check: ReadinessCheck): void {
    this.byName[name] = check;
  }

  started(): void {
    if (this.phase === 'STARTING') this.phase = 'RUNNING';
  }

  drain(): void {
    this.phase = 'DRAINING';
  }
}

export const databaseCheck =
  ({ pool }: Pick<Database, 'pool'>): ReadinessCheck =>
  async () => {
    await pool.query('SELECT 1');
    return { ok: true };
  };

export const jobQueueCheck =
  (queue: JobQueue): ReadinessCheck =>
  async () => ({ ok: true, detail: { queues: await queue.status() } });

/** The groups that the roles of this process work for: another process's backlog makes none of ours unready. */
export const eventLagCheck =
  (bus: Pick<EventBus, 'lag'>, roles: readonly Role[]): ReadinessCheck =>
  async () => {
    const lag = (await bus.lag()).filter(({ group }) => isOurs(group, roles));
    const worst = Math.max(0, ...lag.map(({ events }) => events));
    return { ok: worst <= LAG_LIMIT_EVENTS, detail: { events: worst, limit: LAG_LIMIT_EVENTS } };
  };

function isOurs(group: string, roles: readonly Role[]): boolean {
  // While Kafka is away the relay's backlog grows, and consumers read the log: nobody is less ready for it.
  if (group === RELAY_GROUP) return false;
  if (group === 'ml-service') return roles.includes('ml');
  return group.startsWith('account:') ? roles.includes('trading') : true;
}
