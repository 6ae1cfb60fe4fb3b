import { SearchProgress } from '../../engines/research/search-progress.js';

/** Hands one thread up to so many of the runs that are left; none when there are no more for it. */
export type TakeRuns = (size: number) => readonly number[];

/**
 * The runs of a search that are to be handed out, as one taker a thread.
 * @param groups runs that are to be made by one thread, one after another, as they share what it prepares; null for none
 * @param doneRuns that an earlier attempt has made
 */
export function searchWork(
  runCount: number,
  groups: readonly (readonly number[])[] | null,
  doneRuns: readonly number[],
): () => TakeRuns {
  const progress = new SearchProgress(runCount);
  for (const index of doneRuns) progress.markDone(index);
  if (groups === null) return () => (size) => progress.take(size);
  const left = groups
    .map((group) => group.filter((index) => !progress.isDone(index)))
    .filter(({ length }) => length > 0);
  let next = 0;
  return () => {
    let own: readonly number[] = [];
    return (size) => {
      if (own.length === 0) {
        own = left[next] ?? [];
        next += 1;
      }
      const chunk = own.slice(0, size);
      own = own.slice(size);
      return chunk;
    };
  };
}
