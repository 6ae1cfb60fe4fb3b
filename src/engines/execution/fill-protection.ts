import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from './account-draft.js';
import type { BarContext } from './bar-context.js';
import { adverseFraction } from './costs.js';
import { execute, type ExecutionPrice } from './execute.js';
import {
  adverseTicks,
  limitFillsAtOpen,
  limitFillTicks,
  marketFillTicks,
  stopFillsAtOpen,
  stopFillTicks,
} from './fill-price.js';
import { followPosition } from './follow-position.js';
import { isProtective, remainingLots } from './order-state.js';

/** A stop and a target of one entry: when one acts, the other goes. */
interface Pair {
  readonly entryId: string;
  stop: OrderState | undefined;
  target: OrderState | undefined;
}

/**
 * Stops and targets within one bar. The open comes first: a bar that opens through the target fills it there. Otherwise,
 * when both prices lie inside the bar, the stop is taken: which came first is not known, and that is the worse.
 */
export function fillProtection(draft: AccountDraft, context: BarContext): void {
  for (const pair of pairsOf(draft, context.bar.symbol)) {
    const target = targetPrice(stillOpen(draft, pair.target), context);
    const stop = stopPrice(stillOpen(draft, pair.stop), context);
    const targetFirst = target?.where === 'AT_OPEN' && stop?.where !== 'AT_OPEN';
    if (stop !== null && pair.stop !== undefined && !targetFirst) actOnStop(draft, pair, pair.stop, stop, context);
    else if (target !== null && pair.target !== undefined) actOnTarget(draft, pair, pair.target, target, context);
  }
}

function pairsOf(draft: AccountDraft, symbol: string): Pair[] {
  const pairs: Pair[] = [];
  for (const order of draft.openOrders(symbol)) {
    if (!isProtective(order)) continue;
    const entryId = order.parentOrderId ?? order.id;
    let pair = pairs.find((candidate) => candidate.entryId === entryId);
    if (pair === undefined) pairs.push((pair = { entryId, stop: undefined, target: undefined }));
    if (order.cause === 'STOP_LOSS') pair.stop ??= order;
    else pair.target ??= order;
  }
  return pairs;
}

function targetPrice(order: OrderState | undefined, context: BarContext): ExecutionPrice | null {
  if (order === undefined || order.limitTicks === null || context.bar.timestamp < order.decidedAt) return null;
  // It covers lots that were entered inside this bar: its price may have come before them, the open did.
  if (context.enteredInside.has(order.parentOrderId ?? '')) return null;
  const { costs } = context.instrument;
  const { open, high, low } = context.ticks;
  const through = costs.tradeThroughTicks;
  const priceTicks = limitFillTicks(order.side, order.limitTicks, open, high, low, through, adverseFraction(costs));
  if (Number.isNaN(priceTicks)) return null;
  return limitFillsAtOpen(order.side, order.limitTicks, open, through)
    ? { priceTicks, referenceTicks: open, where: 'AT_OPEN', paysCosts: true }
    : { priceTicks, referenceTicks: order.limitTicks, where: 'INSIDE', paysCosts: false };
}

function stopPrice(order: OrderState | undefined, context: BarContext): ExecutionPrice | null {
  if (order === undefined || order.stopTicks === null) return null;
  const cost = adverseFraction(context.instrument.costs);
  const { open, high, low, close } = context.ticks;
  const entered = context.enteredInside.get(order.parentOrderId ?? '');
  if (entered !== undefined) {
    // The entry came inside this bar. What lies after it for certain: the close, and, when the price fell to it, the low.
    // For a short the other way round.
    const reached =
      order.side === 'SELL'
        ? close <= order.stopTicks || (entered === 'FALLING' && low <= order.stopTicks)
        : close >= order.stopTicks || (entered === 'RISING' && high >= order.stopTicks);
    return reached
      ? {
          priceTicks: adverseTicks(order.side, order.stopTicks, cost),
          referenceTicks: order.stopTicks,
          where: 'INSIDE',
          paysCosts: true,
        }
      : null;
  }
  if (context.bar.timestamp < order.decidedAt) return null;
  if (order.triggered) {
    return {
      priceTicks: marketFillTicks(order.side, open, cost),
      referenceTicks: open,
      where: 'AT_OPEN',
      paysCosts: true,
    };
  }
  const priceTicks = stopFillTicks(order.side, order.stopTicks, open, high, low, cost);
  if (Number.isNaN(priceTicks)) return null;
  const gapped = stopFillsAtOpen(order.side, order.stopTicks, open);
  return {
    priceTicks,
    referenceTicks: gapped ? open : order.stopTicks,
    where: gapped ? 'AT_OPEN' : 'INSIDE',
    paysCosts: true,
  };
}

function actOnStop(
  draft: AccountDraft,
  pair: Pair,
  order: OrderState,
  price: ExecutionPrice,
  context: BarContext,
): void {
  const at = price.where === 'AT_OPEN' ? context.bar.timestamp : context.bar.closeTime;
  // OCO, and nothing more is bought of what is being stopped out.
  for (const id of [pair.target?.id, pair.entryId]) cancelIfOpen(draft, id, at);
  const closed = close(draft, order, price, context);
  if (closed === 0 && !order.triggered) draft.change(order.id, { triggered: true }, at);
}

function actOnTarget(
  draft: AccountDraft,
  pair: Pair,
  order: OrderState,
  price: ExecutionPrice,
  context: BarContext,
): void {
  const at = price.where === 'AT_OPEN' ? context.bar.timestamp : context.bar.closeTime;
  cancelIfOpen(draft, pair.entryId, at);
  if (close(draft, order, price, context) === 0) return;
  const left = remainingLots(draft.orders.get(order.id) ?? { lots: 0, filledLots: 0 });
  const stop = stillOpen(draft, pair.stop);
  if (stop === undefined) return;
  if (left === 0) draft.end(stop.id, 'CANCELED', 'POSITION_CLOSED', at);
  else if (remainingLots(stop) > left) draft.change(stop.id, { lots: stop.filledLots + left }, at);
}

/** Closes what is held, what is left of the order and what the bar's volume allows. Answers the lots closed. */
function close(draft: AccountDraft, found: OrderState, price: ExecutionPrice, { bar, budget }: BarContext): number {
  const order = stillOpen(draft, found);
  if (order === undefined) return 0;
  const lots = Math.min(budget.take(remainingLots(order)), Math.abs(draft.positionLots(order.symbol)));
  if (lots === 0) return 0;
  budget.spend(lots);
  const { fill } = execute(draft, order, { bar, lots, price });
  followPosition(draft, order.symbol, fill.timestamp);
  return lots;
}

/** The order as it now stands: an earlier step of this bar may have changed or ended it. */
const stillOpen = (draft: AccountDraft, order: OrderState | undefined): OrderState | undefined =>
  order === undefined ? undefined : draft.orders.get(order.id);

function cancelIfOpen(draft: AccountDraft, orderId: string | undefined, at: number): void {
  if (orderId !== undefined && draft.orders.has(orderId)) draft.end(orderId, 'CANCELED', 'POSITION_CLOSED', at);
}
