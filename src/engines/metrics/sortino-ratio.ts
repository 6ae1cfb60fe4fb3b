import { MINIMUM_PERIODS, RETURN_ROUNDING } from './enough-periods.js';
import type { PeriodReturns } from './period-returns.js';

/**
 * Annualized Sortino ratio: mean excess return over the downside deviation sqrt(mean(min(excess, 0)^2)), all periods in
 * the mean, x sqrt(periods a year). Null under 30 periods and without a loss.
 * @param riskFree risk-free return of one period, as a fraction: also the target of the downside deviation
 */
export function sortinoRatio(returns: PeriodReturns, riskFree: number, periodsPerYear: number): number | null {
  const { count, mean, lossSquares } = returns;
  if (count < MINIMUM_PERIODS) return null;
  const downside = Math.sqrt(lossSquares / count);
  return downside <= RETURN_ROUNDING ? null : ((mean - riskFree) / downside) * Math.sqrt(periodsPerYear);
}
