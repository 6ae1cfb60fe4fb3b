import type { OrderRequest } from '../strategies/strategy.js';
import { sizeFraction, splitToLots } from './unit-sizing.js';

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

  /** Takes the place of what waited before; null for a market order of all there is. */
  place(side: 1 | -1, request: OrderRequest | null): void {
    this.isOpen = true;
    this.side = side;
    this.fraction = sizeFraction(undefined);
    this.namedUnits = NaN;
    this.unitsLeft = NaN;
    this.limit = NaN;
    this.stop = NaN;
    this.stopLoss = NaN;
    this.takeProfit = NaN;
    if (request !== null) this.specify(request);
  }

  private specify({ sizePct, units, limit, stop, stopLoss, takeProfit }: OrderRequest): void {
    this.fraction = units === undefined ? sizeFraction(sizePct) : NaN;
    this.namedUnits = units ?? NaN;
    this.limit = limit ?? NaN;
    this.stop = stop ?? NaN;
    this.stopLoss = stopLoss ?? NaN;
    this.takeProfit = takeProfit ?? NaN;
  }

  cancel(): void {
    this.isOpen = false;
  }

  /** Puts it in the scale after a split: quantities by its ratio, in whole lots, prices divided by it. */
  split(ratio: number, lotSize: number): void {
    this.namedUnits = splitToLots(this.namedUnits, ratio, lotSize);
    this.unitsLeft = splitToLots(this.unitsLeft, ratio, lotSize);
    this.limit /= ratio;
    this.stop /= ratio;
    this.stopLoss /= ratio;
    this.takeProfit /= ratio;
    if (this.unitsLeft === 0) this.cancel();
  }

  get isMarket(): boolean {
    return !(this.stop > 0) && !(this.limit > 0);
  }
}
