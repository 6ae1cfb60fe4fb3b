/** Simple returns of prices: one less than there are prices. */
export const simpleReturns = (prices: Float64Array): Float64Array =>
  prices.subarray(1).map((price, i) => price / (prices[i] as number) - 1);

/** Returns compounded from a starting value; from 0, as fractions of it. A NaN counts as 0. */
export function cumulativeReturns(returns: Float64Array, startingValue = 0): Float64Array {
  let grown = 1;
  return returns.map((value) => {
    if (!Number.isNaN(value)) grown *= 1 + value;
    return startingValue === 0 ? grown - 1 : grown * startingValue;
  });
}

/** The last of the cumulative returns; NaN without returns. */
export const finalReturn = (returns: Float64Array, startingValue = 0): number =>
  cumulativeReturns(returns, startingValue).at(-1) ?? NaN;

/** Deepest drawdown of the compounded returns, 0 or below; the start is the first peak. NaN without returns. */
export function maxDrawdown(returns: Float64Array): number {
  let deepest = returns.length > 0 ? 0 : NaN;
  let peak = 1;
  for (const value of cumulativeReturns(returns, 1)) {
    peak = Math.max(peak, value);
    deepest = Math.min(deepest, value / peak - 1);
  }
  return deepest;
}
