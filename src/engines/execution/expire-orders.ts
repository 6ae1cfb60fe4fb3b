import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from './account-draft.js';
import { sessionEndOf } from './session-end.js';
import { isProtective } from './order-state.js';
import type { EndedSeries } from './slice.js';

/** Ends DAY orders whose session ended at `lastEnd` (epoch milliseconds UTC) or before. */
export function expireSessions(draft: AccountDraft, lastEnd: number): void {
  if (draft.orders.size === 0) return;
  for (const order of draft.orders.values()) {
    if (order.timeInForce !== 'DAY') continue;
    const sessionEnd = sessionEndOf(draft.instrument(order.symbol).calendar, order.decidedAt);
    if (sessionEnd <= lastEnd) draft.end(order.id, 'EXPIRED', 'SESSION_OVER', sessionEnd);
  }
}

/** No further bar comes for a symbol: what only a next bar could fill expires. Protective orders stay. */
export function expireEnded(draft: AccountDraft, series: EndedSeries, at: number): void {
  for (const order of draft.openOrders(series.symbol)) {
    if (!isProtective(order) && needsNextBar(order, series)) {
      draft.end(order.id, 'EXPIRED', 'NO_MORE_BARS', Math.max(at, order.decidedAt));
    }
  }
  draft.markets.delete(series.symbol);
}

const needsNextBar = (order: OrderState, series: EndedSeries): boolean =>
  order.orderType === 'MARKET' ||
  order.timeInForce === 'IOC' ||
  // An untracked symbol may be tracked again; a replay that is over is over.
  series.reason === 'REPLAY_OVER';
