/** Why a round trip ended. */
export const EXIT_REASONS = ['SIGNAL', 'STOP_LOSS', 'TAKE_PROFIT', 'FINALIZED', 'OTHER', 'MARGIN_CALL'] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** One entry to its exit. */
export interface RoundTrip {
  /** Index into the run's symbols. */
  readonly symbolIndex: number;
  /** Units, above 0 long, below 0 short. */
  readonly units: number;
  /** Indexes of the instants at which it was filled. */
  readonly entryIndex: number;
  readonly exitIndex: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** NaN where it had none. */
  readonly stopLoss: number;
  readonly takeProfit: number;
  /** Net of its commission. */
  readonly pnl: number;
  /** Entry and exit together. */
  readonly commission: number;
  /** PnL over the value at entry, as a fraction. */
  readonly returnFraction: number;
  /** Worst and best price move while it was open, as fractions of the entry price: <= 0 and >= 0. */
  readonly maxAdverse: number;
  readonly maxFavorable: number;
  readonly exitReason: ExitReason;
}

const COLUMNS = [
  'symbolIndex',
  'units',
  'entryIndex',
  'exitIndex',
  'entryPrice',
  'exitPrice',
  'stopLoss',
  'takeProfit',
  'pnl',
  'commission',
  'returnFraction',
  'maxAdverse',
  'maxFavorable',
] as const;
type Column = (typeof COLUMNS)[number];

/** Round trips as columns in the order of their exits: a million bars make tens of thousands of them. */
export class RoundTrips {
  length = 0;
  private capacity: number;
  /** Column after column, each of `capacity` values. */
  private values: Float64Array;
  private reasons: Uint8Array;

  /** @param expected how many there may be; more of them only cost a copy */
  constructor(expected = 64) {
    this.capacity = Math.max(16, Math.ceil(expected));
    this.values = new Float64Array(this.capacity * COLUMNS.length);
    this.reasons = new Uint8Array(this.capacity);
  }

  add(trip: RoundTrip): void {
    if (this.length === this.capacity) this.grow();
    const { values, capacity } = this;
    // Written out: a loop over names looks each of them up, which costs more than the simulation of the trade.
    let place = this.length;
    values[place] = trip.symbolIndex;
    values[(place += capacity)] = trip.units;
    values[(place += capacity)] = trip.entryIndex;
    values[(place += capacity)] = trip.exitIndex;
    values[(place += capacity)] = trip.entryPrice;
    values[(place += capacity)] = trip.exitPrice;
    values[(place += capacity)] = trip.stopLoss;
    values[(place += capacity)] = trip.takeProfit;
    values[(place += capacity)] = trip.pnl;
    values[(place += capacity)] = trip.commission;
    values[(place += capacity)] = trip.returnFraction;
    values[(place += capacity)] = trip.maxAdverse;
    values[place + capacity] = trip.maxFavorable;
    this.reasons[this.length] = EXIT_REASONS.indexOf(trip.exitReason);
    this.length += 1;
  }

  /** The values of a column, one a round trip. A view: it changes no more once the run is over. */
  column(name: Column): Float64Array {
    const start = COLUMNS.indexOf(name) * this.capacity;
    return this.values.subarray(start, start + this.length);
  }

  exitReason(index: number): ExitReason {
    return EXIT_REASONS[this.reasons[index] ?? 0] ?? 'OTHER';
  }

  at(index: number): RoundTrip {
    if (index < 0 || index >= this.length) throw new RangeError(`round trip ${index} of ${this.length}`);
    const values = Object.fromEntries(
      COLUMNS.map((name, column) => [name, this.values[column * this.capacity + index]]),
    );
    return { ...(values as Record<Column, number>), exitReason: this.exitReason(index) };
  }

  private grow(): void {
    const { length, capacity } = this;
    const larger = 4 * capacity;
    const values = new Float64Array(larger * COLUMNS.length);
    COLUMNS.forEach((_, column) => {
      values.set(this.values.subarray(column * capacity, column * capacity + length), column * larger);
    });
    const reasons = new Uint8Array(larger);
    reasons.set(this.reasons);
    this.values = values;
    this.reasons = reasons;
    this.capacity = larger;
  }
}
