import type { OrderRequest } from '../strategies/strategy.js';

/**
 * Checks what a strategy asks for before any engine acts on it. Types are gone at run time: a text compares like a number,
 * and is added like a text.
 * @throws RangeError naming the symbol, the field and its value
 */
export function assertOrderRequest(symbol: string, order: OrderRequest): void {
  if (typeof order !== 'object' || order === null) {
    throw new RangeError(`${symbol}: the order ${String(order)} is no object as in { sizePct: 50 }`);
  }
  const { sizePct, units } = order;
  if (sizePct !== undefined && !(typeof sizePct === 'number' && sizePct > 0 && sizePct <= 100)) {
    throw new RangeError(`${symbol}: sizePct ${String(sizePct)} is not a number above 0 and at most 100`);
  }
  if (units !== undefined && !(typeof units === 'number' && units > 0 && units < Infinity)) {
    throw new RangeError(`${symbol}: units ${String(units)} is not a number above 0`);
  }
  assertPrice(symbol, 'limit', order.limit);
  assertPrice(symbol, 'stop', order.stop);
  assertPrice(symbol, 'stopLoss', order.stopLoss);
  assertPrice(symbol, 'takeProfit', order.takeProfit);
}

function assertPrice(symbol: string, name: string, price: number | undefined): void {
  if (price !== undefined && !(typeof price === 'number' && price > 0 && price < Infinity)) {
    throw new RangeError(`${symbol}: ${name} ${String(price)} is not a price above 0`);
  }
}
