import type { BacktestFailure } from '../domain/backtest.js';
import { err, ok, type Result } from '../domain/result.js';
import type { SearchResult } from '../domain/search.js';
import { inOrder } from '../engines/research/caution.js';
import { parameterStability, stabilityCautions } from '../engines/research/parameter-stability.js';
import { neighbourIndexes } from '../engines/research/parameter-neighbourhood.js';
import { bestIndex } from '../engines/research/ranking.js';
import type { SearchConclusion } from '../ports/search-runner.js';
import { remarkCautions } from './backtest-preparation.js';
import { simulateBacktest } from './backtest-simulation.js';
import type { SearchSimulation } from './search-simulation.js';
import { concludeWalkForward } from './walk-forward-conclusion.js';

const NOTHING: SearchResult = { bestParams: null, statistics: null, stability: null, cautions: [], walkForward: null };

/**
 * Looks at all that was tried.
 * @param scores one a run, NaN where undefined
 * @param trialSharpes of all trials on these bars, those of this search included, NaN where undefined
 */
export async function concludeSearch(
  search: SearchSimulation,
  scores: Float64Array,
  trialSharpes: readonly number[],
  beat: () => void,
): Promise<Result<SearchConclusion, BacktestFailure>> {
  const { windows } = search;
  return windows === null
    ? concludeOptimization(search, scores, trialSharpes, beat)
    : ok(await concludeWalkForward(search, windows, scores));
}

/** The best set: its statistics and cautions as of any backtest, deflated by all that was tried, and its neighbours. */
async function concludeOptimization(
  search: SearchSimulation,
  scores: Float64Array,
  trialSharpes: readonly number[],
  beat: () => void,
): Promise<Result<SearchConclusion, BacktestFailure>> {
  const { plan, run } = search;
  const { spec, series, instruments, actions = [] } = run;
  const best = bestIndex(scores, spec.direction);
  if (best === null) return ok({ result: NOTHING, curve: null });
  const params = plan.at(best);
  const own = await search.over(null, params);
  if (own.simulated === null) return err({ code: 'STRATEGY_FAILED', message: own.fault });
  const otherSharpes = without(trialSharpes, own.statistics.sharpe ?? NaN);
  const { strategy, remarks } = await search.preparedFor(params);
  const backtest = simulateBacktest(
    { spec: { ...spec, params }, series, instruments, actions, dataHash: '', otherSharpes },
    strategy,
    { everyBars: 1_000, onProgress: beat },
  );
  if (!backtest.ok) return backtest;
  const { statistics, cautions } = backtest.value;
  const neighbours = Float64Array.from(neighbourIndexes(plan, best), (index) => scores[index] ?? NaN);
  const stability = parameterStability(scores[best] as number, neighbours, spec.direction);
  // Cautions of a result are cautions of the engines: they have been there on their way.
  const known = cautions as Parameters<typeof inOrder>[0];
  const all = [...inOrder([...known, ...stabilityCautions(stability)]), ...remarkCautions(remarks)];
  return ok({
    result: { bestParams: params, statistics, stability, cautions: all, walkForward: null },
    curve: null,
  });
}

/** All but one that is equal: the run's own, which is added again when its statistics are made. */
function without(sharpes: readonly number[], own: number): readonly number[] {
  const at = sharpes.findIndex((sharpe) => Object.is(sharpe, own));
  return at < 0 ? sharpes : sharpes.toSpliced(at, 1);
}
