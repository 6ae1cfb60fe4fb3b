import 'reflect-metadata';
import type { Logger } from 'pino';
import type { Steps } from './roles/steps.js';
import type { Config } from './config/config.js';
import { startApi } from './roles/api.js';
import { openBacktesting, openBacktestTransport } from './roles/backtesting.js';
import { eventTransportCheck } from './roles/event-transport.js';
import { openFoundation, type Foundation } from './roles/foundation.js';
import { openIngestion } from './roles/ingestion.js';
import { openModels, startMl } from './roles/ml.js';
import { openJobQueue } from './roles/job-queue.js';
import { awaitPreparedDatabase, prepareDatabase } from './roles/first-start.js';
import { openHealth, type Health } from './roles/health.js';
import { databaseCheck, eventLagCheck, jobQueueCheck } from './roles/readiness.js';
import { openReplayTurn } from './roles/replay-turn.js';
import type { Role } from './roles/role.js';
import { Shutdown } from './roles/shutdown.js';
import { startAgainWhileDatabaseFails } from './roles/start-again.js';
import { keepStateGauges } from './roles/state-gauges.js';
import type { Tracing } from './ports/tracing.js';
import { openTracingOf } from './roles/tracing.js';
import { openTrading } from './roles/trading.js';
import { Training } from './roles/training.js';

/** Of the time that a stop may take, the share that jobs have to end; what they leave is done at the next start. */
const JOBS_SHARE = 1 / 3;

export interface ProgramOptions {
  readonly config: Config;
  readonly roles: readonly Role[];
  readonly version: string;
  readonly logger: Logger;
  readonly steps: Steps;
  /** Aborted when the program is to stop: a start that waits for something gives up. Never, when left out. */
  readonly signal?: AbortSignal;
  /** Told when the process cannot go on: its database went away for good. */
  readonly onLost: (error: Error) => void;
}

export interface Program {
  /** Where the API listens; null without the api role. */
  readonly url: string | null;
  /** Where health and metrics are answered; null when nowhere. */
  readonly healthUrl: string | null;
  readonly foundation: Foundation;
  /** Stops taking work, finishes what is at hand, and closes everything. May be called again. */
  stop(): Promise<void>;
}

/**
 * Puts the program together and starts its roles: the one place where adapters meet services. What was opened is closed
 * again when a later part does not start. On a database of the user's a start that its connections break in is done again.
 */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { config, logger, steps, signal = new AbortController().signal } = options;
  const shutdown = new Shutdown(logger);
  try {
    const health = await openHealth(config, shutdown);
    const { metrics, readiness } = health;
    const tracing = await openTracingOf({ ...options, metrics, shutdown });
    const start = () => startRoles({ ...options, signal, health, tracing });
    const onFault = (reason: string): void => {
      steps.say(`    DATABASE_URL: ${reason}, in the middle of the start; it begins again`);
    };
    const started =
      config.DATABASE_URL === undefined
        ? await start()
        : await startAgainWhileDatabaseFails(start, {
            patienceMs: config.DATABASE_WAIT_SECONDS * 1000,
            onFault,
            signal,
          });
    const stop = async (): Promise<void> => {
      readiness.drain();
      await started.shutdown.run();
      await shutdown.run();
    };
    const { foundation, url } = started;
    return { url, healthUrl: healthUrlOf(config, health, url), foundation, stop };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

interface StartOptions extends ProgramOptions {
  readonly signal: AbortSignal;
  readonly health: Health;
  readonly tracing: Tracing;
}

/** What has been started, and what closes it. */
interface Started {
  readonly url: string | null;
  readonly foundation: Foundation;
  readonly shutdown: Shutdown;
}

async function startRoles(options: StartOptions): Promise<Started> {
  const { config, roles, logger, steps, signal, health, tracing } = options;
  const shutdown = new Shutdown(logger);
  const runs = (role: Role) => roles.includes(role);
  try {
    const { metrics, readiness } = health;
    const foundation = await openFoundation({ ...options, signal, metrics, tracing, shutdown });
    signal.throwIfAborted();
    const replayTurn = await openReplayTurn(foundation);
    const backtestTransport = openBacktestTransport(foundation);
    const queue = await openJobQueue(config, foundation.database.connectionString, logger);
    shutdown.add('job queue', () => queue.close(config.DRAIN_SECONDS * 1000 * JOBS_SHARE));
    const models = openModels(foundation);
    const ingestion = openIngestion(foundation, queue);
    const trading = openTrading(foundation);
    const training = new Training(foundation, queue);
    const backtesting = openBacktesting(foundation, queue, backtestTransport);

    if (!runs('ingestion')) await awaitPreparedDatabase(foundation);
    else {
      await prepareDatabase(foundation, async () => {
        await ingestion.prepare();
        await trading.openAccounts();
      });
    }
    signal.throwIfAborted();
    // Consumers first, so that nothing that is ingested waits for them.
    if (runs('trading')) await trading.start();
    if (runs('ml')) await startMl(foundation, models);
    if (runs('ingestion')) await ingestion.work(replayTurn);
    if (runs('ml')) await training.work();
    if (runs('backtesting')) await backtesting.work();
    if (runs('ingestion')) await replayTurn?.play();
    signal.throwIfAborted();
    const url = runs('api')
      ? await startApi({ foundation, queue, models, ingestion, trading, training, backtesting, health })
      : null;

    readiness.add('database', databaseCheck(foundation.database));
    readiness.add('eventTransport', eventTransportCheck(foundation.kafka));
    readiness.add('eventLag', eventLagCheck(foundation.eventLog.eventBus, roles));
    readiness.add('jobQueue', jobQueueCheck(queue));
    if (runs('ingestion')) readiness.add('marketData', ingestion.readiness);
    if (runs('ml')) readiness.add('models', training.readiness);
    if (runs('trading')) readiness.add('accounts', trading.readiness);
    keepStateGauges(foundation, queue, roles);
    readiness.started();
    steps.begin('Roles').done(roles.join(', '));
    return { url, foundation, shutdown };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

/** On a port of its own, or beside an API that asks for no keys. */
const healthUrlOf = ({ ACCESS_KEYS_FILE }: Config, health: Health, url: string | null): string | null =>
  health.url ?? (ACCESS_KEYS_FILE === undefined ? url : null);
