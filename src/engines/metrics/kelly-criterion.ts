/**
 * Share of the equity that maximizes growth: win rate - (1 - win rate) / (mean win / mean loss). Null without a win or
 * without a loss.
 * @param winRate wins over all round trips, those without any result included
 * @param meanWin above 0; `meanLoss` below 0
 * @see Kelly, A New Interpretation of Information Rate (1956)
 */
export const kellyCriterion = (winRate: number, meanWin: number | null, meanLoss: number | null): number | null =>
  meanWin === null || meanLoss === null ? null : winRate - (1 - winRate) / (meanWin / -meanLoss);
