import type { InstrumentScale } from './instrument-scale.js';
import { MAX_WHOLE, roundedProduct, type Ratio } from './whole-number.js';

/** Parts of a basis point that a fee rate may have: 12.5 bps and 0.25 bps are exact. */
const RATE_STEPS_PER_BASIS_POINT = 100;
const RATE_STEPS_PER_WHOLE: Ratio = { numerator: 1, denominator: 10_000 * RATE_STEPS_PER_BASIS_POINT };

/** Price x quantity in cents, rounded half up. */
export const notionalCents = (scale: InstrumentScale, ticks: number, lots: number): number =>
  roundedProduct(ticks, lots, scale.centsPerTickLot);

/** True when price x quantity can be counted exactly in cents. */
export const isCountable = (scale: InstrumentScale, ticks: number, lots: number): boolean =>
  Number.isSafeInteger(ticks) &&
  Number.isSafeInteger(lots) &&
  (ticks * lots * scale.centsPerTickLot.numerator) / scale.centsPerTickLot.denominator < MAX_WHOLE / 2;

/** Commission on a notional in cents, rounded half up. `feeBps` is counted in hundredths of a basis point. */
export const feeCents = (notional: number, feeBps: number): number =>
  roundedProduct(notional, Math.round(feeBps * RATE_STEPS_PER_BASIS_POINT), RATE_STEPS_PER_WHOLE);

/** Parts of a whole that a margin is counted in. */
const MARGIN_STEPS = 1_000_000;

/** Equity that a position of a value ties up, in cents, rounded half up. `margin` above 0, 1 at most. */
export const marginCents = (valueCents: number, margin: number): number =>
  margin === 1
    ? valueCents
    : roundedProduct(valueCents, Math.round(margin * MARGIN_STEPS), { numerator: 1, denominator: MARGIN_STEPS });

/** Equity that opening a position ties up or costs: the margin of its notional, and the fee. In cents. */
export function entryCents(
  scale: InstrumentScale,
  ticks: number,
  lots: number,
  feeBps: number,
  margin: number,
): number {
  const notional = notionalCents(scale, ticks, lots);
  return marginCents(notional, margin) + feeCents(notional, feeBps);
}

/** What a purchase takes out of the cash: notional and fee, in cents. */
export const purchaseCents = (scale: InstrumentScale, ticks: number, lots: number, feeBps: number): number =>
  entryCents(scale, ticks, lots, feeBps, 1);

/** Two roundings to the cent can make a purchase this much cheaper than price x quantity + fee. */
const ROUNDING_CENTS = 1;

/**
 * The most lots, `wanted` at most, whose purchase costs `budget` cents at most; 0 when not even one does. With a margin
 * below 1 it is the equity tied up that must fit the budget.
 */
export function affordableLots(
  scale: InstrumentScale,
  ticks: number,
  budget: number,
  feeBps: number,
  wanted: number,
  margin = 1,
): number {
  const centsPerLot =
    ((ticks * scale.centsPerTickLot.numerator) / scale.centsPerTickLot.denominator) * (margin + feeBps / 10_000);
  // Estimated first, in floats: what is far over the budget may be too much to count exactly.
  if (wanted * centsPerLot <= budget + ROUNDING_CENTS && entryCents(scale, ticks, wanted, feeBps, margin) <= budget)
    return wanted;
  let lots = Math.min(wanted, Math.max(0, Math.floor(budget / centsPerLot)));
  // The estimate may be a rounded cent too generous: step back by what it is over.
  for (;;) {
    const excess = entryCents(scale, ticks, lots, feeBps, margin) - budget;
    if (lots === 0 || !(excess > 0)) return lots;
    lots = Math.max(0, lots - Math.ceil(excess / centsPerLot));
  }
}
