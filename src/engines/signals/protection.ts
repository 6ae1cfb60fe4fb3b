import type { BarSeries } from '../../domain/bar.js';
import { atr } from '../indicators/atr.js';
import { lastBarsOf } from './bar-window.js';
import type { Protection } from './signal-source.js';

/** Wilder's own period for the average true range. */
export const ATR_PERIOD = 14;
/** Bars the average true range is taken over: Wilder's smoothing has forgotten all but 1 % of what came before (13/14)^62. */
export const ATR_LOOKBACK = ATR_PERIOD + 1 + 62;
/** A stop inside two average ranges is hit by ordinary noise. */
const STOP_ATRS = 2;
/** Farther than the stop: with even odds a round trip gains before costs. */
const TAKE_PROFIT_ATRS = 3;
/** A target closer than the costs would sell every winner at a loss; twice the costs leaves a gain as large as they are. */
const TAKE_PROFIT_COSTS = 2;
/** A stop closer than the costs loses more to them than to the market. */
const STOP_COSTS = 1;
/** Keeps a stop price above 0 however wide the ranges are. */
const LARGEST_STOP_SHARE = 0.5;

/** What the distances are made of; stored with each signal. */
export const PROTECTION_SETTINGS = {
  atrPeriod: ATR_PERIOD,
  stopAtrs: STOP_ATRS,
  takeProfitAtrs: TAKE_PROFIT_ATRS,
  stopCosts: STOP_COSTS,
  takeProfitCosts: TAKE_PROFIT_COSTS,
} as const;

/**
 * Stop-loss and take-profit of a long entry at the last close: 2 and 3 average true ranges away, and never closer than
 * 1 and 2 times the round-trip costs. The stop is at most half the price away.
 * @param window at least ATR_PERIOD + 1 bars, ending at the entry's bar
 * @param roundTripCosts fraction of the price
 * @returns prices and distances in the quote currency, or null when the window is too short or neither the ranges nor
 *   the costs give a distance above 0: such an entry cannot be protected
 */
export function longProtection(window: BarSeries, roundTripCosts: number): Protection | null {
  const price = window.closes.at(-1);
  const range = averageTrueRange(window);
  if (price === undefined || range === null) return null;
  const wantedStop = Math.max(STOP_ATRS * range, STOP_COSTS * roundTripCosts * price);
  const stopDistance = Math.min(wantedStop, LARGEST_STOP_SHARE * price);
  const takeProfitDistance = Math.max(TAKE_PROFIT_ATRS * range, TAKE_PROFIT_COSTS * roundTripCosts * price);
  const stopLoss = price - stopDistance;
  const takeProfit = price + takeProfitDistance;
  if (!(stopLoss > 0 && stopLoss < price && takeProfit > price && Number.isFinite(takeProfit))) return null;
  return { stopLoss, takeProfit, stopDistance, takeProfitDistance };
}

/** ATR(14) at the last bar in price units, over a fixed number of bars so that a longer window changes nothing; null when too short. */
export function averageTrueRange(window: BarSeries): number | null {
  const { highs, lows, closes } = lastBarsOf(window, ATR_LOOKBACK);
  const range = atr(highs, lows, closes, ATR_PERIOD).at(-1);
  return range !== undefined && Number.isFinite(range) ? range : null;
}
