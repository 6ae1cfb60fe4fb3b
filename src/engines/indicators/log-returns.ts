/**
 * Log returns ln(close[i] / close[i - 1]), as fractions (0.01 is about one percent).
 * @param closes positive prices, oldest first
 * @returns Float64Array of the same length; NaN at the first place
 */
export function logReturns(closes: Float64Array): Float64Array {
  const out = new Float64Array(closes.length).fill(NaN);
  for (let i = 1; i < closes.length; i += 1) out[i] = Math.log((closes[i] as number) / (closes[i - 1] as number));
  return out;
}
