import { MINIMUM_PERIODS } from './enough-periods.js';
import type { PeriodReturns } from './period-returns.js';

/** Sample standard deviation (n - 1) of the period returns, as a fraction a period; null under 2 of them. */
export const periodDeviation = ({ count, squares }: PeriodReturns): number | null =>
  count < 2 ? null : Math.sqrt(squares / (count - 1));

/** Sample standard deviation of the period returns x sqrt(periods a year), as a fraction; null under 30 periods. */
export function annualVolatility(returns: PeriodReturns, periodsPerYear: number): number | null {
  const deviation = periodDeviation(returns);
  return deviation === null || returns.count < MINIMUM_PERIODS ? null : deviation * Math.sqrt(periodsPerYear);
}
