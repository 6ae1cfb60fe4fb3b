import { randomUUID } from 'node:crypto';
import type { PgBacktestStore } from '../adapters/postgres/backtest-store.js';
import { createReadModel } from '../adapters/postgres/read-model/index.js';
import { PgCorporateActionStore } from '../adapters/postgres/corporate-action-store.js';
import { PgSearchStore } from '../adapters/postgres/search-store.js';
import { MonteCarloThread } from '../adapters/searches/monte-carlo-thread.js';
import { SearchThreads } from '../adapters/searches/search-threads.js';
import { OpenRuns } from '../jobs/open-runs.js';
import { runSearchJob, searchJobId } from '../jobs/run-search.js';
import type { BarLoader } from '../ports/bar-history.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { Services } from '../resolvers/context.js';
import type { StrategyLibrary } from '../services/backtesting/strategy-library.js';
import { CancelSearch, DeleteSearch } from '../services/research/end-search.js';
import { ExecuteSearch } from '../services/research/execute-search.js';
import { RunMonteCarlo } from '../services/research/monte-carlo.js';
import { RunSearch, type RunSearchOptions } from '../services/research/run-search.js';
import type { Foundation } from './foundation.js';

export interface SearchingOptions {
  readonly foundation: Foundation;
  readonly queue: JobQueue;
  readonly barLoader: BarLoader;
  readonly strategies: StrategyLibrary;
  /** The ledger of all trials. */
  readonly ledger: PgBacktestStore;
  /** Checks a command as that of a backtest. */
  readonly specOf: RunSearchOptions['specOf'];
}

export interface Searching {
  readonly useCases: Pick<Services, 'runSearch' | 'cancelSearch' | 'deleteSearch' | 'monteCarlo'>;
  /** Begins to execute searches in this process, one at a time over threads on all cores. */
  work(): Promise<void>;
  /** Queues what is stored and not queued: its job was lost, or the queue did not answer. */
  queueOpen(): Promise<void>;
}

/** Searches as every process knows them: asked for anywhere, executed where `work` is called. */
export function openSearching({
  foundation,
  queue,
  barLoader,
  strategies,
  ledger,
  specOf,
}: SearchingOptions): Searching {
  const { config, database, eventLog, bars, instruments } = foundation;
  const logger = foundation.logger.child({ role: 'backtesting' });
  const { unitOfWork } = eventLog;
  const store = new PgSearchStore(database.pool);
  const runner = new SearchThreads({ stallMs: config.BACKTEST_STALL_SECONDS * 1000 });
  const executeSearch = new ExecuteSearch({
    store,
    ledger,
    bars: barLoader,
    instruments,
    actions: new PgCorporateActionStore(database.pool),
    runner,
    unitOfWork,
    logger,
  });
  const job = runSearchJob(executeSearch);
  const enqueue = async (searchId: string): Promise<void> => {
    await queue.enqueue(job, { searchId }, { id: searchJobId(searchId) });
  };
  const runSearch = new RunSearch({ store, strategies, specOf, unitOfWork, logger, enqueue, newId: randomUUID });
  const cancelSearch = new CancelSearch({ store, unitOfWork });
  const deleteSearch = new DeleteSearch({ store, unitOfWork });
  const monteCarlo = new RunMonteCarlo({
    backtests: createReadModel(database, bars).backtests,
    instruments,
    runner: new MonteCarloThread(),
  });
  const openRuns = new OpenRuns({ open: () => store.open(), enqueue });
  return {
    useCases: {
      runSearch: (command) => runSearch.execute(command),
      cancelSearch: (searchId) => cancelSearch.execute(searchId),
      deleteSearch: (searchId) => deleteSearch.execute(searchId),
      monteCarlo: (command) => monteCarlo.execute(command),
    },
    queueOpen: () => openRuns.queue(),
    async work() {
      await queue.work(job);
      await openRuns.queue();
    },
  };
}
