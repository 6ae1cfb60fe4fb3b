/** Under this many returns a ratio made of their spread says nothing: it is null. */
export const MINIMUM_PERIODS = 30;

/**
 * A standard deviation of returns up to this is not told from the rounding of 1 + r in float64 (2e-16 each), so what
 * would be divided by it is undefined. No traded price moves so little.
 */
export const RETURN_ROUNDING = 1e-12;
