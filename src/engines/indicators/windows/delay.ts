import { assertPeriod } from '../period.js';

/** Gives back each value `bars` values later; NaN until then. */
export class Delay {
  private readonly values: Float64Array;
  private next = 0;

  /** @throws RangeError for a number of bars that is not whole or below 1. */
  constructor(bars: number) {
    assertPeriod(bars);
    this.values = new Float64Array(bars).fill(NaN);
  }

  update(value: number): number {
    const { next, values } = this;
    const delayed = values[next] as number;
    values[next] = value;
    this.next = next + 1 === values.length ? 0 : next + 1;
    return delayed;
  }
}
