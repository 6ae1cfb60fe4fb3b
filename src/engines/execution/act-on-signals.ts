import type { OrderSide } from '../../domain/order.js';
import { timeframeMs } from '../../domain/timeframe.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import type { OrderIntent } from '../risk/order-intent.js';
import type { AccountDraft } from './account-draft.js';
import { decide } from './decide.js';
import { entryOrder, type OrderTerms } from './entry-order.js';
import { isEntry, isProtective } from './order-state.js';
import type { Slice, SliceSignal } from './slice.js';
import { countsExits } from './trading-rules.js';

/**
 * Signals are targets: BUY = be long, SELL = be flat (be short where the account's rules allow it), HOLD = leave as it is.
 * Those of other sources are not ours.
 */
export function actOnSignals(draft: AccountDraft, slice: Slice, signals: readonly SliceSignal[]): void {
  for (const signal of signals) {
    if (signal.source !== draft.before.signalSource) continue;
    if (signal.action === 'BUY') beIn(draft, signal, slice, 1);
    if (signal.action !== 'SELL') continue;
    if (draft.rules.allowShort && signal.closes !== true) beIn(draft, signal, slice, -1);
    else beFlat(draft, signal, slice);
  }
}

/**
 * An account that is on that side already, in whole or in part, stays as it is: no pyramiding, unless orders are exclusive.
 * What it holds else is closed first. An entry that waits for its price gives way to the newer one, and so does any of the
 * other side.
 * @param sign 1 to be long, -1 to be short
 */
function beIn(draft: AccountDraft, signal: SliceSignal, slice: Slice, sign: 1 | -1): void {
  const { rules } = draft;
  const side = sign > 0 ? 'BUY' : 'SELL';
  const held = draft.positionLots(signal.symbol) * sign;
  const stays = held > 0 && !rules.exclusiveOrders;
  for (const order of draft.openOrders(signal.symbol)) {
    if (order.cause !== 'ENTRY') continue;
    const isOvertaken = order.side !== side || rules.exclusiveOrders || (!stays && order.orderType !== 'MARKET');
    if (isOvertaken) draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  if (stays) return;
  if (held !== 0 && countsExits(rules)) beFlat(draft, signal, slice);
  const { scale } = draft.instrument(signal.symbol);
  const entry = entryOrder(draft, signal);
  const protection = {
    stop: distanceTicks(scale, signal.stopDistance),
    takeProfit: distanceTicks(scale, signal.takeProfitDistance),
  };
  place(draft, intentOf(draft, signal, 'ENTRY', side, entry, protection, slice.time), slice);
}

function beFlat(draft: AccountDraft, signal: SliceSignal, slice: Slice): void {
  const open = draft.openOrders(signal.symbol);
  for (const order of open) {
    if (order.cause === 'ENTRY') draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  const held = draft.positionLots(signal.symbol);
  if (held === 0 || open.some((order) => order.cause === 'EXIT_SIGNAL' || order.cause === 'FLATTEN')) return;
  // Exits by hand that wait for a better price would keep the account from being flat. Protection stays until it is.
  for (const order of open) {
    if (isEntry(order) || isProtective(order)) continue;
    draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  // An exit is never too late, but one that comes late fills from now on, not in the past.
  const expiresAt = signal.timestamp + draft.settings.limits.signalExpiresAfterBars * timeframeMs(signal.timeframe);
  const decidedAt = slice.decisionTime > expiresAt ? slice.decisionTime : slice.time;
  const lots = Math.abs(held);
  const exit = { orderType: 'MARKET', timeInForce: 'GTC', lots, limitTicks: null, stopTicks: null } as const;
  const side = held > 0 ? 'SELL' : 'BUY';
  place(draft, intentOf(draft, signal, 'EXIT_SIGNAL', side, exit, NO_PROTECTION, decidedAt), slice);
}

/** Distances in ticks from the fill price; null for none. */
interface ProtectionDistances {
  readonly stop: number | null;
  readonly takeProfit: number | null;
}
const NO_PROTECTION: ProtectionDistances = { stop: null, takeProfit: null };

/** The paper broker takes an automated order at once. */
function place(draft: AccountDraft, intent: OrderIntent, slice: Slice): void {
  const decisionId = draft.record.isFull ? draft.newId('risk-decision', intent.orderId) : '';
  decide(draft, intent, { nowMs: slice.decisionTime, decisionId, status: 'ACCEPTED' });
}

/** Derived from the signal: the same signal cannot make a second order. */
function intentOf(
  draft: AccountDraft,
  signal: SliceSignal,
  cause: 'ENTRY' | 'EXIT_SIGNAL',
  side: OrderSide,
  { orderType, timeInForce, lots, limitTicks, stopTicks }: OrderTerms,
  protection: ProtectionDistances,
  decidedAt: number,
): OrderIntent {
  return {
    orderId: draft.newId('order-id', draft.before.accountId, cause, signal.id),
    clientOrderId: `@${cause === 'ENTRY' ? 'entry' : 'exit'}-${signal.id}`,
    symbol: signal.symbol,
    side,
    orderType,
    timeInForce,
    cause,
    lots,
    limitTicks,
    stopTicks,
    stopDistanceTicks: protection.stop,
    takeProfitDistanceTicks: protection.takeProfit,
    signalId: signal.id,
    signalTime: signal.timestamp,
    decidedAt,
  };
}

/** A distance above 0 is one tick at least; one that is not stays so, and risk denies it. */
function distanceTicks(scale: InstrumentScale, distance: number | null): number | null {
  if (distance === null) return null;
  const ticks = Math.round(distance * scale.ticksPerUnit);
  return distance > 0 ? Math.max(1, ticks) : ticks;
}
