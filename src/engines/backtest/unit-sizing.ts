import { commissionOf } from './broker-costs.js';
import type { Commission } from './options.js';

/** "All of it" is a hair less: what is worth exactly the free margin would else be refused after rounding. */
const ALL = 1 - Number.EPSILON;

/** Far above the rounding error of a quotient below the limit after it. */
const NEAR_WHOLE = 1e-6;
const MAX_EXACT_QUOTIENT = 1e9;

/** `sizePct` as the fraction that the broker sizes with. */
export const sizeFraction = (sizePct: number | undefined): number => Math.min(ALL, (sizePct ?? 100) / 100);

/** The largest multiple of `lotSize` that is at most `units`; any quantity is one of lot size 0. */
export function floorToLots(units: number, lotSize: number): number {
  // 0.3 is three lots of 0.1, though their quotient in floats is a little less.
  return lotSize === 0 ? units : lotSize * Math.floor(units / lotSize + 1e-9);
}

/** True for what float subtraction leaves of a quantity that was filled in parts: less than half a lot, or of fractions. */
export const isDust = (left: number, quantity: number, lotSize: number): boolean =>
  left <= Math.max(lotSize / 2, quantity * 1e-12);

/**
 * Units (of any sign) after a split, in whole lots and never more than there are. Within a millionth of a lot it is
 * that lot: 21 units of a 1:21 split are one, though a ratio in floats is a hair below.
 */
export function splitToLots(units: number, ratio: number, lotSize: number): number {
  if (lotSize === 0) return units * ratio;
  const lots = (Math.abs(units) * ratio) / lotSize;
  const nearest = Math.round(lots);
  return Math.sign(units) * lotSize * (Math.abs(lots - nearest) < NEAR_WHOLE ? nearest : Math.floor(lots));
}

/**
 * Units (unsigned) that a budget pays for, floored to lots.
 *
 * backtesting.py adds to the price what the commission would be a unit, taken at a quantity of `fraction` units: a fixed
 * commission therefore weighs on every unit. That is kept, so that its results are equalled; a minimum a unit, which it
 * does not know, is taken off the budget once.
 * @param fraction the order's share of equity, above 0
 */
export function unitsFor(
  side: 1 | -1,
  budget: number,
  fraction: number,
  price: number,
  commission: Commission,
  lotSize: number,
): number {
  if (commission.kind === 'PER_UNIT') {
    const units = unitsWithin(budget, price + commission.perUnit, lotSize);
    if (units * commission.perUnit >= commission.minimum) return units;
    return unitsWithin(Math.max(0, budget - commission.minimum), price, lotSize);
  }
  return unitsWithin(budget, price + commissionOf(commission, side * fraction, price) / fraction, lotSize);
}

const unitsWithin = (budget: number, unitCost: number, lotSize: number): number =>
  lotSize === 0 ? budget / unitCost : lotSize * wholeQuotient(budget, unitCost * lotSize);

/**
 * floor(a / b) of the true quotient, where a rounded one may lie on the wrong side of a whole number. a >= 0, b > 0. The
 * exact remainder is slow, and only decides near whole numbers.
 */
function wholeQuotient(a: number, b: number): number {
  const quotient = a / b;
  const whole = Math.floor(quotient);
  const rest = quotient - whole;
  if (rest > NEAR_WHOLE && rest < 1 - NEAR_WHOLE && quotient < MAX_EXACT_QUOTIENT) return whole;
  return Math.round((a - (a % b)) / b);
}
