import type { OrderState } from '../../domain/order-state.js';

const NONE: readonly OrderState[] = [];

/**
 * The open orders of an account while it is being changed, oldest first. There are a few, a hundred at most, and a
 * backtest opens and ends them by the hundred thousand: a short list that is copied with each change is cheaper than a
 * map that is rebuilt all the time, and whoever goes through the list sees it as it was when he began.
 */
export class OpenOrders {
  private list: readonly OrderState[];

  constructor(orders: ReadonlyMap<string, OrderState>) {
    this.list = orders.size === 0 ? NONE : [...orders.values()];
  }

  get size(): number {
    return this.list.length;
  }

  /** All of them as they are now. */
  values(): readonly OrderState[] {
    return this.list;
  }

  get(id: string): OrderState | undefined {
    for (const order of this.list) if (order.id === id) return order;
    return undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  /** Those of a symbol as they are now, in the order in which they were decided. */
  ofSymbol(symbol: string): readonly OrderState[] {
    const { list } = this;
    if (list.length === 0 || isAllOf(symbol, list)) return list;
    return list.filter((order) => order.symbol === symbol).sort(byDecision);
  }

  /** Adds an order, or puts its next version in its place. */
  put(order: OrderState): void {
    const { list } = this;
    const known = this.indexOf(order.id);
    if (known < 0) this.list = list.length === 0 ? [order] : [...list, order];
    else this.list = list.length === 1 ? [order] : list.with(known, order);
  }

  delete(id: string): void {
    const known = this.indexOf(id);
    if (known < 0) return;
    this.list = this.list.length === 1 ? NONE : this.list.toSpliced(known, 1);
  }

  /** By id, for a state. */
  toMap(): ReadonlyMap<string, OrderState> {
    return new Map(this.list.map((order) => [order.id, order]));
  }

  private indexOf(id: string): number {
    for (let k = 0; k < this.list.length; k += 1) if (this.list[k]?.id === id) return k;
    return -1;
  }
}

/** True for a list that is what is asked for already, as it mostly is where an account trades one symbol. */
function isAllOf(symbol: string, list: readonly OrderState[]): boolean {
  let before: OrderState | null = null;
  for (const order of list) {
    if (order.symbol !== symbol || (before !== null && byDecision(before, order) > 0)) return false;
    before = order;
  }
  return true;
}

const byDecision = (a: OrderState, b: OrderState): number => a.decidedAt - b.decidedAt || (a.id < b.id ? -1 : 1);
