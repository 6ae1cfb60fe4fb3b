import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { MAX_WHOLE } from '../portfolio/whole-number.js';

/**
 * Lots of an automated entry: a fraction of equity (or buying power) at the decision price, floored to lots. 0 when one lot is already
 * more; risk denies that. No pyramiding: the caller sizes only entries of flat accounts, long or short.
 */
export function entryLots(
  scale: InstrumentScale,
  powerCents: number,
  decisionTicks: number,
  entryFraction: number,
): number {
  const centsPerLot = (decisionTicks * scale.centsPerTickLot.numerator) / scale.centsPerTickLot.denominator;
  const budgetCents = Math.floor(Math.max(0, powerCents) * entryFraction);
  return Math.min(MAX_WHOLE, Math.floor(budgetCents / centsPerLot));
}
