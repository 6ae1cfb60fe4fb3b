import { randomUUID } from 'node:crypto';
import { CachedBarLoader } from '../../src/adapters/bar-cache/cached-bar-loader.js';
import { PgBacktestStore } from '../../src/adapters/postgres/backtest-store.js';
import { PgBarHistory } from '../../src/adapters/postgres/bar-history.js';
import { PgCorporateActionStore } from '../../src/adapters/postgres/corporate-action-store.js';
import { PgSearchStore } from '../../src/adapters/postgres/search-store.js';
import { SearchThreads } from '../../src/adapters/searches/search-threads.js';
import type { SearchRunner } from '../../src/ports/search-runner.js';
import { CancelSearch, DeleteSearch } from '../../src/services/research/end-search.js';
import { ExecuteSearch } from '../../src/services/research/execute-search.js';
import { RunSearch } from '../../src/services/research/run-search.js';
import type { SearchCommand } from '../../src/services/research/search-command.js';
import { makeCommand, openBacktesting, testLibrary } from './backtesting.js';
import type { MarketDatabase } from './market-database.js';
import { silentLogger } from './silent.js';

type Overrides = Partial<Omit<SearchCommand, 'options'>> & Parameters<typeof makeCommand>[0];

const steps = (from: number, to: number, step: number | null = null) => ({ kind: 'STEPS', from, to, step }) as const;

/** A grid of 4 x 5 sets of sma-cross over BTC-USD; say what matters to the test. */
export function makeSearch(overrides: Overrides = {}): SearchCommand {
  return {
    ...makeCommand(overrides),
    ranges: { fast: steps(3, 9, 2), slow: steps(10, 30, 5) },
    method: { kind: 'GRID' },
    objective: 'sharpe',
    walkForward: null,
    ...overrides,
    options: makeCommand(overrides).options,
  };
}

export interface SearchingOptions {
  readonly cacheDirectory: string;
  readonly runner?: SearchRunner;
}

/** The use cases of searches on a test's database. */
export function openSearching(
  market: MarketDatabase,
  { cacheDirectory, runner = new SearchThreads({ stallMs: 10_000, threads: 2 }) }: SearchingOptions,
) {
  const { database, unitOfWork, instruments } = market;
  const store = new PgSearchStore(database.pool);
  const ledger = new PgBacktestStore(database.pool);
  const shared = { store, unitOfWork, logger: silentLogger };
  const { runBacktest } = openBacktesting(market, { cacheDirectory });
  const bars = new CachedBarLoader({ history: new PgBarHistory(database.pool), directory: cacheDirectory });
  return {
    store,
    ledger,
    runSearch: new RunSearch({
      ...shared,
      strategies: testLibrary,
      specOf: (command) => runBacktest.specOf(command),
      enqueue: () => Promise.resolve(),
      newId: randomUUID,
    }),
    executeSearch: new ExecuteSearch({
      ...shared,
      ledger,
      bars,
      instruments,
      actions: new PgCorporateActionStore(database.pool),
      runner,
    }),
    cancelSearch: new CancelSearch(shared),
    deleteSearch: new DeleteSearch(shared),
  };
}
