import type { BacktestFailure } from '../domain/backtest.js';
import { err, ok, type Result } from '../domain/result.js';
import { preparationFault, preparationGroups } from '../engines/research/preparation-groups.js';
import { planSearch, type SearchPlan } from '../engines/research/search-plan.js';
import { planWalkForward, type WalkForwardWindow } from '../engines/research/walk-forward-plan.js';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import type { SearchRun } from '../ports/search-runner.js';
import { PREPARATIONS_MAX, RUNS_MAX, searchRequestOf } from '../services/research/search-request.js';
import { instantsOf } from './search-simulation.js';

export interface PlannedSearch {
  readonly plan: SearchPlan;
  readonly windows: readonly WalkForwardWindow[] | null;
  /** Runs that share what the strategy prepares; null where it prepares nothing. */
  readonly groups: readonly (readonly number[])[] | null;
}

/** The same lists in every thread and at every attempt: they are a function of the search and of its bars. */
export function plannedSearch(run: SearchRun, strategy: StrategyDefinition): Result<PlannedSearch, BacktestFailure> {
  const { spec } = run;
  const plan = planSearch(strategy, searchRequestOf(spec));
  // It was planned before it was taken on: the strategy's file has changed since.
  if (!plan.ok) return err({ code: 'PARAMETERS_DO_NOT_FIT', message: plan.error.message });
  const fault = preparationFault(strategy, plan.value, PREPARATIONS_MAX);
  if (fault !== null) return err({ code: 'INVALID_ARGUMENT', message: fault });
  const groupsOf = (windowCount: number) => preparationGroups(strategy, plan.value, windowCount);
  if (spec.walkForward === null) return ok({ plan: plan.value, windows: null, groups: groupsOf(1) });
  const windows = planWalkForward(instantsOf(run).length, spec.walkForward);
  if (!windows.ok) {
    const isShort = windows.error.code === 'HISTORY_TOO_SHORT';
    return err({ code: isShort ? 'TOO_FEW_BARS' : 'INVALID_ARGUMENT', message: windows.error.message });
  }
  const runs = windows.value.length * plan.value.length;
  if (runs > RUNS_MAX) {
    const message = `${plan.value.length} sets in ${windows.value.length} windows are ${runs} runs; at most ${RUNS_MAX} are made`;
    return err({ code: 'INVALID_ARGUMENT', message });
  }
  return ok({ plan: plan.value, windows: windows.value, groups: groupsOf(windows.value.length) });
}
