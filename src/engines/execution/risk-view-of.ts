import type { RiskView } from '../risk/risk-view.js';
import type { AccountDraft } from './account-draft.js';

/** What risk is shown of an account when it decides on an order in `symbol`. */
export function riskViewOf(draft: AccountDraft, symbol: string, nowMs: number): RiskView {
  const { scale, costs } = draft.instrument(symbol);
  const market = draft.markets.get(symbol);
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
    openBuyLots: draft.openBuyLots(symbol),
    openSellLots: draft.openSellLots(symbol),
    openOrders: draft.orders.size,
    entryPlaced: draft.openOrders(symbol).some((order) => order.cause === 'ENTRY'),
    market: market ?? null,
    nowMs,
  };
}
