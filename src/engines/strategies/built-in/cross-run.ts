import { crossedAbove, crossedBelow, type Line } from '../line.js';
import type { Market, StrategyRun } from '../strategy.js';
import { entryRequest, type EntryValues } from './entry-parameters.js';

export interface CrossValues extends EntryValues {
  readonly direction: 'long' | 'both';
  /** False: a position ends by its stop or target alone, and nothing is entered while one is open. */
  readonly exitOnCross: boolean;
}

/** Trades the crossings of two lines: long when `fast` comes to lie above `slow`, out or short when below. */
export class CrossRun implements StrategyRun {
  private readonly market: Market;
  private readonly fast: Line;
  private readonly slow: Line;
  private readonly values: CrossValues;

  constructor(market: Market, fast: Line, slow: Line, values: CrossValues) {
    this.market = market;
    this.fast = fast;
    this.slow = slow;
    this.values = values;
  }

  onBar(): void {
    if (crossedAbove(this.fast, this.slow)) this.turnUp();
    else if (crossedBelow(this.fast, this.slow)) this.turnDown();
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
