import type { OrderState } from '../../domain/order-state.js';
import { affordableLots } from '../portfolio/money.js';
import type { AccountDraft } from './account-draft.js';
import type { BarContext } from './bar-context.js';
import { adverseFraction } from './costs.js';
import { execute, type Executed, type ExecutionPrice } from './execute.js';
import { limitFillsAtOpen, limitFillTicks, marketFillTicks, stopFillsAtOpen, stopFillTicks } from './fill-price.js';
import { followPosition } from './follow-position.js';
import { isProtective, remainingLots } from './order-state.js';
import { protectEntry } from './protect-entry.js';

/** Fills what waits for a bar: an order fills only in bars that open at its decision or later. */
export function fillWaitingOrders(draft: AccountDraft, context: BarContext): void {
  for (const { id } of draft.openOrders(context.bar.symbol)) {
    const order = draft.orders.get(id);
    if (order === undefined || isProtective(order) || context.bar.timestamp < order.decidedAt) continue;
    const price = priceWithin(order, context);
    if (price !== null) fillAt(draft, order, context, price);
    if (order.timeInForce === 'IOC' && draft.orders.has(id)) {
      draft.end(id, 'CANCELED', 'IMMEDIATE_OR_CANCEL', context.bar.closeTime);
    }
  }
}

function priceWithin(order: OrderState, { ticks, instrument }: BarContext): ExecutionPrice | null {
  const { costs } = instrument;
  const cost = adverseFraction(costs);
  const { open, high, low } = ticks;
  if (order.limitTicks !== null) {
    const through = costs.tradeThroughTicks;
    const priceTicks = limitFillTicks(order.side, order.limitTicks, open, high, low, through, cost);
    if (Number.isNaN(priceTicks)) return null;
    return limitFillsAtOpen(order.side, order.limitTicks, open, through)
      ? { priceTicks, referenceTicks: open, where: 'AT_OPEN', paysCosts: true }
      : { priceTicks, referenceTicks: order.limitTicks, where: 'INSIDE', paysCosts: false };
  }
  if (order.stopTicks !== null && !order.triggered) {
    const priceTicks = stopFillTicks(order.side, order.stopTicks, open, high, low, cost);
    if (Number.isNaN(priceTicks)) return null;
    return stopFillsAtOpen(order.side, order.stopTicks, open)
      ? { priceTicks, referenceTicks: open, where: 'AT_OPEN', paysCosts: true }
      : { priceTicks, referenceTicks: order.stopTicks, where: 'INSIDE', paysCosts: true };
  }
  return {
    priceTicks: marketFillTicks(order.side, open, cost),
    referenceTicks: open,
    where: 'AT_OPEN',
    paysCosts: true,
  };
}

function fillAt(draft: AccountDraft, order: OrderState, context: BarContext, price: ExecutionPrice): void {
  const { bar, budget } = context;
  const { scale, costs } = context.instrument;
  const wanted = budget.take(remainingLots(order));
  const lots =
    order.side === 'BUY'
      ? affordableLots(scale, price.priceTicks, order.reservedCents, costs.feeBps, wanted)
      : Math.min(wanted, draft.positionLots(order.symbol));
  if (lots > 0) {
    budget.spend(lots);
    const executed = execute(draft, order, { bar, lots, price });
    if (order.side === 'SELL') followPosition(draft, order.symbol, executed.fill.timestamp);
    else protect(draft, executed, context, price);
  } else if (order.orderType === 'STOP' && !order.triggered) {
    draft.change(order.id, { triggered: true }, bar.closeTime);
  }
  // The price is above what was reserved: the quantity shrinks to what fits, the rest is not waited for.
  if (lots < wanted && order.side === 'BUY') draft.end(order.id, 'CANCELED', 'INSUFFICIENT_RESERVE', bar.closeTime);
}

function protect(draft: AccountDraft, { order, fill }: Executed, context: BarContext, price: ExecutionPrice): void {
  if (price.where === 'INSIDE') context.enteredInside.set(order.id, order.orderType === 'LIMIT' ? 'FALLING' : 'RISING');
  protectEntry(draft, order, fill);
}
