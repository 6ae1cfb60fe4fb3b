import { deviationOfDefined } from './defined-values.js';
import { finalReturn } from './cumulative-returns.js';

/** Periods of each kind in a year. */
export const PERIODS_PER_YEAR = { daily: 252, weekly: 52, monthly: 12, quarterly: 4, yearly: 1 } as const;
export type EmpyricalPeriod = keyof typeof PERIODS_PER_YEAR;

/** Compound annual growth, as a fraction: the program's `annual_return` and `cagr`. NaN without returns. */
export const annualReturn = (returns: Float64Array, period: EmpyricalPeriod = 'daily'): number =>
  finalReturn(returns, 1) ** (PERIODS_PER_YEAR[period] / returns.length) - 1;

/** Sample standard deviation x sqrt(periods a year), as a fraction; NaN under two returns. */
export const annualVolatility = (returns: Float64Array, period: EmpyricalPeriod = 'daily'): number =>
  deviationOfDefined(returns) * Math.sqrt(PERIODS_PER_YEAR[period]);
