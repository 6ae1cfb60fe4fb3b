import type { OrderState } from '../../domain/order-state.js';
import { affordableLots } from '../portfolio/money.js';
import type { AccountDraft } from './account-draft.js';
import type { BarContext } from './bar-context.js';
import { adverseFraction } from './costs.js';
import { execute, type Executed, type ExecutionPrice } from './execute.js';
import { limitFillsAtOpen, limitFillTicks, marketFillTicks, stopFillsAtOpen, stopFillTicks } from './fill-price.js';
import { followPosition } from './follow-position.js';
import { freeCents } from './free-cents.js';
import { isEntry, isProtective, openExitLots, remainingLots } from './order-state.js';
import { protectEntry } from './protect-entry.js';
import { countsExits } from './trading-rules.js';

/** Fills what waits for a bar: an order fills only in bars that open at its decision or later. */
export function fillWaitingOrders(draft: AccountDraft, context: BarContext): void {
  for (const { id } of inFillOrder(draft, context.bar.symbol)) {
    const order = draft.orders.get(id);
    if (order === undefined || isProtective(order) || context.bar.timestamp < order.decidedAt) continue;
    const price = priceWithin(order, context);
    if (price !== null) fillOrder(draft, order, context, price);
    else endImmediate(draft, order, context);
  }
}

/**
 * The orders of a symbol in the order in which they are filled: as they were decided. An exit and the entry that takes its
 * place are decided at once, and the exit comes first.
 */
export function inFillOrder(draft: AccountDraft, symbol: string): readonly OrderState[] {
  const open = draft.openOrders(symbol);
  if (open.length < 2 || !countsExits(draft.rules)) return open;
  return [...open.filter((order) => !isEntry(order)), ...open.filter(isEntry)];
}

function endImmediate(draft: AccountDraft, { id, timeInForce }: OrderState, { bar }: BarContext): void {
  if (timeInForce !== 'IOC' || !draft.orders.has(id)) return;
  draft.end(id, 'CANCELED', 'IMMEDIATE_OR_CANCEL', bar.closeTime);
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

/** Fills an order at a price, as far as volume, money and what is held go. */
export function fillOrder(draft: AccountDraft, order: OrderState, context: BarContext, price: ExecutionPrice): void {
  // What makes room for it is not closed yet.
  const isBlocked = isEntry(order) && countsExits(draft.rules) && openExitLots(draft.openOrders(order.symbol)) > 0;
  if (!isBlocked) fillAt(draft, order, context, price);
  endImmediate(draft, order, context);
}

function fillAt(draft: AccountDraft, order: OrderState, context: BarContext, price: ExecutionPrice): void {
  const { bar, budget } = context;
  const { scale, costs } = context.instrument;
  const adds = isEntry(order);
  const wanted = budget.take(remainingLots(order));
  const lots = adds
    ? affordableLots(scale, price.priceTicks, entryBudgetCents(draft, order), costs.feeBps, wanted, draft.rules.margin)
    : Math.min(wanted, Math.abs(draft.positionLots(order.symbol)));
  if (lots > 0) {
    budget.spend(lots);
    const executed = execute(draft, order, { bar, lots, price });
    if (adds) protect(draft, executed, context, price);
    else followPosition(draft, order.symbol, executed.fill.timestamp);
  } else if (order.orderType === 'STOP' && !order.triggered) {
    draft.change(order.id, { triggered: true }, bar.closeTime);
  }
  // The price is above what was reserved: the quantity shrinks to what fits, the rest is not waited for.
  if (lots < wanted && adds) draft.end(order.id, 'CANCELED', 'INSUFFICIENT_RESERVE', bar.closeTime);
}

/** What was set aside; where exits make room, no more of it than is still there after them. */
function entryBudgetCents(draft: AccountDraft, { reservedCents }: OrderState): number {
  if (!countsExits(draft.rules)) return reservedCents;
  return Math.max(0, Math.min(reservedCents, freeCents(draft) + reservedCents));
}

function protect(draft: AccountDraft, { order, fill }: Executed, context: BarContext, price: ExecutionPrice): void {
  const isFalling = (order.orderType === 'LIMIT') === (order.side === 'BUY');
  if (price.where === 'INSIDE') context.enteredInside.set(order.id, isFalling ? 'FALLING' : 'RISING');
  protectEntry(draft, order, fill);
}
