import type { Caution } from './caution.js';
import type { Direction } from './objectives.js';
import { sharesOf } from './distribution.js';

export interface ParameterStability {
  readonly chosenScore: number;
  readonly neighbourCount: number;
  /** Of the neighbours that have a score. */
  readonly medianScore: number;
  readonly worstScore: number;
  /** What the median neighbour keeps of the chosen score, 1 for all of it; null where the chosen score is not above 0. */
  readonly keptShare: number | null;
}

/** Fewer neighbours say nothing. */
const MIN_NEIGHBOURS = 2;
/** A peak whose surroundings have half its height or less is more likely luck than a property of the market. */
const MIN_KEPT_SHARE = 0.5;

/**
 * Compares a chosen set's score with those of the sets around it.
 * @param neighbourScores NaN where one has no score: it counts as a neighbour that failed only by being left out
 * @returns null with fewer than two scored neighbours, or an undefined score of the chosen set
 */
export function parameterStability(
  chosenScore: number,
  neighbourScores: Float64Array,
  direction: Direction,
): ParameterStability | null {
  const scored = neighbourScores.filter((score) => !Number.isNaN(score)).sort();
  if (scored.length < MIN_NEIGHBOURS || Number.isNaN(chosenScore)) return null;
  const [medianScore] = sharesOf(scored, [0.5]) as [number];
  const worstScore = (direction === 'MAXIMIZE' ? scored[0] : scored.at(-1)) as number;
  const [part, whole] = direction === 'MAXIMIZE' ? [medianScore, chosenScore] : [chosenScore, medianScore];
  const keptShare = chosenScore > 0 && whole > 0 ? part / whole : null;
  return { chosenScore, neighbourCount: scored.length, medianScore, worstScore, keptShare };
}

export function stabilityCautions(stability: ParameterStability | null): Caution[] {
  if (stability === null || stability.keptShare === null || stability.keptShare >= MIN_KEPT_SHARE) return [];
  const { chosenScore, medianScore, worstScore, neighbourCount, keptShare } = stability;
  const message =
    `The score ${chosenScore.toFixed(2)} falls to ${medianScore.toFixed(2)} for the median of ${neighbourCount} sets next ` +
    `to the chosen one: ${(100 * keptShare).toFixed(0)} % of it is kept, and at least ${100 * MIN_KEPT_SHARE} % should be. ` +
    'The parameters look fitted to this history.';
  const values = { chosenScore, medianScore, worstScore, neighbourCount, keptShare, limit: MIN_KEPT_SHARE };
  return [{ code: 'UNSTABLE_PARAMETERS', severity: 'WARNING', message, values }];
}
