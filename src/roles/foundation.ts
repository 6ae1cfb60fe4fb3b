import type { Logger } from 'pino';
import { PgBarStore } from '../adapters/postgres/bar-store.js';
import { endDeadLeases } from '../adapters/postgres/dead-leases.js';
import type { Database } from '../adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../adapters/postgres/event-log/index.js';
import { PgInstrumentStore } from '../adapters/postgres/instrument-store.js';
import { PgMlStore } from '../adapters/postgres/ml-store.js';
import { PrometheusMetrics } from '../api/prometheus-metrics.js';
import { ExplainedError } from './explained-error.js';
import type { Steps } from './steps.js';
import type { Config } from '../config/config.js';
import type { Clock } from '../ports/clock.js';
import type { MarketDataSource } from '../ports/market-data-source.js';
import { openMarketData, type Replay } from './market-data.js';
import { Shutdown } from './shutdown.js';
import { openStorage } from './storage.js';

/** What every role of a process stands on. */
export interface Foundation {
  readonly config: Config;
  readonly version: string;
  readonly logger: Logger;
  readonly steps: Steps;
  readonly metrics: PrometheusMetrics;
  readonly shutdown: Shutdown;
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly bars: PgBarStore;
  readonly instruments: PgInstrumentStore;
  readonly mlStore: PgMlStore;
  readonly source: MarketDataSource;
  readonly clock: Clock;
  /** Null when the market data is live. */
  readonly replay: Replay | null;
}

export interface FoundationOptions {
  readonly config: Config;
  readonly version: string;
  readonly logger: Logger;
  readonly steps: Steps;
  readonly shutdown: Shutdown;
  /** Told when something goes away that the process cannot do without. */
  readonly onLost: (error: Error) => void;
}

/** Opens database, event log, stores and market data. What was opened is in `shutdown`, also when this throws. */
export async function openFoundation(options: FoundationOptions): Promise<Foundation> {
  const { config, version, logger, steps, shutdown, onLost } = options;
  const storage = await openStorage(config, steps, onLost);
  shutdown.add('database', () => storage.close());
  const { database } = storage;
  // The embedded server has one owner at a time, and that is this process.
  if (config.DATABASE_URL === undefined) await endDeadLeases(database.pool);
  const metrics = new PrometheusMetrics();
  const eventLog = await openEventLog({
    pool: database.pool,
    connectionString: database.connectionString,
    logger,
    metrics,
  });
  shutdown.add('event log', () => eventLog.close());
  const bars = new PgBarStore(database.pool);
  const instruments = new PgInstrumentStore(database.pool);
  const mlStore = new PgMlStore(database.pool);
  await checkDataSource(config, instruments);
  const { source, clock, replay } = await openMarketData(config, bars, metrics);
  return {
    config,
    version,
    logger,
    steps,
    metrics,
    shutdown,
    database,
    eventLog,
    bars,
    instruments,
    mlStore,
    source,
    clock,
    replay,
  };
}

/** A replay's bars and accounts never mix with live ones: a database belongs to one data source. */
async function checkDataSource(config: Config, instruments: PgInstrumentStore): Promise<void> {
  const stored = await instruments.dataSource();
  if (stored === null || stored === config.MARKET_DATA_PROVIDER) return;
  throw new ExplainedError(
    `this database holds ${stored} data, and MARKET_DATA_PROVIDER is ${config.MARKET_DATA_PROVIDER}: the two are never mixed. ` +
      'Give the new one a place of its own with TRADEGRAPH_HOME (or DATABASE_URL)' +
      (stored === 'replay' ? ', or clear the replay with `npx tradegraph reset`.' : '.'),
  );
}
