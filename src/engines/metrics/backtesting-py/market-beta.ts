import { logReturn } from './log-return.js';

/** Log returns of a market, kept for many runs over the same bars. */
export interface MarketReturns {
  /** One less than there are closes. */
  readonly values: Float64Array;
  /** Sum of their squares. */
  readonly squares: number;
}

/** @param closes above 0 */
export function marketReturns(closes: Float64Array): MarketReturns {
  const count = Math.max(0, closes.length - 1);
  const values = new Float64Array(count);
  let squares = 0;
  let previous = closes[0] as number;
  for (let i = 0; i < count; i += 1) {
    const close = closes[i + 1] as number;
    const value = logReturn(previous, close);
    previous = close;
    values[i] = value;
    squares += value * value;
  }
  return { values, squares };
}

/**
 * Covariance of the log returns of every bar with the market's over the market's variance; NaN under two returns.
 * @param closes of the market, one an instant
 * @param market its returns when they are kept; null: they are computed on the way, which for one run is faster
 */
export function marketBeta(equity: Float64Array, closes: Float64Array, market: MarketReturns | null): number {
  const count = equity.length - 1;
  if (count < 2) return NaN;
  const { products, squares } = market ? sumsOverKept(equity, market) : sumsOverPrices(equity, closes);
  // Log returns add up to the logarithm of the whole; a mean return is far below its spread, so that the sums less those
  // of the means lose no digit that shows.
  const marketTotal = Math.log((closes[count] as number) / (closes[0] as number));
  const ownTotal = Math.log((equity[count] as number) / (equity[0] as number));
  return (products - (marketTotal * ownTotal) / count) / Math.max(0, squares - (marketTotal * marketTotal) / count);
}

interface Sums {
  /** Of the products of both returns. */
  readonly products: number;
  /** Of the squares of the market's. */
  readonly squares: number;
}

function sumsOverKept(equity: Float64Array, { values, squares }: MarketReturns): Sums {
  let products = 0;
  let previous = equity[0] as number;
  for (let i = 0; i < values.length; i += 1) {
    const value = equity[i + 1] as number;
    // Flat for a while: nothing to add.
    if (value === previous) continue;
    products += logReturn(previous, value) * (values[i] as number);
    previous = value;
  }
  return { products, squares };
}

/**
 * Bars a call: a loop over a million of them would mostly run before it is compiled well, a function that is called a
 * hundred times is compiled on the way.
 */
const BLOCK = 4096;

function sumsOverPrices(equity: Float64Array, closes: Float64Array): Sums {
  const sums = new Float64Array(2);
  for (let from = 1; from < equity.length; from += BLOCK) {
    addSums(equity, closes, from, Math.min(equity.length, from + BLOCK), sums);
  }
  return { products: sums[0] as number, squares: sums[1] as number };
}

function addSums(equity: Float64Array, closes: Float64Array, from: number, to: number, sums: Float64Array): void {
  let products = 0;
  let squares = 0;
  let previous = equity[from - 1] as number;
  let previousClose = closes[from - 1] as number;
  for (let i = from; i < to; i += 1) {
    const value = equity[i] as number;
    const close = closes[i] as number;
    const market = logReturn(previousClose, close);
    products += logReturn(previous, value) * market;
    squares += market * market;
    previous = value;
    previousClose = close;
  }
  sums[0] = (sums[0] as number) + products;
  sums[1] = (sums[1] as number) + squares;
}
