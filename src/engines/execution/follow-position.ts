import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from './account-draft.js';
import { isEntry, openExitLots, remainingLots } from './order-state.js';

/**
 * After lots were closed: open exits may not exceed what is still held. Our own orders shrink with the position; an order
 * by hand cannot be shrunk without its owner, so the newest ones are canceled until the rest fits. Of a closed position
 * every exit is canceled.
 */
export function followPosition(draft: AccountDraft, symbol: string, at: number): void {
  const held = Math.abs(draft.positionLots(symbol));
  const open = draft.openOrders(symbol);
  if (open.length === 0) return;
  const exits = open.filter((order) => !isEntry(order));
  if (held === 0) {
    for (const order of exits) draft.end(order.id, 'CANCELED', 'POSITION_CLOSED', at);
    return;
  }
  const byHand = exits.filter((order) => order.cause === 'MANUAL');
  while (openExitLots(draft.openOrders(symbol)) > held) {
    const newest = byHand.pop();
    if (newest === undefined) break;
    draft.end(newest.id, 'CANCELED', 'POSITION_CLOSED', at);
  }
  for (const order of exits.filter((exit) => exit.cause !== 'MANUAL')) shrinkTo(draft, order, held, at);
}

function shrinkTo(draft: AccountDraft, order: OrderState, held: number, at: number): void {
  if (remainingLots(order) > held) draft.change(order.id, { lots: order.filledLots + held }, at);
}
