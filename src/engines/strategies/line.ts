/** Which bar of a series is the current one. Moved by the engine that runs the strategy, never by the strategy. */
export class Cursor {
  index = -1;
}

/**
 * NaN, read from an array: the choice between a constant and an element makes the compiler box each element, which is
 * four times slower. So does reading an element before the first, even once.
 */
const NOTHING = new Float64Array([NaN]);

/**
 * A column as a strategy sees it: the current bar's value and those before it. There is no way to ask for a later one,
 * whether the values were computed in advance (backtest) or one by one (live).
 */
export class Line {
  private values: Float64Array;
  private readonly cursor: Cursor;

  constructor(values: Float64Array, cursor: Cursor) {
    this.values = values;
    this.cursor = cursor;
  }

  /** Value at the current bar; NaN while the line has none yet. */
  get now(): number {
    const { index } = this.cursor;
    return (index < 0 ? NOTHING[0] : this.values[index]) as number;
  }

  /** Value one bar before the current one; NaN before the first bar. */
  get previous(): number {
    const index = this.cursor.index - 1;
    return (index < 0 ? NOTHING[0] : this.values[index]) as number;
  }

  /**
   * Value `bars` bars before the current one; NaN before the first bar.
   * @throws RangeError for a number that is not whole or below 0: the future is not to be seen
   */
  ago(bars: number): number {
    if (!Number.isInteger(bars) || bars < 0) refuseBars(bars);
    const index = this.cursor.index - bars;
    return (index < 0 ? NOTHING[0] : this.values[index]) as number;
  }

  /** For the engine alone: the column has grown into a larger array. */
  replaceValues(values: Float64Array): void {
    this.values = values;
  }
}

// Apart from `ago`, so that it stays small enough to be compiled into the loops that call it.
function refuseBars(bars: number): never {
  throw new RangeError(`ago(bars) takes a whole number >= 0, not ${bars}`);
}

/** True on the bar where `a` comes to lie above `b`: strictly below on the bar before, strictly above on this one. */
export const crossedAbove = (a: Line, b: Line): boolean => a.now > b.now && a.previous < b.previous;

/** True on the bar where `a` comes to lie below `b`: strictly above on the bar before, strictly below on this one. */
export const crossedBelow = (a: Line, b: Line): boolean => a.now < b.now && a.previous > b.previous;
