import { err, ok, type Result } from '../../domain/result.js';
import { parseParameters, type ParameterDeclarations } from '../strategies/parameters.js';
import { gridSets } from './grid-sets.js';
import { axisOf, type ParameterRange, type SearchAxis } from './parameter-range.js';
import type { ParameterSet } from './parameter-set.js';
import { randomSets } from './random-sets.js';
import type { SearchRefusal } from './search-refusal.js';

/** What a search needs to know of a strategy; a StrategyDefinition is one. */
export interface SearchedStrategy {
  readonly parameters: ParameterDeclarations;
  checkTogether?(values: ParameterSet): string | null;
}

/** Plain data: the same request gives the same plan in every thread and after every restart. */
export type SearchRequest = {
  /** What varies. Parameters without a range stay at `fixed`, or at their default. */
  readonly ranges: Readonly<Record<string, ParameterRange>>;
  readonly fixed: ParameterSet;
} & (
  | { readonly kind: 'GRID' }
  /** `samples` different sets, drawn with `seed` (whole number in [0, 2^32)). */
  | { readonly kind: 'RANDOM'; readonly samples: number; readonly seed: number }
);

/** The sets of a search as a list: workers take indexes, and a search goes on from the indexes that are done. */
export interface SearchPlan {
  readonly kind: 'GRID' | 'RANDOM';
  readonly axes: readonly SearchAxis[];
  /** Sets to try. Of a random search fewer than asked for, where there are no more. */
  readonly length: number;
  /** Sets that the strategy refuses, which are left out. Of a random search: draws that were refused. */
  readonly unfitCount: number;
  /** All parameters of a set. @throws RangeError for an index that is not in the plan */
  at(index: number): ParameterSet;
}

/** 100,000 runs over 2,148 bars take some 6 s on two cores; a million bars each would take two hours. */
export const DEFAULT_MAX_SETS = 100_000;

/** Plans a search, or says why it cannot be made. @param maxSets the most sets a plan may hold before any are refused */
export function planSearch(
  strategy: SearchedStrategy,
  request: SearchRequest,
  maxSets: number = DEFAULT_MAX_SETS,
): Result<SearchPlan, SearchRefusal> {
  const base = parseParameters(strategy.parameters, request.fixed);
  if (!base.ok) {
    const code = base.error.code === 'UNKNOWN_PARAMETER' ? 'UNKNOWN_PARAMETER' : 'PARAMETER_OUT_OF_RANGE';
    return err({ ...base.error, code });
  }
  const axes: SearchAxis[] = [];
  for (const [parameter, range] of Object.entries(request.ranges)) {
    const axis = axisOf(strategy.parameters, parameter, range);
    if (!axis.ok) return axis;
    axes.push(axis.value);
  }
  if (axes.length === 0) {
    return err({ code: 'NO_RANGES', parameter: null, message: 'a search needs at least one parameter with a range' });
  }
  const fits = (values: ParameterSet): boolean => (strategy.checkTogether?.(values) ?? null) === null;
  const search = { axes, base: base.value as ParameterSet, fits, maxSets };
  const sets = request.kind === 'GRID' ? gridSets(search) : randomSets(search, request.samples, request.seed);
  if (!sets.ok) return sets;
  const { length, unfitCount, at } = sets.value;
  if (length === 0) {
    const message = `none of the ${unfitCount} sets tried fits the strategy's own conditions`;
    return err({ code: 'NO_SET_FITS', parameter: null, message });
  }
  return ok({
    kind: request.kind,
    axes,
    length,
    unfitCount,
    at(index) {
      if (!Number.isInteger(index) || index < 0 || index >= length) throw new RangeError(`set ${index} of ${length}`);
      return at(index);
    },
  });
}
