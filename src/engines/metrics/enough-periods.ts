/** Under this many returns a ratio made of their spread says nothing: it is null. */
export const MINIMUM_PERIODS = 30;

/**
 * A standard deviation of returns up to this is the rounding of 1 + r in float64 (2e-16, a few times), not a spread:
 * what would be divided by it is undefined.
 */
export const RETURN_ROUNDING = 1e-14;
