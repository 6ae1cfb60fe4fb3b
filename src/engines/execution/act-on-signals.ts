import { timeframeMs } from '../../domain/timeframe.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import type { OrderIntent } from '../risk/order-intent.js';
import type { AccountDraft } from './account-draft.js';
import { decide } from './decide.js';
import { entryOrder, type OrderTerms } from './entry-order.js';
import { isProtective } from './order-state.js';
import type { Slice, SliceSignal } from './slice.js';

/** Signals are targets: BUY = be long, SELL = be flat, HOLD = leave as it is. Those of other sources are not ours. */
export function actOnSignals(draft: AccountDraft, slice: Slice, signals: readonly SliceSignal[]): void {
  for (const signal of signals) {
    if (signal.source !== draft.before.signalSource) continue;
    if (signal.action === 'BUY') beLong(draft, signal, slice);
    if (signal.action === 'SELL') beFlat(draft, signal, slice);
  }
}

/**
 * An account that is long already, in whole or in part, stays as it is: no pyramiding. An entry that waits for its price
 * gives way to the newer one.
 */
function beLong(draft: AccountDraft, signal: SliceSignal, slice: Slice): void {
  if (draft.positionLots(signal.symbol) > 0) return;
  for (const order of draft.openOrders(signal.symbol)) {
    if (order.cause !== 'ENTRY' || order.orderType === 'MARKET') continue;
    draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  const { scale } = draft.instrument(signal.symbol);
  const entry = entryOrder(draft, signal);
  const stopDistanceTicks = distanceTicks(scale, signal.stopDistance);
  const takeProfitDistanceTicks = distanceTicks(scale, signal.takeProfitDistance);
  place(draft, intentOf(draft, signal, 'ENTRY', entry, stopDistanceTicks, takeProfitDistanceTicks, slice.time), slice);
}

function beFlat(draft: AccountDraft, signal: SliceSignal, slice: Slice): void {
  const open = draft.openOrders(signal.symbol);
  for (const order of open) {
    if (order.cause === 'ENTRY') draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  const held = draft.positionLots(signal.symbol);
  if (held === 0 || open.some((order) => order.cause === 'EXIT_SIGNAL' || order.cause === 'FLATTEN')) return;
  // Sales by hand that wait for a better price would keep the account from being flat. Protection stays until it is.
  for (const order of open) {
    if (order.side !== 'SELL' || isProtective(order)) continue;
    draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  // An exit is never too late, but one that comes late fills from now on, not in the past.
  const expiresAt = signal.timestamp + draft.settings.limits.signalExpiresAfterBars * timeframeMs(signal.timeframe);
  const decidedAt = slice.decisionTime > expiresAt ? slice.decisionTime : slice.time;
  const exit = { orderType: 'MARKET', timeInForce: 'GTC', lots: held, limitTicks: null, stopTicks: null } as const;
  place(draft, intentOf(draft, signal, 'EXIT_SIGNAL', exit, null, null, decidedAt), slice);
}

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
  { orderType, timeInForce, lots, limitTicks, stopTicks }: OrderTerms,
  stopDistanceTicks: number | null,
  takeProfitDistanceTicks: number | null,
  decidedAt: number,
): OrderIntent {
  return {
    orderId: draft.newId('order-id', draft.before.accountId, cause, signal.id),
    clientOrderId: `@${cause === 'ENTRY' ? 'entry' : 'exit'}-${signal.id}`,
    symbol: signal.symbol,
    side: cause === 'ENTRY' ? 'BUY' : 'SELL',
    orderType,
    timeInForce,
    cause,
    lots,
    limitTicks,
    stopTicks,
    stopDistanceTicks,
    takeProfitDistanceTicks,
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
