import type { OrderRequest } from '../strategies/strategy.js';
import { sizeFraction } from './unit-sizing.js';

const NO_REQUEST: OrderRequest = {};

/**
 * The entry of one symbol that waits for its fill, good until canceled. There is one a symbol at most, so one object
 * serves all of them in turn: a new one for each decision would cost more than its fill. NaN stands for none.
 */
export class EntryOrder {
  isOpen = false;
  side: 1 | -1 = 1;
  /** Fraction of equity; NaN when the units were named. */
  fraction = NaN;
  /** Units (unsigned) that were named. */
  namedUnits = NaN;
  /** Units (unsigned) still to be filled; NaN until the first fill decides them. */
  unitsLeft = NaN;
  limit = NaN;
  /** NaN as well once it was hit. */
  stop = NaN;
  stopLoss = NaN;
  takeProfit = NaN;

  /** Takes the place of what waited before. */
  place(side: 1 | -1, request: OrderRequest | null): void {
    const { sizePct, units, limit, stop, stopLoss, takeProfit } = request ?? NO_REQUEST;
    this.isOpen = true;
    this.side = side;
    this.fraction = units === undefined ? sizeFraction(sizePct) : NaN;
    this.namedUnits = units ?? NaN;
    this.unitsLeft = NaN;
    this.limit = limit ?? NaN;
    this.stop = stop ?? NaN;
    this.stopLoss = stopLoss ?? NaN;
    this.takeProfit = takeProfit ?? NaN;
  }

  cancel(): void {
    this.isOpen = false;
  }

  get isMarket(): boolean {
    return !(this.stop > 0) && !(this.limit > 0);
  }
}
