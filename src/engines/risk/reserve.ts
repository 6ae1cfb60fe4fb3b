import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { entryCents } from '../portfolio/money.js';
import type { OrderIntent } from './order-intent.js';

/** The highest price that is counted with for a market order: the reference x (1 + collar), rounded up. */
const collarTicks = (referenceTicks: number, collarFraction: number): number =>
  Math.ceil(referenceTicks * (1 + collarFraction) - 1e-6);

/**
 * The price that cash is reserved at: a limit's own, or the collar over the stop price or the last close. A short ties up
 * more the dearer it is sold: its limit may be filled above itself, its stop never is.
 */
export function reservePriceTicks(
  order: Pick<OrderIntent, 'side' | 'limitTicks' | 'stopTicks'>,
  lastTicks: number,
  collarFraction: number,
): number {
  if (order.side === 'SELL') return order.stopTicks ?? collarTicks(order.limitTicks ?? lastTicks, collarFraction);
  return order.limitTicks ?? collarTicks(order.stopTicks ?? lastTicks, collarFraction);
}

/** Cents set aside for opening a position of `lots` at `priceTicks`, fee included. */
export const reserveCents = (
  scale: InstrumentScale,
  priceTicks: number,
  lots: number,
  feeBps: number,
  margin: number,
): number => (lots === 0 ? 0 : entryCents(scale, priceTicks, lots, feeBps, margin));
