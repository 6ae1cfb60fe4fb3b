import type { Pool } from 'pg';

const nothing = (): void => undefined;

/**
 * A connection that breaks is replaced at the next use, and what ran on it has failed: nobody else need hear of it. Without a listener
 * pg ends the process, also for a connection that is in use: it tells of the break once to the query and once as an event.
 */
export function surviveLostConnections(pool: Pool): void {
  pool.on('error', nothing);
  pool.on('connect', (client) => client.on('error', nothing));
}
