import type { SearchSpec } from '../../domain/search.js';
import { DEFAULT_MAX_SETS, type SearchRequest } from '../../engines/research/search-plan.js';

/** Runs of one search at most: sets, of a walk-forward times windows. */
export const RUNS_MAX = DEFAULT_MAX_SETS;

/** Times that the strategy of one search prepares itself at most: a training takes seconds to minutes. */
export const PREPARATIONS_MAX = 1_000;

/** What the engines plan a search from. */
export function searchRequestOf({
  params,
  ranges,
  method,
}: Pick<SearchSpec, 'params' | 'ranges' | 'method'>): SearchRequest {
  return { ranges, fixed: params, ...method };
}
