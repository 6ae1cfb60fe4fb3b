import type { Direction } from './objectives.js';

/** True when `a` is better than `b`. An undefined score (NaN) is worse than any, and no better than another. */
export function isBetter(a: number, b: number, direction: Direction): boolean {
  if (Number.isNaN(a)) return false;
  if (Number.isNaN(b)) return true;
  return direction === 'MAXIMIZE' ? a > b : a < b;
}

/** Index of the best score, the first of equal ones; null when none is defined. */
export function bestIndex(scores: Float64Array, direction: Direction): number | null {
  let best: number | null = null;
  scores.forEach((score, index) => {
    if (isBetter(score, best === null ? NaN : (scores[best] as number), direction)) best = index;
  });
  return best;
}

/** Indexes of the defined scores, best first, equal ones in the order of the plan. @param count the most to list */
export function bestIndexes(scores: Float64Array, direction: Direction, count: number): number[] {
  const sign = direction === 'MAXIMIZE' ? -1 : 1;
  return Array.from(scores.keys())
    .filter((index) => !Number.isNaN(scores[index]))
    .sort((a, b) => sign * ((scores[a] as number) - (scores[b] as number)) || a - b)
    .slice(0, count);
}
