import { randomUUID } from 'node:crypto';
import { BarLoaderThread } from '../adapters/backtests/bar-loader-thread.js';
import { BacktestThreads } from '../adapters/backtests/backtest-threads.js';
import { ResultWriterThread } from '../adapters/backtests/result-writer-thread.js';
import { barCacheDirectory } from '../adapters/bar-cache/cached-bar-loader.js';
import { PgBacktestStore } from '../adapters/postgres/backtest-store.js';
import { PgCorporateActionStore } from '../adapters/postgres/corporate-action-store.js';
import { keepQueued } from '../jobs/keep-queued.js';
import { OpenRuns } from '../jobs/open-runs.js';
import { backtestJobId, runBacktestJob } from '../jobs/run-backtest.js';
import type { BarLoader } from '../ports/bar-history.js';
import type { BacktestResultWriter } from '../ports/backtest-store.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { Services } from '../resolvers/context.js';
import { CancelBacktest, DeleteBacktest } from '../services/backtesting/end-backtest.js';
import { ExecuteBacktest } from '../services/backtesting/execute-backtest.js';
import { RunBacktest } from '../services/backtesting/run-backtest.js';
import { strategyView } from '../services/backtesting/strategy-view.js';
import type { Foundation } from './foundation.js';
import { openSearching, type Searching } from './searching.js';

type BacktestUseCases = Pick<Services, 'runBacktest' | 'cancelBacktest' | 'deleteBacktest' | 'strategies'> &
  Searching['useCases'];

/** Backtesting as every process knows it: asked for anywhere, executed where `work` is called. */
export interface Backtesting {
  readonly useCases: BacktestUseCases;
  /** Begins to execute backtests in this process, each in a thread of its own. */
  work(): Promise<void>;
}

/** What moves the bulk of backtests between the database and their threads, off this thread. */
export interface BacktestTransport {
  readonly barLoader: BarLoader;
  readonly resultWriter: BacktestResultWriter;
}

/** To be opened before the queue, so that it is closed after its last job. */
export function openBacktestTransport({ config, database, logger, shutdown }: Foundation): BacktestTransport {
  const resultWriter = new ResultWriterThread({ connectionString: database.connectionString });
  shutdown.add('result writer', () => resultWriter.close());
  const barLoader = new BarLoaderThread({
    connectionString: database.connectionString,
    directory: barCacheDirectory(config.TRADEGRAPH_HOME),
    onFault: (path, error) => logger.warn({ path, err: error }, 'a file of the bar cache is of no use'),
  });
  shutdown.add('bar loader', () => barLoader.close());
  return { barLoader, resultWriter };
}

export function openBacktesting(
  foundation: Foundation,
  queue: JobQueue,
  { barLoader, resultWriter }: BacktestTransport,
): Backtesting {
  const { config, database, eventLog, bars, instruments, metrics, shutdown, strategies } = foundation;
  const logger = foundation.logger.child({ role: 'backtesting' });
  const { unitOfWork } = eventLog;
  const store = new PgBacktestStore(database.pool);
  const executeBacktest = new ExecuteBacktest({
    store,
    results: resultWriter,
    bars: barLoader,
    instruments,
    actions: new PgCorporateActionStore(database.pool),
    runner: new BacktestThreads({ stallMs: config.BACKTEST_STALL_SECONDS * 1000 }),
    unitOfWork,
    logger,
    metrics,
  });
  const job = runBacktestJob({ executeBacktest, concurrency: config.BACKTEST_CONCURRENCY });
  const enqueue = async (backtestId: string): Promise<void> => {
    await queue.enqueue(job, { backtestId }, { id: backtestJobId(backtestId) });
  };
  const openRuns = new OpenRuns({ open: () => store.open(), enqueue });
  const runBacktest = new RunBacktest({
    store,
    bars,
    instruments,
    strategies,
    unitOfWork,
    logger,
    enqueue,
    newId: randomUUID,
  });
  const cancelBacktest = new CancelBacktest({ store, unitOfWork });
  const deleteBacktest = new DeleteBacktest({ store, unitOfWork });
  const specOf: RunBacktest['specOf'] = (command) => runBacktest.specOf(command);
  const searching = openSearching({ foundation, queue, barLoader, strategies, ledger: store, specOf });
  return {
    useCases: {
      ...searching.useCases,
      runBacktest: (command) => runBacktest.execute(command),
      cancelBacktest: (backtestId) => cancelBacktest.execute(backtestId),
      deleteBacktest: (backtestId) => deleteBacktest.execute(backtestId),
      strategies: async () => (await strategies.list()).map(strategyView),
    },
    async work() {
      await queue.work(job);
      await openRuns.queue();
      await searching.work();
      const put = async (): Promise<void> => {
        await openRuns.queue();
        await searching.queueOpen();
      };
      const stopping = new AbortController();
      shutdown.add('backtesting', async () => stopping.abort());
      // What is stored and not queued: its job was lost, or the queue did not answer.
      void keepQueued({ queue, put, what: 'open backtests and searches', logger, signal: stopping.signal });
    },
  };
}
