import type { Pool } from 'pg';
import { Feed, FEED_START, type FeedOptions } from './feed.js';
import type { Input } from './input.js';
import { prepareDatabases } from './prepare-database.js';
import { builtChild } from './programs.js';

/** Made-up bars of many symbols from a bad source, polled by a process that stands in the place of the role `ingestion`. */
export function feedInput(options: FeedOptions): Input {
  const feed = new Feed(options);
  return {
    startsAt: FEED_START,
    prepare: (server, names) => prepareDatabases(server, names, feed),
    environment: () => ({ REPLAY_START: new Date(FEED_START).toISOString() }),
    processes: (_count, seconds) => [
      {
        name: 'feed',
        args: (connectionString) => [
          builtChild('feed-process'),
          JSON.stringify({ ...options, connectionString, paceMs: (seconds * 1000) / options.minutes }),
        ],
        startsLast: true,
      },
    ],
    rolesThatStartLast: [],
    async fed(pool: Pool) {
      const { rows } = await pool.query<{ minute: number }>('SELECT minute FROM fault_feed');
      return (rows[0]?.minute ?? 0) / options.minutes;
    },
    faults: () => ({ ...feed.faults() }),
  };
}
