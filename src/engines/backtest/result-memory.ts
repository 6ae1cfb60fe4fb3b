import { RoundTrips } from './round-trips.js';

/**
 * The memory of a run's result, used again by the next run that is given the same: a search of ten thousand sets then makes
 * no garbage. What a result holds is the next one's from then on, so it is for those who keep figures of it alone.
 */
export class ResultMemory {
  private curve = new Float64Array(0);
  private trips: RoundTrips | null = null;

  /** A curve of so many instants, all 0. */
  equity(length: number): Float64Array {
    if (this.curve.length === length) return this.curve.fill(0);
    return (this.curve = new Float64Array(length));
  }

  /** @param expected how many there may be */
  roundTrips(expected: number): RoundTrips {
    if (this.trips === null) return (this.trips = new RoundTrips(expected));
    this.trips.length = 0;
    return this.trips;
  }
}
