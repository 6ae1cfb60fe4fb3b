import { annualReturn, PERIODS_PER_YEAR, type EmpyricalPeriod } from './annualization.js';
import { maxDrawdown } from './cumulative-returns.js';
import { deviationOfDefined, less, meanOfDefined } from './defined-values.js';

/** Arithmetic mean excess return over its sample deviation x sqrt(periods a year); NaN under two returns. */
export function sharpeRatio(
  returns: Float64Array,
  riskFree: number | Float64Array = 0,
  period: EmpyricalPeriod = 'daily',
): number {
  if (returns.length < 2) return NaN;
  const excess = less(returns, riskFree);
  return (meanOfDefined(excess) / deviationOfDefined(excess)) * Math.sqrt(PERIODS_PER_YEAR[period]);
}

/** Root of the mean square of what is below the required return x sqrt(periods a year); NaN without returns. */
export function downsideRisk(
  returns: Float64Array,
  required: number | Float64Array = 0,
  period: EmpyricalPeriod = 'daily',
): number {
  const squares = less(returns, required).map((value) => Math.min(value, 0) ** 2);
  return Math.sqrt(meanOfDefined(squares)) * Math.sqrt(PERIODS_PER_YEAR[period]);
}

/** Arithmetic mean excess return a year over the downside risk; Infinity without a loss, NaN under two returns. */
export function sortinoRatio(
  returns: Float64Array,
  required: number | Float64Array = 0,
  period: EmpyricalPeriod = 'daily',
): number {
  if (returns.length < 2) return NaN;
  const annual = meanOfDefined(less(returns, required)) * PERIODS_PER_YEAR[period];
  return annual / downsideRisk(returns, required, period);
}

/** Annual return over the depth of the deepest drawdown; NaN without one. */
export function calmarRatio(returns: Float64Array, period: EmpyricalPeriod = 'daily'): number {
  const depth = maxDrawdown(returns);
  const ratio = depth < 0 ? annualReturn(returns, period) / -depth : NaN;
  return Number.isFinite(ratio) ? ratio : NaN;
}

/**
 * Gains over losses beyond a required return; NaN without a loss.
 * @param riskFree of one period
 * @param requiredAnnual a year, as a fraction above -1
 */
export function omegaRatio(
  returns: Float64Array,
  riskFree: number | Float64Array = 0,
  requiredAnnual = 0,
  periodsPerYear: number = PERIODS_PER_YEAR.daily,
): number {
  if (returns.length < 2 || requiredAnnual <= -1) return NaN;
  const threshold = periodsPerYear === 1 ? requiredAnnual : (1 + requiredAnnual) ** (1 / periodsPerYear) - 1;
  let gains = 0;
  let losses = 0;
  for (const value of less(returns, riskFree)) {
    const beyond = value - threshold;
    if (beyond > 0) gains += beyond;
    else if (beyond < 0) losses -= beyond;
  }
  return losses > 0 ? gains / losses : NaN;
}

/** Mean return above the factor's over its sample deviation, not annualized; NaN when they are the same. */
export function excessSharpe(returns: Float64Array, factor: number | Float64Array): number {
  if (returns.length < 2) return NaN;
  const active = less(returns, factor);
  const error = deviationOfDefined(active);
  return error > 0 ? meanOfDefined(active) / error : NaN;
}
