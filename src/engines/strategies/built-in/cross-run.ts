import type { Line } from '../line.js';
import type { Market, StrategyRun } from '../strategy.js';
import { entryRequest, type EntryValues } from './entry-parameters.js';

export interface CrossValues extends EntryValues {
  readonly direction: 'long' | 'both';
  /** False: a position ends by its stop or target alone, and nothing is entered while one is open. */
  readonly exitOnCross: boolean;
}

const ABOVE = 1;
const BELOW = -1;
/** The lines are equal, or one has no value. */
const NEITHER = 0;
const UNKNOWN = 2;

/**
 * Trades the crossings of two lines: long when `fast` comes to lie above `slow`, out or short when below. A crossing is
 * strict on both bars, as in `crossedAbove`; the side of the bar before is remembered, since most bars are on the same.
 */
export class CrossRun implements StrategyRun {
  private readonly market: Market;
  private readonly fast: Line;
  private readonly slow: Line;
  private readonly values: CrossValues;
  private side = UNKNOWN;

  constructor(market: Market, fast: Line, slow: Line, values: CrossValues) {
    this.market = market;
    this.fast = fast;
    this.slow = slow;
    this.values = values;
  }

  onBar(): void {
    const side = sideOf(this.fast.now, this.slow.now);
    if (side !== this.side) this.changeSide(side);
  }

  private changeSide(side: number): void {
    const before = this.side === UNKNOWN ? sideOf(this.fast.previous, this.slow.previous) : this.side;
    this.side = side;
    if (side === ABOVE && before === BELOW) this.turnUp();
    else if (side === BELOW && before === ABOVE) this.turnDown();
  }

  private turnUp(): void {
    const { market, values } = this;
    const isReversal = values.direction === 'both' && values.exitOnCross;
    if (isReversal || market.positionSize === 0) market.buy(entryRequest(1, market.close.now, values));
  }

  private turnDown(): void {
    const { market, values } = this;
    if (values.direction === 'long') {
      if (values.exitOnCross) market.exit();
    } else if (values.exitOnCross || market.positionSize === 0) {
      market.sell(entryRequest(-1, market.close.now, values));
    }
  }
}

function sideOf(fast: number, slow: number): number {
  if (fast > slow) return ABOVE;
  return fast < slow ? BELOW : NEITHER;
}
