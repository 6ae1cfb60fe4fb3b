import type { PreparedBars } from './prepared-bars.js';
import type { RoundTrips } from './round-trips.js';
import type { SimulationResult } from './simulation.js';
import type { UnitAccount } from './unit-account.js';

/** What a run of the `backtesting.py` profile leaves. */
export class UnitResult implements SimulationResult {
  readonly times: Float64Array;
  readonly equity: Float64Array;
  readonly roundTrips: RoundTrips;
  readonly dividends: number;
  readonly commissions: number;
  readonly tradedValue: number;
  readonly fillCount: number;
  readonly refusedCount: number;
  readonly firstDecisionIndex: number;
  private readonly prepared: PreparedBars;
  private exposedOnce: Uint8Array | null = null;

  constructor(
    prepared: PreparedBars,
    times: Float64Array,
    equity: Float64Array,
    account: UnitAccount,
    firstDecisionIndex: number,
  ) {
    this.prepared = prepared;
    this.times = times;
    this.equity = equity;
    this.roundTrips = account.roundTrips;
    this.dividends = account.dividends;
    this.commissions = account.commissions;
    this.tradedValue = account.tradedValue;
    this.fillCount = account.fillCount;
    this.refusedCount = account.refusedCount;
    this.firstDecisionIndex = firstDecisionIndex;
  }

  /** Made when first asked for, as the close times: a parameter search never does. */
  get exposed(): Uint8Array {
    return (this.exposedOnce ??= exposedBars(this.roundTrips, this.times.length));
  }

  get closeTimes(): Float64Array {
    return this.prepared.closeTimes.subarray(this.prepared.tradeFromIndex);
  }
}

function exposedBars(roundTrips: RoundTrips, length: number): Uint8Array {
  const exposed = new Uint8Array(length);
  const entries = roundTrips.column('entryIndex');
  const exits = roundTrips.column('exitIndex');
  // Mostly a few bars each: a loop is faster than as many calls of fill.
  for (let i = 0; i < entries.length; i += 1) {
    const last = exits[i] as number;
    for (let bar = entries[i] as number; bar <= last; bar += 1) exposed[bar] = 1;
  }
  return exposed;
}
