import type { Logger } from 'pino';
import type { KafkaTransport } from '../adapters/kafka/open-kafka-transport.js';
import { PgBarStore } from '../adapters/postgres/bar-store.js';
import { endDeadLeases } from '../adapters/postgres/dead-leases.js';
import type { Database } from '../adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../adapters/postgres/event-log/index.js';
import { PgInstrumentStore } from '../adapters/postgres/instrument-store.js';
import { PgMlStore } from '../adapters/postgres/ml-store.js';
import { StrategyFolder } from '../adapters/strategies/strategy-folder.js';
import type { PrometheusMetrics } from '../api/prometheus-metrics.js';
import type { Tracing } from '../ports/tracing.js';
import { openEventTransport } from './event-transport.js';
import { ExplainedError } from './explained-error.js';
import type { Steps } from './steps.js';
import type { Config } from '../config/config.js';
import { openMarketData, type MarketData } from './market-data.js';
import { Shutdown } from './shutdown.js';
import { openStorage } from './storage.js';

/** What every role of a process stands on. */
export interface Foundation extends MarketData {
  readonly config: Config;
  readonly version: string;
  readonly logger: Logger;
  readonly steps: Steps;
  readonly metrics: PrometheusMetrics;
  readonly tracing: Tracing;
  readonly shutdown: Shutdown;
  /** Aborted when the program is to stop, which may be while it starts. */
  readonly signal: AbortSignal;
  readonly database: Database;
  /** Its bus reads Kafka where there is one. */
  readonly eventLog: EventLog;
  /** Null where the log is its own transport. */
  readonly kafka: KafkaTransport | null;
  readonly bars: PgBarStore;
  readonly instruments: PgInstrumentStore;
  readonly mlStore: PgMlStore;
  /** One for all who ask for strategies: each version of a file is probed once in a process, and only in one that is asked. */
  readonly strategies: StrategyFolder;
}

export interface FoundationOptions {
  readonly config: Config;
  readonly version: string;
  readonly logger: Logger;
  readonly steps: Steps;
  readonly metrics: PrometheusMetrics;
  readonly tracing: Tracing;
  readonly shutdown: Shutdown;
  /** Aborted when the program is to stop, which may be while it starts. */
  readonly signal: AbortSignal;
  /** Told when something goes away that the process cannot do without. */
  readonly onLost: (error: Error) => void;
}

/** Opens database, event log, stores and market data. What was opened is in `shutdown`, also when this throws. */
export async function openFoundation(options: FoundationOptions): Promise<Foundation> {
  const { config, version, logger, steps, metrics, tracing, shutdown, signal, onLost } = options;
  const storage = await openStorage(config, steps, onLost, signal);
  shutdown.add('database', () => storage.close());
  const { database } = storage;
  // The embedded server has one owner at a time, and that is this process.
  if (config.DATABASE_URL === undefined) await endDeadLeases(database.pool);
  const { pool, connectionString } = database;
  const log = await openEventLog({ pool, connectionString, logger, metrics });
  shutdown.add('event log', () => log.close());
  const kafka = await openEventTransport({ config, pool, eventLog: log, logger, metrics, tracing });
  if (kafka) shutdown.add('kafka', () => kafka.close());
  const bars = new PgBarStore(database.pool);
  const instruments = new PgInstrumentStore(database.pool);
  const mlStore = new PgMlStore(database.pool);
  await checkDataSource(config, instruments);
  const marketData = await openMarketData(config, bars, metrics);
  return {
    config,
    version,
    logger,
    steps,
    metrics,
    tracing,
    shutdown,
    signal,
    database,
    eventLog: kafka ? { ...log, eventBus: kafka.eventBus } : log,
    kafka,
    bars,
    instruments,
    mlStore,
    strategies: new StrategyFolder(config.TRADEGRAPH_STRATEGIES),
    ...marketData,
  };
}

/** A replay's bars and accounts never mix with live ones: a database belongs to one data source. */
export async function checkDataSource(
  config: Pick<Config, 'MARKET_DATA_PROVIDER'>,
  instruments: Pick<PgInstrumentStore, 'dataSource'>,
): Promise<void> {
  const stored = await instruments.dataSource();
  if (stored === null || stored === config.MARKET_DATA_PROVIDER) return;
  throw new ExplainedError(
    `this database holds ${stored} data, and MARKET_DATA_PROVIDER is ${config.MARKET_DATA_PROVIDER}: the two are never mixed. ` +
      'Give the new one a place of its own with TRADEGRAPH_HOME (or DATABASE_URL)' +
      (stored === 'replay' ? ', or clear the replay with `npx tradegraph reset`.' : '.'),
  );
}
