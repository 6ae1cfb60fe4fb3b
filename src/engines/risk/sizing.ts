import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { MAX_WHOLE } from '../portfolio/whole-number.js';

/**
 * Lots of an automated entry: a fraction of equity at the decision price, floored to lots. 0 when one lot is already
 * more; risk denies that. No pyramiding and no shorts: the caller sizes only entries of flat accounts.
 */
export function entryLots(
  scale: InstrumentScale,
  equityCents: number,
  decisionTicks: number,
  entryFraction: number,
): number {
  const centsPerLot = (decisionTicks * scale.centsPerTickLot.numerator) / scale.centsPerTickLot.denominator;
  const budgetCents = Math.floor(Math.max(0, equityCents) * entryFraction);
  return Math.min(MAX_WHOLE, Math.floor(budgetCents / centsPerLot));
}
