import { MINIMUM_PERIODS, RETURN_ROUNDING } from './enough-periods.js';
import type { PeriodReturns } from './period-returns.js';
import { periodDeviation } from './volatility.js';

/**
 * Mean excess return of a period over the sample standard deviation, not annualized. Null under 30 periods and when the
 * returns do not vary.
 * @param riskFree risk-free return of one period, as a fraction
 */
export function periodSharpe(returns: PeriodReturns, riskFree: number): number | null {
  const deviation = periodDeviation(returns);
  if (deviation === null || returns.count < MINIMUM_PERIODS || deviation <= RETURN_ROUNDING) return null;
  return (returns.mean - riskFree) / deviation;
}
