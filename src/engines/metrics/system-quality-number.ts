/**
 * Van Tharp's system quality number over results in money: sqrt(n) x mean / sample standard deviation. Null under two
 * round trips and when all of them have one result.
 */
export function systemQualityNumber(pnl: Float64Array): number | null {
  const count = pnl.length;
  if (count < 2) return null;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += pnl[i] as number;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    const distance = (pnl[i] as number) - mean;
    squares += distance * distance;
  }
  const deviation = Math.sqrt(squares / (count - 1));
  // Below this it is the rounding of a mean of equal results.
  return deviation <= Math.abs(mean) * 1e-13 ? null : (Math.sqrt(count) * mean) / deviation;
}
