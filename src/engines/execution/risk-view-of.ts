import type { OrderIntent } from '../risk/order-intent.js';
import type { RiskView } from '../risk/risk-view.js';
import type { AccountDraft } from './account-draft.js';
import { buyingPowerCents, freeCents } from './free-cents.js';
import { openEntryLots, openExitLots } from './order-state.js';
import { countsExits } from './trading-rules.js';

/** What risk is shown of an account when it decides on an order. */
export function riskViewOf(draft: AccountDraft, { symbol, side }: OrderIntent, nowMs: number): RiskView {
  const { scale, costs } = draft.instrument(symbol);
  const { rules, equityCents } = draft;
  const open = draft.openOrders(symbol);
  const positionLots = draft.positionLots(symbol);
  const exits = openExitLots(open);
  const heldLots = Math.max(0, (side === 'BUY' ? positionLots : 0 - positionLots) - (countsExits(rules) ? exits : 0));
  return {
    status: draft.before.status,
    currency: draft.before.currency,
    scale,
    feeBps: costs.feeBps,
    freeCents: freeCents(draft),
    equityCents,
    buyingPowerCents: buyingPowerCents(equityCents, rules),
    margin: rules.margin,
    allowShort: rules.allowShort,
    dayStartEquityCents: draft.day.startEquityCents,
    positionLots,
    exposedLots: heldLots + openEntryLots(open, side),
    openExitLots: exits,
    openOrders: draft.orders.size,
    entryPlaced: open.some((order) => order.cause === 'ENTRY'),
    market: draft.markets.get(symbol) ?? null,
    nowMs,
  };
}
