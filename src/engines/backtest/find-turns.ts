import type { Turns } from './known-crossing.js';

/** Used over and over: what is found is copied out at its true length, which is a small part of all bars. */
let foundBars = new Int32Array(4096);
let foundDirections = new Int8Array(4096);

/**
 * Finds where one column crosses another, from the first bar on, stretch by stretch; strict on both bars, as `Crossing`
 * says. One at a time: they share the memory.
 */
export class TurnFinder {
  private count = 0;
  /** First column less the second at the last bar that was looked at; NaN before the first. */
  private before = NaN;

  /**
   * Looks at the next bars.
   * @param first and `second`: the columns' values there, from the first place on
   * @param bar index of the first of them
   */
  add(first: Float64Array, second: Float64Array, bar: number, length: number): void {
    makeRoom(this.count + length);
    const [bars, directions] = [foundBars, foundDirections];
    let { before, count } = this;
    for (let k = 0; k < length; k += 1) {
      const now = (first[k] as number) - (second[k] as number);
      // Nearly always both bars are on the same side: one comparison, then. All else is looked at closely.
      if (!(now * before > 0) && ((now > 0 && before < 0) || (now < 0 && before > 0))) {
        bars[count] = bar + k;
        directions[count] = now > 0 ? 1 : -1;
        count += 1;
      }
      before = now;
    }
    this.before = before;
    this.count = count;
  }

  /**
   * Looks at the bars [from, to) by a running difference of two means, which is nearly that of their values.
   * @param before the difference at the bar before `from`, exact
   * @param doubt what the running difference may be off by: where it is no larger, it says nothing
   * @returns false when it says nothing at one of the bars: none of them has been looked at, then
   */
  addMeans(first: Mean, second: Mean, from: number, to: number, before: number, doubt: number): boolean {
    makeRoom(this.count + to - from);
    const [bars, directions] = [foundBars, foundDirections];
    const [a, b, period, otherPeriod] = [first.values, second.values, first.period, second.period];
    const [share, otherShare] = [1 / period, 1 / otherPeriod];
    let { count } = this;
    let now = before;
    let last = before;
    let least = Infinity;
    for (let i = from; i < to; i += 1) {
      now += ((a[i] as number) - (a[i - period] as number)) * share;
      now -= ((b[i] as number) - (b[i - otherPeriod] as number)) * otherShare;
      const size = Math.abs(now);
      if (size < least) least = size;
      if (now * last < 0) {
        bars[count] = i;
        directions[count] = now > 0 ? 1 : -1;
        count += 1;
      }
      last = now;
    }
    // A value that is no number stays in the difference to the end.
    if (!(least > doubt && Math.abs(now) < Infinity)) return false;
    this.before = now;
    this.count = count;
    return true;
  }

  /** @param length bars of the columns, all of them looked at */
  turns(length: number): Turns {
    const bars = foundBars.slice(0, this.count + 1);
    bars[this.count] = length;
    return { bars, directions: foundDirections.slice(0, this.count) };
  }
}

/** The mean of the last `period` of some values. */
export interface Mean {
  readonly values: Float64Array;
  readonly period: number;
}

/** Places for so many turns; one more is for the end. */
function makeRoom(count: number): void {
  if (count < foundBars.length) return;
  const [bars, directions] = [new Int32Array(2 * count), new Int8Array(2 * count)];
  bars.set(foundBars);
  directions.set(foundDirections);
  foundBars = bars;
  foundDirections = directions;
}
