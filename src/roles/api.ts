import { fileURLToPath } from 'node:url';
import { barCacheDirectory } from '../adapters/bar-cache/cached-bar-loader.js';
import { ExportThreads } from '../adapters/backtests/export-threads.js';
import { createReadModel } from '../adapters/postgres/read-model/index.js';
import { backtestExportsRouter } from '../api/backtest-exports.js';
import { pageRouter } from '../api/page.js';
import { playgroundRouter } from '../api/playground.js';
import { startApiServer } from '../api/server.js';
import type { JobQueue } from '../ports/job-queue.js';
import { buildGraphQLSchema } from '../resolvers/build-schema.js';
import type { GraphQLContext, PlatformStatus, Services } from '../resolvers/context.js';
import { createLoaders } from '../resolvers/loaders.js';
import { IngestNow } from '../services/ingestion/ingest-now.js';
import { TrackSymbol, UntrackSymbol } from '../services/ingestion/track-symbol.js';
import { readAccessKeys } from './access-keys.js';
import type { Backtesting } from './backtesting.js';
import type { Foundation } from './foundation.js';
import type { Health } from './health.js';
import type { Ingestion } from './ingestion.js';
import type { Models } from './ml.js';
import { PLAYGROUND_EXAMPLES } from './playground-examples.js';
import type { Trading } from './trading.js';
import type { Training } from './training.js';

/** Compiled and copied there by the build: dist/src/roles -> dist/web. */
const PAGE_DIRECTORY = fileURLToPath(new URL('../../web', import.meta.url));

/** Of the time that a stop may take, the share over which websockets are told to go. */
const WEBSOCKETS_SHARE = 1 / 3;

export interface ApiParts {
  readonly foundation: Foundation;
  readonly queue: JobQueue;
  readonly models: Models;
  readonly ingestion: Ingestion;
  readonly trading: Trading;
  readonly training: Training;
  readonly backtesting: Backtesting;
  readonly health: Health;
}

/** Starts to answer. Answers the URL. */
export async function startApi(parts: ApiParts): Promise<string> {
  const { foundation, health } = parts;
  const { config, eventLog, database, bars, metrics, tracing, shutdown } = foundation;
  const readModel = createReadModel(database, bars);
  const services = servicesOf(parts);
  const platform = platformStatus(parts);
  const exporter = new ExportThreads({
    connectionString: database.connectionString,
    cacheDirectory: barCacheDirectory(config.TRADEGRAPH_HOME),
  });
  const accessKeys = await readAccessKeys(config.ACCESS_KEYS_FILE);
  const isHealthHere = accessKeys === null && health.url === null;
  const server = await startApiServer({
    schema: buildGraphQLSchema(),
    host: config.HOST,
    port: config.PORT,
    bus: eventLog.eventBus,
    databaseId: await databaseId(foundation),
    accessKeys,
    createContext: (client, events): GraphQLContext => ({
      readModel,
      loaders: createLoaders(readModel),
      services,
      platform,
      events,
      scopes: client.access.scopes,
      readBudget: () => client.readBudget(),
    }),
    logger: foundation.logger.child({ role: 'api' }),
    webSocketLimits: { drainMs: config.DRAIN_SECONDS * 1000 * WEBSOCKETS_SHARE },
    metrics,
    tracing,
    routers: [
      ...(isHealthHere ? [health.router] : []),
      playgroundRouter({ examples: PLAYGROUND_EXAMPLES }),
      pageRouter({ directory: PAGE_DIRECTORY, showsHealth: isHealthHere }),
    ],
    privateRouters: [backtestExportsRouter({ exporter })],
  });
  shutdown.add('api server', () => server.close());
  return server.url;
}

/** Cursors carry it: one of another database, or of one that was reset since, is refused. */
async function databaseId({ database }: Foundation): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM log_identity');
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('log_identity is empty: the database was not made by our migrations');
  return id;
}

function servicesOf({ foundation, models, ingestion, trading, backtesting }: ApiParts): Services {
  const { source, clock, eventLog, instruments } = foundation;
  const shared = { source, clock, unitOfWork: eventLog.unitOfWork, instruments, jobs: ingestion.jobs };
  const trackSymbol = new TrackSymbol(shared);
  const untrackSymbol = new UntrackSymbol(shared);
  const ingestNow = new IngestNow(shared);
  return {
    ...trading.byHand,
    ...trading.deployments,
    ingest: (symbol) => ingestNow.ingest(symbol),
    trackSymbol: (symbol, timeframe) => trackSymbol.track(symbol, timeframe),
    untrackSymbol: (symbol) => untrackSymbol.untrack(symbol),
    predictPrice: (symbol, timeframe) => models.predictPrice.execute(symbol, timeframe),
    detectAnomaly: (symbol, timeframe) => models.detectAnomaly.execute(symbol, timeframe),
    ...backtesting.useCases,
  };
}

function platformStatus({ foundation, training }: ApiParts): PlatformStatus {
  const { config, version, source, clock, replay, eventLog } = foundation;
  const speed = config.REPLAY_SPEED === 'max' ? null : config.REPLAY_SPEED;
  return {
    version,
    provider: source.name,
    description: source.description,
    updateFrequency:
      replay === null ? '1 minute' : `replayed at ${speed === null ? 'full speed' : `${speed} bars a second`}`,
    now: () => clock.now(),
    replay: () =>
      replay === null
        ? null
        : {
            state: replay.pace.state,
            now: clock.now(),
            speed,
            description: source.description,
            startsAt: replay.startsAt,
            endsAt: replay.endsAt,
          },
    pipeline: () => eventLog.eventBus.lag(),
    training: async () => (await training.status()).map((status) => ({ kind: 'LSTM', ...status })),
  };
}
