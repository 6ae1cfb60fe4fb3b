import type { Position } from '../../domain/books.js';
import { invariant } from '../../domain/result.js';
import { notionalCents } from './money.js';
import type { InstrumentScale } from './instrument-scale.js';
import { roundedProduct } from './whole-number.js';

export const flatPosition = (symbol: string, markTicks: number, at: number): Position => ({
  symbol,
  lots: 0,
  costBasisCents: 0,
  realizedPnlCents: 0,
  markTicks,
  marketValueCents: 0,
  openedAt: null,
  updatedAt: at,
});

/**
 * The same position seen from the other side: a short of 3 lots as a holding of 3, its proceeds as their cost. Shorts are
 * booked as holdings are, mirrored there and back. 0 - x, so that no zero gets a sign.
 */
export const mirrored = (position: Position): Position => ({
  symbol: position.symbol,
  lots: 0 - position.lots,
  costBasisCents: 0 - position.costBasisCents,
  realizedPnlCents: 0 - position.realizedPnlCents,
  markTicks: position.markTicks,
  marketValueCents: 0 - position.marketValueCents,
  openedAt: position.openedAt,
  updatedAt: position.updatedAt,
});

/** Value of lots at a price, in cents: below 0 for a short. */
export const valueCents = (scale: InstrumentScale, ticks: number, lots: number): number =>
  lots < 0 ? 0 - notionalCents(scale, ticks, 0 - lots) : notionalCents(scale, ticks, lots);

/** Adds lots bought for `costCents`. */
export const increase = (
  position: Position,
  scale: InstrumentScale,
  lots: number,
  costCents: number,
  at: number,
): Position => ({
  symbol: position.symbol,
  lots: position.lots + lots,
  costBasisCents: position.costBasisCents + costCents,
  realizedPnlCents: position.realizedPnlCents,
  markTicks: position.markTicks,
  marketValueCents: notionalCents(scale, position.markTicks, position.lots + lots),
  openedAt: position.openedAt ?? at,
  updatedAt: at,
});

/** Cost of the lots sold at the average cost; the last lots take what is left, so a closed position's basis is exactly 0. */
export function basisOfSale(position: Position, lots: number): number {
  if (!(lots > 0 && lots <= position.lots)) {
    invariant(false, `${position.symbol}: ${lots} of ${position.lots} lots cannot be sold`);
  }
  if (lots === position.lots) return position.costBasisCents;
  return roundedProduct(position.costBasisCents, lots, { numerator: 1, denominator: position.lots });
}

/** Takes lots out that were sold for `proceedsCents` and had cost `basisCents`. */
export function decrease(
  position: Position,
  scale: InstrumentScale,
  lots: number,
  proceedsCents: number,
  basisCents: number,
  at: number,
): Position {
  const left = position.lots - lots;
  return {
    symbol: position.symbol,
    lots: left,
    costBasisCents: position.costBasisCents - basisCents,
    realizedPnlCents: position.realizedPnlCents + proceedsCents - basisCents,
    markTicks: position.markTicks,
    marketValueCents: notionalCents(scale, position.markTicks, left),
    openedAt: left === 0 ? null : position.openedAt,
    updatedAt: at,
  };
}

/** Values the position at the last visible close. */
export const mark = (position: Position, scale: InstrumentScale, ticks: number, at: number): Position => ({
  symbol: position.symbol,
  lots: position.lots,
  costBasisCents: position.costBasisCents,
  realizedPnlCents: position.realizedPnlCents,
  markTicks: ticks,
  marketValueCents: valueCents(scale, ticks, position.lots),
  openedAt: position.openedAt,
  updatedAt: at,
});
