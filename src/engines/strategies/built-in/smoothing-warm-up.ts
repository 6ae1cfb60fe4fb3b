/**
 * Bars after which it no longer matters where an exponential average of `period` bars began: its first value is the mean
 * of the first period, and three periods later that weighs (1 - 2 / (period + 1))^(3 period), below e^-6 or 0.25 %. With
 * a warm-up that only fills the average, decisions depend on where the data begin.
 */
export const exponentialWarmUp = (period: number): number => 4 * period;

/** The same for Wilder's smoothing, whose weight falls half as fast: (1 - 1 / period)^(6 period) is below e^-6. */
export const wilderWarmUp = (period: number): number => 7 * period;
