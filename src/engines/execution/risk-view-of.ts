import type { RiskView } from '../risk/risk-view.js';
import type { AccountDraft } from './account-draft.js';
import { openBuyLots, openSellLots } from './order-state.js';

/** What risk is shown of an account when it decides on an order in `symbol`. */
export function riskViewOf(draft: AccountDraft, symbol: string, nowMs: number): RiskView {
  const { scale, costs } = draft.instrument(symbol);
  const market = draft.markets.get(symbol);
  const open = draft.openOrders(symbol);
  return {
    status: draft.before.status,
    currency: draft.before.currency,
    scale,
    feeBps: costs.feeBps,
    cashCents: draft.cashCents,
    reservedCents: draft.reservedCents,
    equityCents: draft.equityCents,
    dayStartEquityCents: draft.day.startEquityCents,
    positionLots: draft.positionLots(symbol),
    openBuyLots: openBuyLots(open),
    openSellLots: openSellLots(open),
    openOrders: draft.orders.size,
    entryPlaced: open.some((order) => order.cause === 'ENTRY'),
    market: market ?? null,
    nowMs,
  };
}
