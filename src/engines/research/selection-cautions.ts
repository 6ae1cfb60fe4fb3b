import { expectedBestSharpe, type SharpeTrials } from '../metrics/probabilistic-sharpe.js';
import type { Caution } from './caution.js';

export interface SelectionFacts {
  /** Annualized, of the chosen run; null where undefined. */
  readonly sharpe: number | null;
  /** Probability that its true Sharpe ratio is above what the best of all trials shows by luck; null where undefined. */
  readonly deflatedSharpe: number | null;
}

/** The usual level of confidence. */
const MIN_PROBABILITY = 0.95;

/**
 * What all trials on the same data have in common with one another.
 * @param sharpes annualized, one a different trial, NaN where undefined: it was a trial all the same
 * @returns null without a trial
 */
export function sharpeTrialsOf(sharpes: Float64Array): SharpeTrials | null {
  if (sharpes.length === 0) return null;
  const defined = sharpes.filter((sharpe) => !Number.isNaN(sharpe));
  if (defined.length < 2) return { count: sharpes.length, sharpeVariance: 0 };
  const mean = defined.reduce((sum, sharpe) => sum + sharpe, 0) / defined.length;
  const squares = defined.reduce((sum, sharpe) => sum + (sharpe - mean) ** 2, 0);
  return { count: sharpes.length, sharpeVariance: squares / (defined.length - 1) };
}

/** A good Sharpe ratio that the best of so many trials would show without any skill. */
export function selectionCautions({ sharpe, deflatedSharpe }: SelectionFacts, trials: SharpeTrials): Caution[] {
  if (sharpe === null || deflatedSharpe === null || !(sharpe > 0) || deflatedSharpe >= MIN_PROBABILITY) return [];
  const byLuck = expectedBestSharpe(trials);
  const tried = trials.count === 1 ? 'one trial' : `the best of ${trials.count} trials on these bars`;
  const message =
    `A Sharpe ratio of ${sharpe.toFixed(2)} is above the ${byLuck.toFixed(2)} that ${tried} shows without any skill with a ` +
    `probability of ${(100 * deflatedSharpe).toFixed(0)} %; it should be ${100 * MIN_PROBABILITY} % at least.`;
  const values = { sharpe, sharpeByLuck: byLuck, deflatedSharpe, trials: trials.count, limit: MIN_PROBABILITY };
  return [{ code: 'SELECTED_BY_LUCK', severity: 'WARNING', message, values }];
}
