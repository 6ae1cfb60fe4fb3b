import { invariant } from '../../domain/result.js';

/** Largest whole number that float64 counts without a gap: 2^53 - 1. Ticks, lots and cents stay at or below it. */
export const MAX_WHOLE = Number.MAX_SAFE_INTEGER;

/** A fraction of two whole numbers above 0. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * a x b x numerator / denominator, rounded half up to a whole number: the one rounding of all money. Exact for whole
 * a, b >= 0: a product below 2^53 is divided in float64 (the quotient's floor is exact there), a larger one in bigint.
 * Throws when the result is not below 2^53; callers keep amounts far below it.
 */
export function roundedProduct(a: number, b: number, ratio: Ratio): number {
  // The message is worded only when it is needed: money is rounded a million times a backtest.
  if (!(Number.isSafeInteger(a) && Number.isSafeInteger(b) && a >= 0 && b >= 0)) {
    invariant(false, `whole numbers at or above 0: ${a}, ${b}`);
  }
  const product = a * b * ratio.numerator;
  if (product <= MAX_WHOLE) {
    const quotient = Math.floor(product / ratio.denominator);
    const remainder = product - quotient * ratio.denominator;
    return remainder * 2 >= ratio.denominator ? quotient + 1 : quotient;
  }
  const denominator = BigInt(ratio.denominator);
  const exact = BigInt(a) * BigInt(b) * BigInt(ratio.numerator);
  const rounded = Number((exact * 2n + denominator) / (denominator * 2n));
  invariant(rounded <= MAX_WHOLE, `${a} x ${b} is above the largest amount that is counted exactly`);
  return rounded;
}

/** a x b of whole numbers, exact: a product below 2^53 is in float64 too. */
export function exactProduct(a: number, b: number): bigint {
  const product = a * b;
  return Number.isSafeInteger(product) ? BigInt(product) : BigInt(a) * BigInt(b);
}
