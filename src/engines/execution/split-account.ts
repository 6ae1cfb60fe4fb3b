import type { OrderState } from '../../domain/order-state.js';
import { bookSplit, splitLots, splitTicks } from '../portfolio/book-action.js';
import type { AccountDraft } from './account-draft.js';
import { isEntry, remainingLots } from './order-state.js';

/** What a split paid out. */
export interface SplitOutcome {
  /** Paid for what was no whole lot, and what of it is a gain. In cents. */
  readonly inLieuCents: number;
  readonly realizedPnlCents: number;
}

/**
 * Books a split of a symbol between two slices: the position and its open orders are in the scale after it from then on. What
 * the position has to pay out is in the cash. Backtests and live trading book it by this one function.
 * @param ratio new units for one old
 * @param at the time of the booking, epoch milliseconds UTC
 */
export function splitHolding(draft: AccountDraft, symbol: string, ratio: number, at: number): SplitOutcome {
  let outcome: SplitOutcome = { inLieuCents: 0, realizedPnlCents: 0 };
  const position = draft.positions.get(symbol);
  if (position !== undefined) {
    const booked = bookSplit(position, draft.instrument(symbol).scale, ratio, at);
    draft.positions.set(symbol, booked.position);
    draft.cashCents += booked.inLieuCents;
    outcome = booked;
  }
  for (const order of draft.openOrders(symbol)) splitOrder(draft, order, ratio, at);
  return outcome;
}

/** What the past bars of a symbol leave behind, in the scale after a split. */
export function splitMarket(draft: AccountDraft, symbol: string, ratio: number): void {
  const market = draft.markets.get(symbol);
  if (market === undefined) return;
  draft.markets.set(symbol, {
    ...market,
    lastTicks: splitTicks(market.lastTicks, ratio),
    volumes: market.volumes.map((volume) => volume * ratio),
  });
}

/** A new version in the scale after the split. The cash set aside for it stays; one without a lot left ends. */
function splitOrder(draft: AccountDraft, order: OrderState, ratio: number, at: number): void {
  const ticks = (price: number | null) => (price === null ? null : splitTicks(price, ratio));
  const filledLots = splitLots(order.filledLots, ratio).lots;
  const left = splitLots(remainingLots(order), ratio).lots;
  if (left === 0) {
    draft.end(order.id, 'CANCELED', isEntry(order) ? 'INSUFFICIENT_RESERVE' : 'POSITION_CLOSED', at);
    return;
  }
  const next: OrderState = {
    ...order,
    lots: filledLots + left,
    filledLots,
    limitTicks: ticks(order.limitTicks),
    stopTicks: ticks(order.stopTicks),
    stopDistanceTicks: ticks(order.stopDistanceTicks),
    takeProfitDistanceTicks: ticks(order.takeProfitDistanceTicks),
    reservePriceTicks: ticks(order.reservePriceTicks),
    version: order.version + 1,
  };
  draft.orders.put(next);
  draft.events.push({ type: 'order_updated', order: next, at, fill: null });
}
