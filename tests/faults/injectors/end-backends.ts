import { memberOf, type Injector } from './injector.js';

/** One, or all of the sessions of a process; `draw` chooses. */
const ALL_BELOW = 0.4;

/** pg_terminate_backend: the server ends sessions of a process, whatever they are at. */
export const endBackends: Injector = {
  inject: async (fault, surroundings) => {
    const { pool, onServer } = surroundings;
    const ports = memberOf(fault, surroundings).proxy.upstreamPorts();
    await onServer(() =>
      pool.query(
        `WITH sessions AS (
           SELECT pid, row_number() OVER (ORDER BY pid) AS place, count(*) OVER () AS total FROM pg_stat_activity
           WHERE client_port = ANY ($1)
         ) SELECT pg_terminate_backend(pid) FROM sessions WHERE $2 OR place = 1 + floor($3::float8 * total)`,
        [ports, fault.draw < ALL_BELOW, (fault.draw - ALL_BELOW) / (1 - ALL_BELOW)],
      ),
    );
  },
};
