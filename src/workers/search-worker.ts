import { parentPort, workerData } from 'node:worker_threads';
import type { SearchOrder, SearchWorkerData, SearchWorkerMessage } from '../adapters/searches/search-messages.js';
import { loadStrategy, StrategyNotLoadedError } from '../adapters/strategies/load-strategy.js';
import type { BacktestFailure } from '../domain/backtest.js';
import { err, ok, type Result } from '../domain/result.js';
import { concludeSearch } from './search-conclusion.js';
import { plannedSearch, type PlannedSearch } from './search-plan.js';
import { SearchSimulation } from './search-simulation.js';

// Runs parts of one search until it is ended. Indicators are kept between runs: most sets share them with others.
const run = workerData as SearchWorkerData;

const BEAT_EVERY_BARS = 256;
const BEAT_EVERY_MS = 100;

const tell = (message: SearchWorkerMessage): void => parentPort?.postMessage(message, []);

let toldAtMs = -Infinity;
function beat(prepared: number | null = null): void {
  const nowMs = performance.now();
  if (nowMs - toldAtMs < BEAT_EVERY_MS) return;
  toldAtMs = nowMs;
  tell({ kind: 'beat', prepared });
}

interface Begun {
  readonly search: SearchSimulation;
  readonly groups: PlannedSearch['groups'];
}

async function begun(): Promise<Result<Begun, BacktestFailure>> {
  try {
    const strategy = await loadStrategy(run.spec.reference);
    const planned = plannedSearch(run, strategy);
    if (!planned.ok) return planned;
    const { plan, windows, groups } = planned.value;
    const hooks = { everyBars: BEAT_EVERY_BARS, onProgress: () => beat() };
    return ok({ search: new SearchSimulation(run, strategy, plan, windows, hooks, beat), groups });
  } catch (error) {
    if (error instanceof StrategyNotLoadedError) return err({ code: 'STRATEGY_NOT_LOADED', message: error.message });
    return err({ code: 'STRATEGY_FAILED', message: `strategy ${run.spec.strategy} failed: ${messageOf(error)}` });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function answer(search: SearchSimulation, order: SearchOrder): Promise<SearchWorkerMessage> {
  if (order.kind === 'run') return { kind: 'results', results: await search.resultsOf(order.runIndexes) };
  const conclusion = await concludeSearch(search, order.scores, order.trialSharpes, () => beat());
  return conclusion.ok
    ? { kind: 'concluded', conclusion: conclusion.value }
    : { kind: 'failed', failure: conclusion.error };
}

const outcome = await begun();
if (outcome.ok) {
  const { search, groups } = outcome.value;
  // A rejection ends the thread with its error, as whatever is thrown in it does.
  parentPort?.on('message', (order: SearchOrder) => void answer(search, order).then(tell));
  tell({ kind: 'ready', runCount: search.runCount, groups });
} else {
  tell({ kind: 'failed', failure: outcome.error });
}
