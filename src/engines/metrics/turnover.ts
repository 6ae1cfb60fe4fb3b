/**
 * Value of all executions over the mean equity, a year: 2 is buying and selling everything once a year. Null without a
 * length of time, under a mean equity of 0 or less.
 * @param tradedValue sum of the absolute values of all executions, in the account's currency
 * @param years length of the run in years of 365.25 days
 */
export function annualTurnover(tradedValue: number, equity: Float64Array, years: number): number | null {
  const mean = sumOf(equity) / equity.length;
  return years > 0 && mean > 0 ? tradedValue / mean / years : null;
}

/** Four sums at a time: an addition of floats need not wait for the one before it, which is three quarters of the time. */
function sumOf(values: Float64Array): number {
  const length = values.length;
  const whole = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += values[i] as number;
    b += values[i + 1] as number;
    c += values[i + 2] as number;
    d += values[i + 3] as number;
  }
  for (let i = whole; i < length; i += 1) a += values[i] as number;
  return a + b + (c + d);
}
