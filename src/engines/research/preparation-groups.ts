import { preparationKey, type PreparingStrategy } from '../strategies/preparation.js';
import type { ParameterSet } from './parameter-set.js';
import type { SearchPlan } from './search-plan.js';

/** What says whether and from what a strategy prepares itself; a StrategyDefinition is one. */
export interface MaybePreparingStrategy extends PreparingStrategy {
  readonly prepare?: unknown;
}

/**
 * The runs of a search that share what their strategy prepares; null for a strategy that prepares nothing.
 * @param windowCount of a walk-forward: run `window * plan.length + set` is that set in that window; 1 otherwise
 * @returns indexes of runs, ascending; each run is in one group
 */
export function preparationGroups(
  strategy: MaybePreparingStrategy,
  plan: SearchPlan,
  windowCount: number,
): readonly (readonly number[])[] | null {
  if (strategy.prepare === undefined) return null;
  const sets = indexesByKey(plan.length, (index) => preparationKey(strategy, plan.at(index)));
  return sets.map((group) =>
    Array.from({ length: windowCount }, (_, window) => group.map((set) => window * plan.length + set)).flat(),
  );
}

/** Why a search would prepare its strategy too often; null where it would not. */
export function preparationFault(strategy: MaybePreparingStrategy, plan: SearchPlan, limit: number): string | null {
  if (strategy.prepare === undefined) return null;
  const keys = new Set<string>();
  for (let index = 0; index < plan.length; index += 1) keys.add(preparationKey(strategy, plan.at(index)));
  if (keys.size <= limit) return null;
  const { name, prepareReads } = strategy;
  const shared = prepareReads === undefined ? '' : `; sets that agree in ${prepareReads.join(', ')} share one`;
  return `${name} would prepare itself (train its models) ${keys.size} times; at most ${limit} are made${shared}`;
}

/** Sets of values in groups that are prepared alike, in the order in which they first come. */
export const alikePrepared = (
  strategy: MaybePreparingStrategy,
  sets: readonly (ParameterSet | null)[],
): readonly (readonly number[])[] =>
  indexesByKey(sets.length, (index) => {
    const set = sets[index] ?? null;
    return strategy.prepare === undefined || set === null ? '' : preparationKey(strategy, set);
  });

function indexesByKey(length: number, keyOf: (index: number) => string): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (let index = 0; index < length; index += 1) {
    const key = keyOf(index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}
