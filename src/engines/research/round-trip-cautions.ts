import type { Caution } from './caution.js';

/** Under 30 the central limit theorem does not help yet: a win rate of 60 % has an error of 9 points or more. */
const ENOUGH_ROUND_TRIPS = 30;
/** Under 10 nothing can be said at all. */
const ANY_ROUND_TRIPS = 10;
/** Share of the profit that one round trip may have made. */
const MAX_SHARE_OF_ONE = 0.5;

/** Too few round trips to judge by. */
export function fewRoundTripsCautions(count: number): Caution[] {
  if (count >= ENOUGH_ROUND_TRIPS) return [];
  const severity = count < ANY_ROUND_TRIPS ? 'CRITICAL' : 'WARNING';
  const message =
    `${count} round ${count === 1 ? 'trip' : 'trips'}; under ${ENOUGH_ROUND_TRIPS} no figure about them says much, ` +
    `and under ${ANY_ROUND_TRIPS} none says anything.`;
  return [{ code: 'FEW_ROUND_TRIPS', severity, message, values: { roundTrips: count, limit: ENOUGH_ROUND_TRIPS } }];
}

/**
 * A profit that hangs on a single round trip.
 * @param pnl of each round trip, in the account's currency
 */
export function oneRoundTripCautions(pnl: Float64Array): Caution[] {
  if (pnl.length === 0) return [];
  let profit = 0;
  let best = -Infinity;
  for (const gain of pnl) {
    profit += gain;
    best = Math.max(best, gain);
  }
  if (!(profit > 0) || best <= MAX_SHARE_OF_ONE * profit) return [];
  const without = profit - best;
  const severity = without <= 0 ? 'CRITICAL' : 'WARNING';
  const message =
    `The best of ${pnl.length} round trips made ${best.toFixed(2)} of the profit of ${profit.toFixed(2)}, more than ` +
    `${100 * MAX_SHARE_OF_ONE} %: without it ${without.toFixed(2)} is left.`;
  const values = { best, profit, profitWithoutBest: without, limit: MAX_SHARE_OF_ONE };
  return [{ code: 'ONE_ROUND_TRIP', severity, message, values }];
}
