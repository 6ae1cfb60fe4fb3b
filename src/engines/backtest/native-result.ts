import type { AccountDraft } from '../execution/account-draft.js';
import type { Instants } from './native-instants.js';
import type { NativeTally } from './native-tally.js';
import type { SimulationResult } from './simulation.js';

/**
 * What a native run that has come to its end leaves.
 * @param decideFrom close time of the first decision
 */
export function nativeResult(
  draft: AccountDraft,
  tally: NativeTally,
  instants: Instants,
  equity: Float64Array,
  decideFrom: number,
): SimulationResult {
  const { roundTrips, fillCount, refusedCount, tradedCents, dividendCents, centsPerUnit } = tally;
  let firstDecisionIndex = 0;
  while ((instants.closeTimes[firstDecisionIndex] as number) < decideFrom) firstDecisionIndex += 1;
  const exposed = new Uint8Array(equity.length);
  const entries = roundTrips.column('entryIndex');
  const exits = roundTrips.column('exitIndex');
  for (let k = 0; k < roundTrips.length; k += 1) exposed.fill(1, entries[k], (exits[k] as number) + 1);
  return {
    ...instants,
    equity,
    exposed,
    roundTrips,
    dividends: dividendCents / centsPerUnit,
    commissions: draft.feesCents / centsPerUnit,
    tradedValue: tradedCents / centsPerUnit,
    fillCount,
    refusedCount,
    firstDecisionIndex,
  };
}
