import { PERIODS_PER_YEAR, type EmpyricalPeriod } from './annualization.js';
import { less, meanOfDefined } from './defined-values.js';

/** Under this a factor's variance is none (the program's own limit). */
const NO_VARIANCE = 1e-30;

/** Covariance with the factor over the factor's variance; NaN under two returns or when the factor does not move. */
export function beta(returns: Float64Array, factor: Float64Array): number {
  if (returns.length < 2 || factor.length < 2) return NaN;
  const known = factor.map((value, i) => (Number.isNaN(returns[i]) ? NaN : value));
  const residual = less(known, meanOfDefined(known));
  const variance = meanOfDefined(residual.map((value) => value * value));
  if (!(variance >= NO_VARIANCE)) return NaN;
  return meanOfDefined(residual.map((value, i) => value * (returns[i] as number))) / variance;
}

/** (1 + mean return that the factor does not explain)^(periods a year) - 1, as a fraction; NaN where beta is. */
export function alpha(returns: Float64Array, factor: Float64Array, period: EmpyricalPeriod = 'daily'): number {
  const slope = beta(returns, factor);
  const unexplained = returns.map((value, i) => value - slope * (factor[i] as number));
  return (1 + meanOfDefined(unexplained)) ** PERIODS_PER_YEAR[period] - 1;
}

/** Alpha and beta of the periods in which the factor rose, or fell. */
export function alphaBetaWhen(
  direction: 'up' | 'down',
  returns: Float64Array,
  factor: Float64Array,
): readonly [alpha: number, beta: number] {
  const [picked, pickedFactor] = pickByFactor(direction, returns, factor);
  return [alpha(picked, pickedFactor), beta(picked, pickedFactor)];
}

/** Both series where the factor is above 0 (up) or below 0 (down). */
export function pickByFactor(
  direction: 'up' | 'down',
  returns: Float64Array,
  factor: Float64Array,
): readonly [Float64Array, Float64Array] {
  const sign = direction === 'up' ? 1 : -1;
  const isPicked = (_: number, i: number) => (factor[i] as number) * sign > 0;
  return [returns.filter(isPicked), factor.filter(isPicked)];
}
