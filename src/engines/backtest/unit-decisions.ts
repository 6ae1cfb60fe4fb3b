import type { OrderRequest } from '../strategies/strategy.js';
import type { DecisionKind } from './market.js';
import type { EntryOrder, UnitBook } from './unit-book.js';
import { sizeFraction } from './unit-sizing.js';

const NO_REQUEST: OrderRequest = {};

/**
 * Turns a strategy's decision at a close into the orders of its symbol. There is one entry a symbol: a new one takes the
 * place of one that still waits. Without exclusive orders a decision for the side that is held already changes nothing;
 * with them it closes the position and opens another, as in backtesting.py.
 * @returns false when the protection stands on the wrong side of the entry: the decision is refused
 */
export function applyDecision(
  book: UnitBook,
  kind: DecisionKind,
  request: OrderRequest | null,
  exclusiveOrders: boolean,
): boolean {
  const isAccepted =
    kind === 'EXIT' ? exit(book) : enter(book, kind === 'BUY' ? 1 : -1, request ?? NO_REQUEST, exclusiveOrders);
  book.updateWaiting();
  return isAccepted;
}

function exit(book: UnitBook): true {
  book.entry = null;
  if (book.units !== 0) book.exitWanted ??= 'SIGNAL';
  return true;
}

function enter(book: UnitBook, side: 1 | -1, request: OrderRequest, exclusiveOrders: boolean): boolean {
  if (book.units * side > 0 && !exclusiveOrders) {
    if (book.entry !== null && book.entry.side !== side) book.entry = null;
    if (book.exitWanted === 'SIGNAL') book.exitWanted = null;
    return true;
  }
  const order = entryOrder(side, request);
  const reference = request.limit ?? request.stop ?? (book.bars.closes[book.index] as number);
  if (side * (reference - order.stopLoss) <= 0 || side * (order.takeProfit - reference) <= 0) return false;
  const isMarket = request.limit === undefined && request.stop === undefined;
  if (book.units !== 0 && (exclusiveOrders || isMarket)) book.exitWanted ??= 'SIGNAL';
  book.entry = order;
  return true;
}

const entryOrder = (side: 1 | -1, request: OrderRequest): EntryOrder => ({
  side,
  fraction: request.units === undefined ? sizeFraction(request.sizePct) : NaN,
  namedUnits: request.units ?? NaN,
  unitsLeft: NaN,
  limit: request.limit ?? NaN,
  stop: request.stop ?? NaN,
  stopLoss: request.stopLoss ?? NaN,
  takeProfit: request.takeProfit ?? NaN,
});
