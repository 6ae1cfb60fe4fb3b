import { Decimal } from 'decimal.js';
import { err, invariant, ok, type Result } from '../../domain/result.js';
import { MAX_WHOLE } from './whole-number.js';

/** Wide enough that no product or quotient of amounts below 2^53 loses a digit that is shown. */
const Exact = Decimal.clone({ precision: 60, toExpNeg: -40, toExpPos: 60 });

const DECIMAL_PATTERN = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;
/** Longer texts are refused unread. */
const TEXT_MAX_LENGTH = 64;
/** Decimals shown of a derived average; the sums it is derived from are stored exactly. */
const AVERAGE_DECIMALS = 12;

export type DecimalProblem =
  | { readonly code: 'NOT_A_NUMBER'; readonly value: string }
  /** Not above 0, or more than can be counted exactly. */
  | { readonly code: 'OUT_OF_RANGE'; readonly value: string; readonly minimum: string; readonly maximum: string }
  /** Not a whole multiple of the step. */
  | { readonly code: 'OFF_STEP'; readonly value: string; readonly step: string };

/** Reads decimal text as a whole number of `step`s, 1 to 2^53 - 1. NaN, Infinity, 0 and negative values are refused. */
export function parseSteps(text: string, step: string): Result<number, DecimalProblem> {
  const value = text.slice(0, TEXT_MAX_LENGTH);
  if (text.length > TEXT_MAX_LENGTH || !DECIMAL_PATTERN.test(text)) return err({ code: 'NOT_A_NUMBER', value });
  const steps = new Exact(text).div(step);
  const maximum = new Exact(step).times(MAX_WHOLE);
  if (steps.lte(0) || steps.gt(MAX_WHOLE)) {
    return err({ code: 'OUT_OF_RANGE', value, minimum: step, maximum: maximum.toFixed() });
  }
  if (!steps.isInteger()) return err({ code: 'OFF_STEP', value, step });
  return ok(steps.toNumber());
}

/** Reads stored decimal text that is known to be a whole number of steps, of any sign; throws when it is not. */
export function storedSteps(text: string, step: string): number {
  const steps = new Exact(text).div(step);
  invariant(steps.isInteger() && steps.abs().lte(MAX_WHOLE), `${text} is not a whole number of ${step}`);
  return steps.toNumber();
}

/** A whole number of steps as decimal text, with the step's decimals at most and no trailing zeros. */
export const stepsToText = (steps: number, step: string): string => new Exact(steps).times(step).toFixed();

/** A whole number of steps as decimal text with exactly the step's decimals: money. */
export const moneyToText = (cents: number, increment: string): string =>
  new Exact(cents).times(increment).toFixed(new Exact(increment).decimalPlaces());

/** Exact sum of price x quantity, given in ticks x lots, as decimal text. */
export const tickLotsToText = (tickLots: bigint, tickSize: string, lotSize: string): string =>
  new Exact(tickLots.toString()).times(tickSize).times(lotSize).toFixed();

/** The reverse of `tickLotsToText`; throws for text that is no whole number of ticks x lots. */
export function storedTickLots(text: string, tickSize: string, lotSize: string): bigint {
  const tickLots = new Exact(text).div(tickSize).div(lotSize);
  invariant(tickLots.isInteger(), `${text} is not a whole number of ${tickSize} x ${lotSize}`);
  return BigInt(tickLots.toFixed());
}

/** Average price of a sum of ticks x lots over lots, at most 12 decimals, rounded half up. Lots are above 0. */
export const averagePriceText = (tickLots: bigint, lots: number, tickSize: string): string =>
  new Exact(tickLots.toString())
    .div(lots)
    .times(tickSize)
    .toDecimalPlaces(AVERAGE_DECIMALS, Decimal.ROUND_HALF_UP)
    .toFixed();
