import type { AccountDraft } from './account-draft.js';
import type { BarContext } from './bar-context.js';
import { fillOrder, inFillOrder } from './fill-waiting-orders.js';
import { adverseFraction } from './costs.js';
import { adverseTicks } from './fill-price.js';

/**
 * Fills the market orders that were decided at the close of a bar at that close, costs included, as far as the bar's
 * volume goes; what is left waits for the next bar. Only where the account's rules say so: live, a close is over once it
 * is known.
 */
export function fillAtClose(draft: AccountDraft, context: BarContext): void {
  const { bar, ticks, instrument } = context;
  const cost = adverseFraction(instrument.costs);
  for (const { id } of inFillOrder(draft, bar.symbol)) {
    const order = draft.orders.get(id);
    if (order === undefined || order.orderType !== 'MARKET' || order.decidedAt !== bar.closeTime) continue;
    const priceTicks = adverseTicks(order.side, ticks.close, cost);
    fillOrder(draft, order, context, { priceTicks, referenceTicks: ticks.close, where: 'INSIDE', paysCosts: true });
  }
}
