import { Pool } from 'pg';
import { poolOptions } from '../../src/adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../../src/adapters/postgres/event-log/index.js';
import { RecordedMetrics, silentLogger } from './silent.js';

/** The event log as one process has it: a pool and a wake-up connection of its own. */
export interface EventLogProcess extends EventLog {
  readonly pool: Pool;
  readonly metrics: RecordedMetrics;
}

export interface EventLogProcessOptions {
  readonly leaseMs?: number;
  readonly pollMs?: number;
  readonly poolSize?: number;
}

export async function openEventLogProcess(
  connectionString: string,
  { poolSize = 10, ...timings }: EventLogProcessOptions = {},
): Promise<EventLogProcess> {
  const pool = new Pool(poolOptions({ connectionString, poolSize }));
  pool.on('error', () => undefined);
  const metrics = new RecordedMetrics();
  const log = await openEventLog({ pool, connectionString, logger: silentLogger, metrics, ...timings });
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await log.close();
    await pool.end();
  };
  return { ...log, pool, metrics, close: () => (closed ??= close()) };
}
