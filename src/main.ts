import 'reflect-metadata';
import type { Logger } from 'pino';
import type { Steps } from './roles/steps.js';
import type { Config } from './config/config.js';
import { startApi } from './roles/api.js';
import { openBacktesting, openBarLoader } from './roles/backtesting.js';
import { openFoundation, type Foundation } from './roles/foundation.js';
import { openIngestion } from './roles/ingestion.js';
import { openModels, startMl } from './roles/ml.js';
import { openJobQueue } from './roles/job-queue.js';
import { releaseReplay } from './roles/replay-hold.js';
import type { Role } from './roles/role.js';
import { Shutdown } from './roles/shutdown.js';
import { openTrading } from './roles/trading.js';
import { Training } from './roles/training.js';

const JOBS_DEADLINE_MS = 5_000;

export interface ProgramOptions {
  readonly config: Config;
  readonly roles: readonly Role[];
  readonly version: string;
  readonly logger: Logger;
  readonly steps: Steps;
  /** Told when the process cannot go on: its database went away for good. */
  readonly onLost: (error: Error) => void;
}

export interface Program {
  /** Where the API listens; null without the api role. */
  readonly url: string | null;
  readonly foundation: Foundation;
  /** Stops taking work, finishes what is at hand, and closes everything. May be called again. */
  stop(): Promise<void>;
}

/**
 * Puts the program together and starts its roles: the one place where adapters meet services. What was opened is closed
 * again when a later part does not start.
 */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { roles, logger, steps } = options;
  const shutdown = new Shutdown(logger);
  try {
    const foundation = await openFoundation({ ...options, shutdown });
    const { database } = foundation;
    const barLoader = openBarLoader(foundation);
    const queue = await openJobQueue(options.config, database.connectionString, logger);
    shutdown.add('job queue', () => queue.close(JOBS_DEADLINE_MS));
    const models = openModels(foundation);
    const ingestion = openIngestion(foundation, queue);
    const trading = openTrading(foundation);
    const training = new Training(foundation, queue);
    const backtesting = openBacktesting(foundation, queue, barLoader);

    const runs = (role: Role) => roles.includes(role);
    if (runs('ingestion')) await ingestion.prepare();
    await trading.openAccounts();
    // Consumers first, so that nothing that is ingested waits for them.
    if (runs('trading')) await trading.start();
    if (runs('ml')) await startMl(foundation, models);
    if (runs('ingestion')) await ingestion.work();
    if (runs('ml')) await training.work();
    if (runs('backtesting')) await backtesting.work();
    if (runs('ingestion')) releaseReplay(foundation);
    const url = runs('api')
      ? await startApi({ foundation, queue, models, ingestion, trading, training, backtesting })
      : null;
    steps.begin('Roles').done(roles.join(', '));
    return { url, foundation, stop: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}
