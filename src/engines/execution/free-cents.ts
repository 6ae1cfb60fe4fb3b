import type { Position } from '../../domain/books.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { marginCents, notionalCents } from '../portfolio/money.js';
import type { AccountDraft } from './account-draft.js';
import { openExitLots } from './order-state.js';
import { countsExits, type TradingRules } from './trading-rules.js';

/**
 * What an account may still set aside for entries, in cents. On a plain cash account: the cash, less what is set aside
 * already. Where there are shorts, margin or exclusive orders: the equity, less the margin of all that stays once the open
 * exits are filled, less what is set aside.
 */
export function freeCents(draft: AccountDraft): number {
  const { rules } = draft;
  if (!countsExits(rules)) return draft.cashCents - draft.reservedCents;
  let free = draft.equityCents - draft.reservedCents;
  for (const position of draft.positions.values()) {
    if (position.lots === 0) continue;
    const { scale } = draft.instrument(position.symbol);
    free -= marginCents(keptCents(draft, position, scale), rules.margin);
  }
  return free;
}

/** Value at the mark, above 0, of what the open exits leave. */
function keptCents(draft: AccountDraft, { symbol, lots, markTicks }: Position, scale: InstrumentScale): number {
  const kept = Math.max(0, Math.abs(lots) - openExitLots(draft.openOrders(symbol)));
  return notionalCents(scale, markTicks, kept);
}

/** What shares of the equity are shares of, in cents: with a margin of 0.5 an account may hold twice its equity. */
export const buyingPowerCents = (equityCents: number, { margin }: TradingRules): number =>
  margin === 1 ? equityCents : Math.floor(equityCents / margin);
