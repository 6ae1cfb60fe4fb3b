import type { OrderRequest } from '../strategies/strategy.js';

const PRICES = ['limit', 'stop', 'stopLoss', 'takeProfit'] as const;

/**
 * Checks what a strategy asks for before any engine acts on it.
 * @throws RangeError naming the symbol, the field and its value
 */
export function assertOrderRequest(symbol: string, order: OrderRequest): void {
  const { sizePct, units } = order;
  if (sizePct !== undefined && !(sizePct > 0 && sizePct <= 100)) {
    throw new RangeError(`${symbol}: sizePct ${sizePct} is not above 0 and at most 100`);
  }
  if (units !== undefined && !(units > 0 && Number.isFinite(units))) {
    throw new RangeError(`${symbol}: units ${units} is not a number above 0`);
  }
  for (const name of PRICES) {
    const price = order[name];
    if (price !== undefined && !(price > 0 && Number.isFinite(price))) {
      throw new RangeError(`${symbol}: ${name} ${price} is not a price above 0`);
    }
  }
}
