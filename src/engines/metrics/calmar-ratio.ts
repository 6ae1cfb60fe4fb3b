/**
 * Annualized return over the depth of the deepest drawdown; both fractions, the drawdown 0 or below. Null without a
 * drawdown or without an annualized return.
 */
export const calmarRatio = (annualizedReturn: number | null, maxDrawdown: number): number | null =>
  annualizedReturn === null || !(maxDrawdown < 0) ? null : annualizedReturn / -maxDrawdown;
