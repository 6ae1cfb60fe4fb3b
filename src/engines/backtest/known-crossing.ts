import type { Crossing } from '../strategies/crossing.js';
import type { Cursor } from '../strategies/line.js';

/** Bars at which one column crosses another, and which way. */
export interface Turns {
  /** Their indexes, ascending, and after them the number of all bars. */
  readonly bars: Int32Array;
  /** 1 where the first column comes to lie above the second, -1 where below; one a turn. */
  readonly directions: Int8Array;
}

/** A crossing whose turns are all known: the strategy sees the current bar's alone, the engine where the next one is. */
export class KnownCrossing implements Crossing {
  private readonly bars: Int32Array;
  private readonly directions: Int8Array;
  private readonly cursor: Cursor;
  /** Position of the next turn; runs only go forward. */
  private next = 0;

  constructor({ bars, directions }: Turns, cursor: Cursor) {
    this.bars = bars;
    this.directions = directions;
    this.cursor = cursor;
  }

  get turn(): number {
    const { index } = this.cursor;
    return this.nextBarFrom(index) === index ? (this.directions[this.next] as number) : 0;
  }

  /** Index of the first bar at or after `index` at which it turns; the number of bars for none. Not to be asked backwards. */
  nextBarFrom(index: number): number {
    const { bars } = this;
    let { next } = this;
    while ((bars[next] as number) < index) next += 1;
    this.next = next;
    return bars[next] as number;
  }
}
