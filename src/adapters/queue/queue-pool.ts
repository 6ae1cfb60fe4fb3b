import { Pool } from 'pg';
import { surviveLostConnections } from '../postgres/lost-connections.js';

/** BullMQ's own place in the database. */
export const BULLMQ_SCHEMA = 'bullmq';
/** One LISTEN connection for each of six kinds of job, and as many for queries. */
const CONNECTIONS = 12;

/**
 * The pool of all queues. BullMQ cannot make one itself under ESM, and one of its own for each queue and worker would
 * not be bounded.
 */
export function queuePool(connectionString: string, connections = CONNECTIONS): Pool {
  const pool = new Pool({
    connectionString,
    max: connections,
    keepAlive: true,
    application_name: 'tradegraph-jobs',
    options: `-c search_path=${BULLMQ_SCHEMA}`,
    statement_timeout: 30_000,
    lock_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    query_timeout: 40_000,
    connectionTimeoutMillis: 10_000,
  });
  // Each queue and worker listens for the pool's errors: more than ten is no leak.
  pool.setMaxListeners(64);
  surviveLostConnections(pool);
  return pool;
}
