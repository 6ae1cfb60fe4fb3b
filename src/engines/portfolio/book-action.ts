import type { Position } from '../../domain/books.js';
import type { InstrumentScale } from './instrument-scale.js';
import { notionalCents } from './money.js';
import { decrease, mark, mirrored } from './position.js';
import { roundedProduct } from './whole-number.js';

/** Within a millionth of a lot a quantity is that lot: 21 shares of a 1:21 split are one, though floats say a hair less. */
const NEAR_WHOLE = 1e-6;
/** Steps that a dividend a unit is counted in: amounts of split-adjusted shares have many decimals. */
const DIVIDEND_STEPS = 1e8;
/** Steps of the share of a position that is paid out. */
const SHARE_STEPS = 1e9;

/** Lots after a split, and the part of a lot that is left over, 0 to below 1. */
export function splitLots(lots: number, ratio: number): { readonly lots: number; readonly rest: number } {
  const exact = lots * ratio;
  const nearest = Math.round(exact);
  if (Math.abs(exact - nearest) < NEAR_WHOLE) return { lots: nearest, rest: 0 };
  const whole = Math.floor(exact);
  return { lots: whole, rest: exact - whole };
}

/** A price in ticks after a split, the nearest, at least 1. */
export const splitTicks = (ticks: number, ratio: number): number => Math.max(1, Math.round(ticks / ratio));

export interface BookedSplit {
  readonly position: Position;
  /** Paid for the part of a lot that was left over. */
  readonly inLieuCents: number;
  /** Of that part: what was paid less its share of the cost basis. */
  readonly realizedPnlCents: number;
}

/**
 * Books a split on a position marked at the last close before it. Cost basis and value stay what they were, but for what
 * is no whole lot: it is paid out at that close, a short pays it.
 */
export function bookSplit(position: Position, scale: InstrumentScale, ratio: number, at: number): BookedSplit {
  if (position.lots >= 0) return splitHolding(position, scale, ratio, at);
  const { position: split, inLieuCents, realizedPnlCents } = splitHolding(mirrored(position), scale, ratio, at);
  return {
    position: mirrored(split),
    inLieuCents: 0 - inLieuCents,
    realizedPnlCents: 0 - realizedPnlCents,
  };
}

function splitHolding(position: Position, scale: InstrumentScale, ratio: number, at: number): BookedSplit {
  const markTicks = splitTicks(position.markTicks, ratio);
  if (position.lots === 0) {
    return { position: mark(position, scale, markTicks, at), inLieuCents: 0, realizedPnlCents: 0 };
  }
  const { lots, rest } = splitLots(position.lots, ratio);
  const share = rest === 0 ? 0 : lots === 0 ? SHARE_STEPS : Math.round((rest / (lots + rest)) * SHARE_STEPS);
  const shareOf = (cents: number) => roundedProduct(cents, share, { numerator: 1, denominator: SHARE_STEPS });
  const inLieuCents = shareOf(notionalCents(scale, position.markTicks, position.lots));
  const basisCents = shareOf(position.costBasisCents);
  // One lot more, which is taken out for the cash: the books see a sale without an execution.
  const before = { ...position, lots: lots + 1, markTicks };
  const after =
    rest === 0
      ? mark({ ...before, lots }, scale, markTicks, at)
      : decrease(before, scale, 1, inLieuCents, basisCents, at);
  return { position: after, inLieuCents, realizedPnlCents: inLieuCents - basisCents };
}

/** Cash that a dividend pays on lots that are held (a short pays it), in cents, rounded half up. `perUnit` in the quote currency. */
export const dividendCents = (scale: InstrumentScale, lots: number, perUnit: number): number =>
  Math.sign(lots) *
  roundedProduct(Math.abs(lots), Math.round(perUnit * DIVIDEND_STEPS), {
    numerator: scale.centsPerUnit,
    denominator: DIVIDEND_STEPS * scale.lotsPerUnit,
  });
