import type { OrderRequest } from '../strategies/strategy.js';
import type { DecisionKind } from './market.js';
import type { UnitBook } from './unit-book.js';

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
  if (kind === 'EXIT') {
    book.entry.cancel();
    if (book.units !== 0) book.exitWanted ??= 'SIGNAL';
    return true;
  }
  const side = kind === 'BUY' ? 1 : -1;
  if (book.units * side > 0 && !exclusiveOrders) {
    if (book.entry.side !== side) book.entry.cancel();
    if (book.exitWanted === 'SIGNAL') book.exitWanted = null;
    return true;
  }
  return enter(book, side, request, exclusiveOrders);
}

function enter(book: UnitBook, side: 1 | -1, request: OrderRequest | null, exclusiveOrders: boolean): boolean {
  if (request !== null && !isProtectedRightly(book, side, request)) return false;
  book.entry.place(side, request);
  if (book.units !== 0 && (exclusiveOrders || book.entry.isMarket)) book.exitWanted ??= 'SIGNAL';
  return true;
}

/** Whether stop and target lie on both sides of where the entry is to be filled. */
function isProtectedRightly(book: UnitBook, side: 1 | -1, request: OrderRequest): boolean {
  const reference = request.limit ?? request.stop ?? (book.bars.closes[book.index] as number);
  const { stopLoss = NaN, takeProfit = NaN } = request;
  return !(side * (reference - stopLoss) <= 0) && !(side * (takeProfit - reference) <= 0);
}
