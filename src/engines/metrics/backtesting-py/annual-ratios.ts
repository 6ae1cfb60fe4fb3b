import type { BacktestingPyIndex } from './run-index.js';

/** Figures of the resampled ("day") returns, as fractions; NaN where the program has NaN. */
export interface AnnualRatios {
  readonly annualReturn: number;
  readonly annualVolatility: number;
  readonly sharpe: number;
  readonly sortino: number;
}

/**
 * Annualized return by the geometric mean day return, volatility of a compounded return
 * (its square: (var + (1 + g)^2)^n - (1 + g)^2n), Sharpe and Sortino from these; risk-free return 0.
 * @see https://doi.org/10.2139/ssrn.3054517
 */
export function annualRatios(equity: Float64Array, { ends, periodsPerYear }: BacktestingPyIndex): AnnualRatios {
  const count = ends.length;
  const first = equity[ends[0] as number] as number;
  let previous = first;
  let isPositive = true;
  let sum = 0;
  let squares = 0;
  let lossSquares = 0;
  for (let i = 1; i < count; i += 1) {
    const value = equity[ends[i] as number] as number;
    // Flat for a while: nothing to add.
    if (value === previous) continue;
    const change = value / previous - 1;
    if (!(change > -1)) isPositive = false;
    sum += change;
    squares += change * change;
    // Twice what is below 0, without a branch: the sign of a return cannot be predicted.
    const below = change - Math.abs(change);
    lossSquares += below * below;
    previous = value;
  }
  const returnCount = count - 1;
  // A mean day return is hundreds of times below its spread: squares minus the mean's lose no digit that shows.
  const variance = Math.max(0, squares - (sum * sum) / returnCount) / (returnCount - 1);
  const growth = isPositive ? Math.exp(Math.log(previous / first) / returnCount) : 1;
  const annualReturn = growth ** periodsPerYear - 1;
  const annualVolatility = Math.sqrt((variance + growth * growth) ** periodsPerYear - growth ** (2 * periodsPerYear));
  return {
    annualReturn,
    annualVolatility,
    sharpe: annualVolatility === 0 ? NaN : annualReturn / annualVolatility,
    sortino: annualReturn / (Math.sqrt(lossSquares / 4 / returnCount) * Math.sqrt(periodsPerYear)),
  };
}
