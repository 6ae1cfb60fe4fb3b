import { MINIMUM_PERIODS } from './enough-periods.js';

/**
 * Geometric annual return by periods: (1 + total)^(periods a year / periods) - 1, as a fraction. Null under 30 periods
 * and when more than everything was lost.
 */
export const annualizedReturn = (totalReturn: number, periodCount: number, periodsPerYear: number): number | null =>
  periodCount < MINIMUM_PERIODS ? null : growth(totalReturn, periodsPerYear / periodCount);

/**
 * Compound annual growth rate by the calendar: (1 + total)^(1 / years) - 1, as a fraction; years of 365.25 days. Null
 * under 30 periods and when more than everything was lost.
 */
export const compoundAnnualGrowth = (totalReturn: number, periodCount: number, years: number): number | null =>
  periodCount < MINIMUM_PERIODS || !(years > 0) ? null : growth(totalReturn, 1 / years);

function growth(totalReturn: number, exponent: number): number | null {
  if (!(totalReturn >= -1)) return null;
  const grown = (1 + totalReturn) ** exponent - 1;
  return Number.isFinite(grown) ? grown : null;
}
