import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadStrategy } from '../../src/adapters/strategies/load-strategy.js';
import { CachedBarLoader } from '../../src/adapters/bar-cache/cached-bar-loader.js';
import { PgBacktestResultWriter } from '../../src/adapters/postgres/backtest-results.js';
import { PgBacktestStore } from '../../src/adapters/postgres/backtest-store.js';
import { PgCorporateActionStore } from '../../src/adapters/postgres/corporate-action-store.js';
import { PgBarHistory } from '../../src/adapters/postgres/bar-history.js';
import type { BacktestOptions } from '../../src/domain/backtest.js';
import { ok, err } from '../../src/domain/result.js';
import type { BacktestRunner } from '../../src/ports/backtest-runner.js';
import type { BacktestResultWriter } from '../../src/ports/backtest-store.js';
import { BUILT_IN_STRATEGIES } from '../../src/engines/strategies/catalogue.js';
import { defineStrategy } from '../../src/engines/strategies/strategy.js';
import type { RunBacktestCommand } from '../../src/services/backtesting/backtest-command.js';
import { CancelBacktest, DeleteBacktest } from '../../src/services/backtesting/end-backtest.js';
import { ExecuteBacktest } from '../../src/services/backtesting/execute-backtest.js';
import { RunBacktest } from '../../src/services/backtesting/run-backtest.js';
import {
  unknownStrategy,
  type StrategyEntry,
  type StrategyLibrary,
} from '../../src/services/backtesting/strategy-library.js';
import { simulateBacktest } from '../../src/workers/backtest-simulation.js';
import type { MarketDatabase } from './market-database.js';
import { RecordedMetrics, silentLogger } from './silent.js';

const DEFAULT_OPTIONS: BacktestOptions = {
  initialCapital: 10_000,
  commission: null,
  spread: null,
  slippage: null,
  margin: null,
  tradeOnClose: null,
  exclusiveOrders: null,
  finalizeTrades: null,
  lotSize: null,
  volumeShare: null,
  maxPositionPct: null,
  defaultSizePct: null,
};

/** A backtest of BTC-USD; say what matters to the test. */
export function makeCommand(
  overrides: Partial<Omit<RunBacktestCommand, 'options'>> & { readonly options?: Partial<BacktestOptions> } = {},
): RunBacktestCommand {
  return {
    name: null,
    clientRequestId: null,
    strategy: 'sma-cross',
    params: {},
    symbols: ['BTC-USD'],
    timeframe: 'ONE_MINUTE',
    from: null,
    to: null,
    profile: 'native',
    seed: 7,
    deadlineSeconds: 60,
    ...overrides,
    options: { ...DEFAULT_OPTIONS, ...overrides.options },
  };
}

export const strategyFile = (name: string): string =>
  fileURLToPath(new URL(`./strategies/${name}.ts`, import.meta.url));

/** Strategies that go wrong, as a library finds them: their modules are what the worker runs. */
const TEST_STRATEGIES = ['throws', 'loops', 'asks-for-nan', 'slow', 'dies', 'grows'];
const entryOf = (name: string): StrategyEntry => ({
  definition: defineStrategy({
    name,
    description: 'A strategy of the tests',
    parameters: {},
    warmUpBars: () => 0,
    create: () => ({ onBar: () => undefined }),
  }),
  reference: { kind: 'FILE', path: strategyFile(name) },
});

const TEST_ENTRIES: readonly StrategyEntry[] = [
  ...BUILT_IN_STRATEGIES.map((definition) => ({
    definition,
    reference: { kind: 'BUILT_IN' as const, name: definition.name },
  })),
  ...TEST_STRATEGIES.map(entryOf),
];

export const testLibrary: StrategyLibrary = {
  list: () => Promise.resolve(TEST_ENTRIES),
  find(name) {
    const found = TEST_ENTRIES.find(({ definition }) => definition.name === name);
    return Promise.resolve(found === undefined ? err(unknownStrategy(name, TEST_ENTRIES)) : ok(found));
  },
};

/** Runs in the thread of the test: a tenth of a second where a thread of its own takes one. */
export const inlineRunner: BacktestRunner = {
  async run(run, { onProgress } = {}) {
    const onBars = (done: number, total: number, barTime: number, equity: number) =>
      onProgress?.({ fraction: done / total, barTime, equity });
    return simulateBacktest(run, await loadStrategy(run.spec.reference), { everyBars: 500, onProgress: onBars });
  },
};

export interface BacktestingOptions {
  readonly cacheDirectory: string;
  readonly runner?: BacktestRunner;
  /** Left out: writes in the thread of the test. */
  readonly results?: BacktestResultWriter;
  readonly enqueue?: (backtestId: string) => Promise<void>;
}

/** The use cases of backtesting on a test's database. */
export function openBacktesting(
  market: MarketDatabase,
  { cacheDirectory, runner = inlineRunner, results, enqueue = () => Promise.resolve() }: BacktestingOptions,
) {
  const { database, unitOfWork, bars, instruments } = market;
  const store = new PgBacktestStore(database.pool);
  const shared = { store, unitOfWork, instruments, logger: silentLogger };
  return {
    store,
    runBacktest: new RunBacktest({ ...shared, bars, strategies: testLibrary, enqueue, newId: randomUUID }),
    executeBacktest: new ExecuteBacktest({
      ...shared,
      results: results ?? new PgBacktestResultWriter(database.pool),
      bars: new CachedBarLoader({ history: new PgBarHistory(database.pool), directory: cacheDirectory }),
      actions: new PgCorporateActionStore(database.pool),
      runner,
      metrics: new RecordedMetrics(),
    }),
    cancelBacktest: new CancelBacktest(shared),
    deleteBacktest: new DeleteBacktest(shared),
  };
}
