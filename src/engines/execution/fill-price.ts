import type { OrderSide } from '../../domain/order.js';

/**
 * At which price an order fills within one bar. Numbers in, numbers out; prices are ticks (whole numbers in the native
 * profile), NaN means no fill. The backtest calls the same functions in its hot loop.
 */

/** Absorbs the float error of a product before it is rounded away from us; far below a tick. */
const ROUNDING_SLACK = 1e-6;

/** A price moved against us by a fraction and rounded to the tick that is worse for us, at least 1. */
export const adverseTicks = (side: OrderSide, ticks: number, fraction: number): number =>
  side === 'BUY'
    ? Math.ceil(ticks * (1 + fraction) - ROUNDING_SLACK)
    : Math.max(1, Math.floor(ticks * (1 - fraction) + ROUNDING_SLACK));

/** MARKET: the bar's open, with costs. */
export const marketFillTicks = (side: OrderSide, open: number, costFraction: number): number =>
  adverseTicks(side, open, costFraction);

/** True when a limit can be filled at the bar's open already: it opened through the limit. */
export const limitFillsAtOpen = (side: OrderSide, limit: number, open: number, throughTicks: number): boolean =>
  side === 'BUY' ? open <= limit - throughTicks : open >= limit + throughTicks;

/**
 * Where a limit fills before costs: the open when the bar gaps through it, else the limit when the bar trades through it
 * by `throughTicks`, else NaN. Prices of any unit; 0 through is a touch.
 */
export function limitReference(
  side: OrderSide,
  limit: number,
  open: number,
  high: number,
  low: number,
  throughTicks: number,
): number {
  if (limitFillsAtOpen(side, limit, open, throughTicks)) return open;
  const through = side === 'BUY' ? low <= limit - throughTicks : high >= limit + throughTicks;
  return through ? limit : Number.NaN;
}

/**
 * LIMIT: at the open when it gaps through the limit (it takes liquidity then, so it pays the costs, but never more than
 * its limit); else at the limit when the bar trades through it by `throughTicks`; else NaN.
 */
export function limitFillTicks(
  side: OrderSide,
  limit: number,
  open: number,
  high: number,
  low: number,
  throughTicks: number,
  costFraction: number,
): number {
  const reference = limitReference(side, limit, open, high, low, throughTicks);
  if (!limitFillsAtOpen(side, limit, open, throughTicks)) return reference;
  const taken = adverseTicks(side, reference, costFraction);
  return side === 'BUY' ? Math.min(limit, taken) : Math.max(limit, taken);
}

/** True when a stop is reached at the bar's open already. */
export const stopFillsAtOpen = (side: OrderSide, stop: number, open: number): boolean =>
  side === 'BUY' ? open >= stop : open <= stop;

/** Where a stop fills before costs: the open when the bar gaps past it, the stop when the bar reaches it, else NaN. */
export function stopReference(side: OrderSide, stop: number, open: number, high: number, low: number): number {
  if (stopFillsAtOpen(side, stop, open)) return open;
  const reached = side === 'BUY' ? high >= stop : low <= stop;
  return reached ? stop : Number.NaN;
}

/** STOP: the stop price when the bar reaches it, the open when it gaps past it, with costs; else NaN. */
export const stopFillTicks = (
  side: OrderSide,
  stop: number,
  open: number,
  high: number,
  low: number,
  costFraction: number,
): number => adverseTicks(side, stopReference(side, stop, open, high, low), costFraction);

/** Lots that our orders may take of one bar: a share of the mean volume before it, floored. Volume in units. */
export const volumeShareLots = (meanVolume: number, share: number, lotsPerUnit: number): number =>
  Math.floor(meanVolume * share * lotsPerUnit + ROUNDING_SLACK);
