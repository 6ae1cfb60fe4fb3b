import { MINIMUM_PERIODS, RETURN_ROUNDING } from './enough-periods.js';
import type { PeriodReturns } from './period-returns.js';

/**
 * Sum of the returns above the risk-free return of a period over the sum of those below it. Null under 30 periods and
 * without a loss.
 */
export const omegaRatio = ({ count, gains, losses }: PeriodReturns): number | null =>
  count < MINIMUM_PERIODS || losses <= RETURN_ROUNDING * count ? null : gains / losses;
