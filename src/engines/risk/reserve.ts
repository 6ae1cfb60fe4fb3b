import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { purchaseCents } from '../portfolio/money.js';
import type { OrderIntent } from './order-intent.js';

/** The highest price that is counted with for a market order: the reference x (1 + collar), rounded up. */
const collarTicks = (referenceTicks: number, collarFraction: number): number =>
  Math.ceil(referenceTicks * (1 + collarFraction) - 1e-6);

/** The price that cash is reserved at: a limit's own, or the collar over the stop price or the last close. */
export function reservePriceTicks(
  order: Pick<OrderIntent, 'limitTicks' | 'stopTicks'>,
  lastTicks: number,
  collarFraction: number,
): number {
  return order.limitTicks ?? collarTicks(order.stopTicks ?? lastTicks, collarFraction);
}

/** Cents set aside for buying `lots` at `priceTicks`, fee included. */
export const reserveCents = (scale: InstrumentScale, priceTicks: number, lots: number, feeBps: number): number =>
  lots === 0 ? 0 : purchaseCents(scale, priceTicks, lots, feeBps);
