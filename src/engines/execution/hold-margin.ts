import type { Position } from '../../domain/books.js';
import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from './account-draft.js';
import { decideToClose } from './decide-to-close.js';
import { isEntry, isProtective } from './order-state.js';
import { roundedProduct } from '../portfolio/whole-number.js';
import type { Slice } from './slice.js';
import { watchesMargin, type TradingRules } from './trading-rules.js';

const MARGIN_CALL = '@margin-';
const DAYS_PER_YEAR = 365;
/** Parts of a whole that a yearly rate is counted in. */
const RATE_STEPS = 1_000_000;

/** True for the order that closes a position because the equity no longer covers it. */
export const isMarginCall = ({ clientOrderId }: Pick<OrderState, 'clientOrderId'>): boolean =>
  clientOrderId.startsWith(MARGIN_CALL);

/** True when an account must be closed: nothing is left, or less than the positions need. Cents, `heldCents` without signs. */
export const isBelowMaintenance = (
  equityCents: number,
  heldCents: number,
  { maintenanceMargin }: TradingRules,
): boolean => heldCents > 0 && (equityCents <= 0 || equityCents < heldCents * maintenanceMargin);

/**
 * The margin call, at the closes of a slice: entries are canceled, and every position is closed by an order at the market,
 * which fills as any other does (at the next open, or at this close where orders fill at closes).
 */
export function holdMargin(draft: AccountDraft, slice: Slice): void {
  if (!watchesMargin(draft.rules)) return;
  let held = 0;
  for (const { marketValueCents } of draft.positions.values()) held += Math.abs(marketValueCents);
  if (!isBelowMaintenance(draft.equityCents, held, draft.rules)) return;
  for (const order of draft.orders.values()) {
    if (isEntry(order)) draft.end(order.id, 'CANCELED', 'INSUFFICIENT_RESERVE', slice.time);
  }
  for (const position of draft.positions.values()) callIn(draft, position, slice);
}

function callIn(draft: AccountDraft, { symbol, lots }: Position, slice: Slice): void {
  const leaves = draft.openOrders(symbol).some((order) => !isEntry(order) && !isProtective(order));
  if (lots === 0 || leaves || !draft.markets.has(symbol)) return;
  decideToClose(draft, { symbol, lots }, MARGIN_CALL, { decidedAt: slice.time, nowMs: slice.decisionTime });
}

/**
 * Charges what was borrowed over so many days, at the last marks: shares sold short at their value, and cash below 0. In
 * whole cents a symbol, counted among the fees.
 */
export function chargeBorrowing(draft: AccountDraft, days: number): void {
  const { borrowRate } = draft.rules;
  if (borrowRate === 0) return;
  const charge = (cents: number): number =>
    roundedProduct(cents, days * Math.round(borrowRate * RATE_STEPS), {
      numerator: 1,
      denominator: RATE_STEPS * DAYS_PER_YEAR,
    });
  let cost = 0;
  for (const { marketValueCents } of draft.positions.values()) {
    if (marketValueCents < 0) cost += charge(-marketValueCents);
  }
  // What shorts were sold for is in the cash, and is not lent.
  if (draft.cashCents < 0) cost += charge(-draft.cashCents);
  draft.cashCents -= cost;
  draft.feesCents += cost;
}
