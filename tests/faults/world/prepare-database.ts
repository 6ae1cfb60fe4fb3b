import { Pool } from 'pg';
import { PgBarStore } from '../../../src/adapters/postgres/bar-store.js';
import { poolOptions } from '../../../src/adapters/postgres/database.js';
import { PgInstrumentStore } from '../../../src/adapters/postgres/instrument-store.js';
import { migrate } from '../../../src/adapters/postgres/migrate.js';
import { PgUnitOfWork } from '../../../src/adapters/postgres/transaction.js';
import { PgTradingStore } from '../../../src/adapters/postgres/trading-store.js';
import { PARTITIONS } from '../../../src/domain/topics.js';
import { DEFAULT_ACCOUNTS, OpenAccounts } from '../../../src/services/trading/open-accounts.js';
import { NATIVE_PROFILE } from '../../../src/services/trading/trading-profile.js';
import { silentLogger } from '../../support/silent.js';
import { withDatabase } from '../../support/test-cluster.js';
import { FEED_START, type Feed } from './feed.js';

/** What the harness itself keeps: up to which minute the feed has come, and what the audit has been told. */
const HARNESS_TABLES = `
  CREATE TABLE fault_feed (minute integer NOT NULL);
  INSERT INTO fault_feed VALUES (0);
  CREATE TABLE fault_effects (id bigserial PRIMARY KEY, topic text NOT NULL, part integer NOT NULL, off bigint NOT NULL, event_id uuid NOT NULL);`;

const TEMPLATE = 'prepared';

/** Makes databases of these names, alike, with the feed's instruments, tracked, their past, and the accounts. */
export function prepareDatabases(server: string, names: readonly string[], feed: Feed): Promise<readonly string[]> {
  return copiesOf(server, names, (connectionString) => fill(connectionString, feed));
}

/** Makes databases of these names that the program has to prepare itself. */
export function prepareEmptyDatabases(server: string, names: readonly string[]): Promise<readonly string[]> {
  return copiesOf(server, names, addHarnessTables);
}

/** `server`: postgres://... of any other database of the server. */
async function copiesOf(
  server: string,
  names: readonly string[],
  fillTemplate: (connectionString: string) => Promise<void>,
): Promise<readonly string[]> {
  const urlOf = (name: string): string => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  };
  await withDatabase(server, async (client) => {
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    await fillTemplate(urlOf(TEMPLATE));
    for (const name of names) await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  return names.map(urlOf);
}

async function addHarnessTables(connectionString: string): Promise<void> {
  await migrate(connectionString);
  await withDatabase(connectionString, (client) => client.query(HARNESS_TABLES));
}

async function fill(connectionString: string, feed: Feed): Promise<void> {
  await addHarnessTables(connectionString);
  const pool = new Pool(poolOptions({ connectionString, poolSize: 2 }));
  try {
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
    await openAccounts(pool, feed);
  } finally {
    await pool.end();
  }
}

const emptyLog = () => Promise.resolve(Array.from({ length: PARTITIONS }, () => 0));

/** What the role `ingestion` does at the first start, whose place the feed has. */
async function openAccounts(pool: Pool, feed: Feed): Promise<void> {
  const unitOfWork = new PgUnitOfWork(pool, () => undefined);
  const clock = { isReplay: true, now: () => FEED_START };
  const desk = { unitOfWork, store: new PgTradingStore(pool), clock, profile: NATIVE_PROFILE };
  await new OpenAccounts(desk, { head: emptyLog, oldest: emptyLog }, silentLogger).execute({
    dataSource: 'replay',
    broker: 'paper',
    currency: 'USD',
    startingCash: '100000',
    accounts: DEFAULT_ACCOUNTS,
    live: feed.symbols.map((symbol) => ({ symbol, timeframe: 'ONE_MINUTE' })),
  });
}
