import { quantileOf } from './defined-values.js';

/** |95 % quantile| over |5 % quantile|; a NaN counts as 0, as in the compounded returns. NaN without returns. */
export function tailRatio(returns: Float64Array): number {
  const known = returns.map((value) => (Number.isNaN(value) ? 0 : value));
  return Math.abs(quantileOf(known, 0.95)) / Math.abs(quantileOf(known, 0.05));
}

/** The return that a share of the periods fell below: a loss is below 0. */
export const valueAtRisk = (returns: Float64Array, cutoff = 0.05): number => quantileOf(returns, cutoff);

/** Mean of the floor((n - 1) x cutoff) + 1 lowest returns; NaN without returns. */
export function conditionalValueAtRisk(returns: Float64Array, cutoff = 0.05): number {
  const sorted = Float64Array.from(returns).sort();
  const lowest = sorted.subarray(0, Math.floor((sorted.length - 1) * cutoff) + 1);
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}

/** Coefficient of determination of a straight line through the cumulative log returns; NaN under two returns. */
export function stabilityOfTimeseries(returns: Float64Array): number {
  if (returns.length < 2) return NaN;
  let total = 0;
  const line = returns.filter((value) => !Number.isNaN(value)).map((value) => (total += Math.log1p(value)));
  const middle = (line.length - 1) / 2;
  const mean = line.reduce((sum, value) => sum + value, 0) / line.length;
  let products = 0;
  let squaresX = 0;
  let squaresY = 0;
  line.forEach((value, i) => {
    products += (i - middle) * (value - mean);
    squaresX += (i - middle) ** 2;
    squaresY += (value - mean) ** 2;
  });
  return products ** 2 / (squaresX * squaresY);
}
