import type { Turns } from './known-crossing.js';

/** The values of a column at the bars [from, to), from the first place on; the array may be used again for the next. */
export type StretchReader = (from: number, to: number) => Float64Array;

/** Bars that are looked at together: stretches of both columns stay in a near cache meanwhile. */
export const STRETCH = 4096;

/**
 * Finds where one column crosses another; strict on both bars, as `Crossing` says.
 * @param length bars of both columns
 */
export function findTurns(readFirst: StretchReader, readSecond: StretchReader, length: number): Turns {
  const finder = new TurnFinder();
  for (let from = 0; from < length; from += STRETCH) {
    const to = Math.min(length, from + STRETCH);
    finder.add(readFirst(from, to), readSecond(from, to), from, to - from);
  }
  return finder.turns(length);
}

/** Used over and over: what is found is copied out at its true length, which is a small part of all bars. */
let foundBars = new Int32Array(STRETCH);
let foundDirections = new Int8Array(STRETCH);

class TurnFinder {
  private count = 0;
  /** First column less the second at the bar before. */
  private before = NaN;

  add(first: Float64Array, second: Float64Array, from: number, length: number): void {
    if (foundBars.length < this.count + length) enlarge();
    const [bars, directions] = [foundBars, foundDirections];
    let { before, count } = this;
    for (let k = 0; k < length; k += 1) {
      const now = (first[k] as number) - (second[k] as number);
      // Nearly always both bars are on the same side: one comparison, then. All else is looked at closely.
      if (!(now * before > 0) && ((now > 0 && before < 0) || (now < 0 && before > 0))) {
        bars[count] = from + k;
        directions[count] = now > 0 ? 1 : -1;
        count += 1;
      }
      before = now;
    }
    this.before = before;
    this.count = count;
  }

  turns(length: number): Turns {
    const bars = foundBars.slice(0, this.count + 1);
    bars[this.count] = length;
    return { bars, directions: foundDirections.slice(0, this.count) };
  }
}

/** Twice a length of at least one stretch has place for one more. */
function enlarge(): void {
  const bars = new Int32Array(2 * foundBars.length);
  bars.set(foundBars);
  foundBars = bars;
  const directions = new Int8Array(2 * foundDirections.length);
  directions.set(foundDirections);
  foundDirections = directions;
}
