/** Why a round trip ended. */
export const EXIT_REASONS = ['SIGNAL', 'STOP_LOSS', 'TAKE_PROFIT', 'FINALIZED', 'OTHER'] as const;
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
  private capacity = 64;
  private columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(64)])) as Record<
    Column,
    Float64Array
  >;
  private reasons = new Uint8Array(64);

  add(trip: RoundTrip): void {
    if (this.length === this.capacity) this.grow();
    const { columns, length } = this;
    for (const name of COLUMNS) columns[name][length] = trip[name];
    this.reasons[length] = EXIT_REASONS.indexOf(trip.exitReason);
    this.length += 1;
  }

  /** The values of a column, one a round trip. A view: it changes no more once the run is over. */
  column(name: Column): Float64Array {
    return this.columns[name].subarray(0, this.length);
  }

  exitReason(index: number): ExitReason {
    return EXIT_REASONS[this.reasons[index] ?? 0] ?? 'OTHER';
  }

  at(index: number): RoundTrip {
    if (index < 0 || index >= this.length) throw new RangeError(`round trip ${index} of ${this.length}`);
    const values = Object.fromEntries(COLUMNS.map((name) => [name, this.columns[name][index]]));
    return { ...(values as Record<Column, number>), exitReason: this.exitReason(index) };
  }

  private grow(): void {
    this.capacity *= 2;
    for (const name of COLUMNS) {
      const larger = new Float64Array(this.capacity);
      larger.set(this.columns[name]);
      this.columns[name] = larger;
    }
    const reasons = new Uint8Array(this.capacity);
    reasons.set(this.reasons);
    this.reasons = reasons;
  }
}
