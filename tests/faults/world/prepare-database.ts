import { Pool } from 'pg';
import { PgBarStore } from '../../../src/adapters/postgres/bar-store.js';
import { poolOptions } from '../../../src/adapters/postgres/database.js';
import { PgInstrumentStore } from '../../../src/adapters/postgres/instrument-store.js';
import { migrate } from '../../../src/adapters/postgres/migrate.js';
import { PgUnitOfWork } from '../../../src/adapters/postgres/transaction.js';
import { withDatabase } from '../../support/test-cluster.js';
import { Feed } from './feed.js';

/** What the harness itself keeps: up to which minute the feed has come, and what the audit has been told. */
const HARNESS_TABLES = `
  CREATE TABLE fault_feed (minute integer NOT NULL);
  INSERT INTO fault_feed VALUES (0);
  CREATE TABLE fault_effects (id bigserial PRIMARY KEY, topic text NOT NULL, part integer NOT NULL, off bigint NOT NULL, event_id uuid NOT NULL);`;

const TEMPLATE = 'prepared';

/**
 * Makes migrated databases of these names, alike, with the feed's instruments, tracked, and their past. Answers their
 * connection strings. `server`: postgres://... of any other database of the server.
 */
export async function prepareDatabases<const T extends readonly string[]>(
  server: string,
  names: T,
  feed: Feed,
): Promise<{ readonly [K in keyof T]: string }> {
  const urlOf = (name: string): string => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  };
  await withDatabase(server, async (client) => {
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    await fill(urlOf(TEMPLATE), feed);
    for (const name of names) await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  return names.map(urlOf) as { [K in keyof T]: string };
}

async function fill(connectionString: string, feed: Feed): Promise<void> {
  await migrate(connectionString);
  const pool = new Pool(poolOptions({ connectionString, poolSize: 2 }));
  try {
    await pool.query(HARNESS_TABLES);
    const [bars, instruments] = [new PgBarStore(pool), new PgInstrumentStore(pool)];
    await new PgUnitOfWork(pool, () => undefined).transaction(async (tx) => {
      for (const symbol of feed.symbols) {
        await instruments.saveInstrument(tx, {
          symbol,
          name: `${symbol}, made up`,
          assetClass: 'CRYPTO',
          currency: 'USD',
          tickSize: '0.01',
          lotSize: '0.0001',
          calendar: 'crypto',
          dataSource: 'replay',
        });
        await instruments.track(tx, symbol, 'ONE_MINUTE');
        await bars.load(tx, feed.history(symbol));
      }
    });
  } finally {
    await pool.end();
  }
}
