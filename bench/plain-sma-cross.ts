import type { BarSeries } from '../src/domain/bar.js';

/**
 * The limit that the simulator is compared with: sma-cross, long only, in one loop over typed arrays, with running sums,
 * whole units, a commission and an equity array, and without anything else.
 */
export function plainSmaCross({ opens, closes }: BarSeries, fast: number, slow: number, rate: number): Float64Array {
  const equity = new Float64Array(closes.length);
  let fastSum = 0;
  let slowSum = 0;
  let wasAbove = false;
  let wasBelow = false;
  let wanted = 0;
  let cash = 10_000;
  let units = 0;
  let entry = 0;
  for (let i = 0; i < closes.length; i += 1) {
    const open = opens[i] as number;
    if (wanted > 0 && units === 0) {
      units = Math.floor(cash / (open * (1 + rate)));
      entry = open;
      cash -= units * open * rate;
    } else if (wanted < 0 && units !== 0) {
      cash += units * (open - entry) - units * open * rate;
      units = 0;
    }
    wanted = 0;
    const close = closes[i] as number;
    equity[i] = cash + units * (close - entry);
    fastSum += close;
    slowSum += close;
    if (i >= fast) fastSum -= closes[i - fast] as number;
    if (i >= slow) slowSum -= closes[i - slow] as number;
    if (i < slow - 1) continue;
    const difference = fastSum / fast - slowSum / slow;
    if (difference > 0 && wasBelow) wanted = 1;
    else if (difference < 0 && wasAbove) wanted = -1;
    wasAbove = difference > 0;
    wasBelow = difference < 0;
  }
  return equity;
}
