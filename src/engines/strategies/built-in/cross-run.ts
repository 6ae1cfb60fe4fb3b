import type { Crossing } from '../crossing.js';
import type { Market, StrategyRun } from '../strategy.js';
import { entryRequest, type EntryValues } from './entry-parameters.js';

export interface CrossValues extends EntryValues {
  readonly direction: 'long' | 'both';
  /** False: a position ends by its stop or target alone, and nothing is entered while one is open. */
  readonly exitOnCross: boolean;
}

/** Trades a crossing of two lines: long when the first comes to lie above the second, out or short when below. */
export class CrossRun implements StrategyRun {
  readonly decidesOn: Crossing;
  private readonly market: Market;
  private readonly values: CrossValues;

  constructor(market: Market, crossing: Crossing, values: CrossValues) {
    this.market = market;
    this.decidesOn = crossing;
    this.values = values;
  }

  onBar(): void {
    const { turn } = this.decidesOn;
    // While other symbols have bars and this one has none, its last crossing is still to be seen.
    if (turn === 0 || !this.market.isFresh) return;
    if (turn > 0) this.turnUp();
    else this.turnDown();
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
