import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from '../execution/account-draft.js';
import { isEntry, remainingLots } from '../execution/order-state.js';
import { bookSplit, dividendCents, splitLots, splitTicks } from '../portfolio/book-action.js';
import type { BarAction } from './bar-actions.js';

/** What an action did to an account. */
export interface ActionOutcome {
  readonly dividendCents: number;
  /** Paid for what was no whole lot after a split, and what of it is a gain. */
  readonly inLieuCents: number;
  readonly realizedPnlCents: number;
}

/**
 * Books a split and a dividend of a symbol on the account of a backtest, between two slices: before it lies the last
 * close, after it the open that trades without. Live trading has nothing like it yet; its slices stay as they are.
 * @param at the time of the booking, epoch milliseconds UTC
 */
export function bookAction(draft: AccountDraft, symbol: string, action: BarAction, at: number): ActionOutcome {
  const { scale } = draft.instrument(symbol);
  const { ratio, dividend } = action;
  let inLieuCents = 0;
  let realizedPnlCents = 0;
  if (ratio !== 1) {
    const position = draft.positions.get(symbol);
    if (position !== undefined) {
      const booked = bookSplit(position, scale, ratio, at);
      ({ inLieuCents, realizedPnlCents } = booked);
      draft.positions.set(symbol, booked.position);
    }
    splitMarket(draft, symbol, ratio);
    for (const order of draft.openOrders(symbol)) splitOrder(draft, order, ratio, at);
  }
  const dividends = dividend === 0 ? 0 : dividendCents(scale, draft.positionLots(symbol), dividend);
  draft.cashCents += inLieuCents + dividends;
  return { dividendCents: dividends, inLieuCents, realizedPnlCents };
}

function splitMarket(draft: AccountDraft, symbol: string, ratio: number): void {
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
