/**
 * Value of all executions over the mean equity, a year: 2 is buying and selling everything once a year. Null without a
 * length of time, under a mean equity of 0 or less.
 * @param tradedValue sum of the absolute values of all executions, in the account's currency
 * @param years length of the run in years of 365.25 days
 */
export function annualTurnover(tradedValue: number, equity: Float64Array, years: number): number | null {
  let sum = 0;
  for (let i = 0; i < equity.length; i += 1) sum += equity[i] as number;
  const mean = sum / equity.length;
  return years > 0 && mean > 0 ? tradedValue / mean / years : null;
}
