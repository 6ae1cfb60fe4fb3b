import { MINIMUM_PERIODS, RETURN_ROUNDING } from './enough-periods.js';
import type { PeriodReturns } from './period-returns.js';
import { returnTails } from './return-tails.js';

/** Historical risk of one period at 95 %, as fractions of the equity with the sign of a return: a loss is below 0. */
export interface TailRisk {
  /** The return that 5 % of the periods fell below. */
  readonly valueAtRisk: number;
  /** Mean return of those periods. */
  readonly conditionalValueAtRisk: number;
  /** |95 % quantile| over |5 % quantile|; null when the latter is 0. */
  readonly tailRatio: number | null;
}

/** Null under 30 periods. */
export function tailRisk(returns: PeriodReturns): TailRisk | null {
  const { values, count, mean, squares } = returns;
  if (count < MINIMUM_PERIODS) return null;
  const { lower, lowerMean, upper } = returnTails(values, count, mean, Math.sqrt(squares / count));
  return {
    valueAtRisk: lower,
    conditionalValueAtRisk: lowerMean,
    tailRatio: Math.abs(lower) <= RETURN_ROUNDING ? null : Math.abs(upper) / Math.abs(lower),
  };
}
