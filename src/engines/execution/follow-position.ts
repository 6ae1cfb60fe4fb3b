import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from './account-draft.js';
import { openSellLots, remainingLots } from './order-state.js';

/**
 * After lots were sold: open sales may not exceed what is still held. Our own orders shrink with the position; an order
 * by hand cannot be shrunk without its owner, so the newest ones are canceled until the rest fits. Of a closed position
 * every sale is canceled.
 */
export function followPosition(draft: AccountDraft, symbol: string, at: number): void {
  const held = draft.positionLots(symbol);
  const open = draft.openOrders(symbol);
  if (open.length === 0) return;
  const sales = open.filter((order) => order.side === 'SELL');
  if (held === 0) {
    for (const order of sales) draft.end(order.id, 'CANCELED', 'POSITION_CLOSED', at);
    return;
  }
  const byHand = sales.filter((order) => order.cause === 'MANUAL');
  while (openSellLots(draft.openOrders(symbol)) > held) {
    const newest = byHand.pop();
    if (newest === undefined) break;
    draft.end(newest.id, 'CANCELED', 'POSITION_CLOSED', at);
  }
  for (const order of sales.filter((sale) => sale.cause !== 'MANUAL')) shrinkTo(draft, order, held, at);
}

function shrinkTo(draft: AccountDraft, order: OrderState, held: number, at: number): void {
  if (remainingLots(order) > held) draft.change(order.id, { lots: order.filledLots + held }, at);
}
