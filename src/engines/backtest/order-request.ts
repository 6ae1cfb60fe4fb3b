import type { OrderRequest } from '../strategies/strategy.js';

/**
 * Checks what a strategy asks for before any engine acts on it.
 * @throws RangeError naming the symbol, the field and its value
 */
export function assertOrderRequest(symbol: string, order: OrderRequest): void {
  const { sizePct, units } = order;
  if (sizePct !== undefined && !(sizePct > 0 && sizePct <= 100)) {
    throw new RangeError(`${symbol}: sizePct ${sizePct} is not above 0 and at most 100`);
  }
  if (units !== undefined && !(units > 0 && units < Infinity)) {
    throw new RangeError(`${symbol}: units ${units} is not a number above 0`);
  }
  assertPrice(symbol, 'limit', order.limit);
  assertPrice(symbol, 'stop', order.stop);
  assertPrice(symbol, 'stopLoss', order.stopLoss);
  assertPrice(symbol, 'takeProfit', order.takeProfit);
}

function assertPrice(symbol: string, name: string, price: number | undefined): void {
  if (price !== undefined && !(price > 0 && price < Infinity)) {
    throw new RangeError(`${symbol}: ${name} ${price} is not a price above 0`);
  }
}
