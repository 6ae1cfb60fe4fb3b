import { MINIMUM_PERIODS, RETURN_ROUNDING } from './enough-periods.js';
import { normalProbability, normalQuantile } from './normal-distribution.js';
import type { PeriodReturns } from './period-returns.js';

/** What else was tried on the same data before a result was chosen. */
export interface SharpeTrials {
  /** Parameter sets and strategies tried, this one included: 1 or more. */
  readonly count: number;
  /** Variance (sample) of their ANNUALIZED native Sharpe ratios. */
  readonly sharpeVariance: number;
}

const EULER_MASCHERONI = 0.5772156649015329;

const hasSpread = ({ count, squares }: PeriodReturns): boolean =>
  count >= MINIMUM_PERIODS && squares > RETURN_ROUNDING ** 2 * count;

/** Third standardized moment (population); 0 for a symmetric distribution. Null under 30 periods or without spread. */
export const skewness = (returns: PeriodReturns): number | null => {
  const { count, squares, cubes } = returns;
  return hasSpread(returns) ? cubes / count / (squares / count) ** 1.5 : null;
};

/** Fourth standardized moment (population, not excess); 3 for a normal distribution. Null as for the skewness. */
export const kurtosis = (returns: PeriodReturns): number | null => {
  const { count, squares, fourths } = returns;
  return hasSpread(returns) ? fourths / count / (squares / count) ** 2 : null;
};

/**
 * Probability that the true Sharpe ratio is above a threshold, given the length, skewness and kurtosis of the returns.
 * Null where one of them is.
 * @param sharpe of one period, not annualized
 * @param threshold of one period, not annualized; 0 asks whether there is any skill
 * @see Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15 (2012)
 */
export function probabilisticSharpe(returns: PeriodReturns, sharpe: number | null, threshold: number): number | null {
  const skew = skewness(returns);
  const kurt = kurtosis(returns);
  if (sharpe === null || skew === null || kurt === null) return null;
  const variance = 1 - skew * sharpe + ((kurt - 1) / 4) * sharpe * sharpe;
  if (!(variance > 0)) return null;
  return normalProbability(((sharpe - threshold) * Math.sqrt(returns.count - 1)) / Math.sqrt(variance));
}

/**
 * The Sharpe ratio that the best of so many trials without any skill is expected to show; in the unit of the square
 * root of the variance. 0 for one trial.
 * @throws RangeError for less than one trial or a variance that is not 0 or above
 */
export function expectedBestSharpe({ count, sharpeVariance }: SharpeTrials): number {
  if (!(count >= 1)) throw new RangeError(`${count} trials: at least 1`);
  if (!(sharpeVariance >= 0)) throw new RangeError(`The variance of the trials' Sharpe ratios is ${sharpeVariance}`);
  if (count === 1) return 0;
  const expectedMaximum =
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / count) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (count * Math.E));
  return Math.sqrt(sharpeVariance) * expectedMaximum;
}

/**
 * The probabilistic Sharpe ratio against what the best of all trials would show by luck alone. Null where the
 * probabilistic one is.
 * @param sharpe of one period, not annualized
 * @see Bailey and Lopez de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014)
 */
export const deflatedSharpe = (
  returns: PeriodReturns,
  sharpe: number | null,
  trials: SharpeTrials,
  periodsPerYear: number,
): number | null => probabilisticSharpe(returns, sharpe, expectedBestSharpe(trials) / Math.sqrt(periodsPerYear));
