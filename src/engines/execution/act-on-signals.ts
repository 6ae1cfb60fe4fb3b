import { naturalId } from '../../domain/event-id.js';
import { timeframeMs } from '../../domain/timeframe.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import type { OrderIntent } from '../risk/order-intent.js';
import { entryLots } from '../risk/sizing.js';
import type { AccountDraft } from './account-draft.js';
import { decide } from './decide.js';
import { isProtective } from './order-state.js';
import type { Slice, SliceSignal } from './slice.js';

/** Signals are targets: BUY = be long, SELL = be flat, HOLD = leave as it is. Those of other sources are not ours. */
export function actOnSignals(draft: AccountDraft, slice: Slice): void {
  for (const signal of slice.signals) {
    if (signal.source !== draft.before.signalSource) continue;
    if (signal.action === 'BUY') beLong(draft, signal, slice);
    if (signal.action === 'SELL') beFlat(draft, signal, slice);
  }
}

/** An account that is long already, in whole or in part, stays as it is: no pyramiding. */
function beLong(draft: AccountDraft, signal: SliceSignal, slice: Slice): void {
  if (draft.positionLots(signal.symbol) > 0) return;
  const market = draft.markets.get(signal.symbol);
  const { scale } = draft.instrument(signal.symbol);
  const { entryFraction } = draft.settings.limits;
  const lots = market === undefined ? 0 : entryLots(scale, draft.equityCents, market.lastTicks, entryFraction);
  const intent: OrderIntent = {
    ...marketOrder(draft, signal, 'ENTRY', lots),
    side: 'BUY',
    stopDistanceTicks: distanceTicks(scale, signal.stopDistance),
    takeProfitDistanceTicks: distanceTicks(scale, signal.takeProfitDistance),
    decidedAt: slice.time,
  };
  place(draft, intent, slice);
}

function beFlat(draft: AccountDraft, signal: SliceSignal, slice: Slice): void {
  const open = draft.openOrders(signal.symbol);
  for (const order of open.filter((candidate) => candidate.cause === 'ENTRY')) {
    draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  const held = draft.positionLots(signal.symbol);
  if (held === 0 || open.some((order) => order.cause === 'EXIT_SIGNAL' || order.cause === 'FLATTEN')) return;
  // Sales by hand that wait for a better price would keep the account from being flat. Protection stays until it is.
  for (const order of open.filter((candidate) => candidate.side === 'SELL' && !isProtective(candidate))) {
    draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', slice.time);
  }
  // An exit is never too late, but one that comes late fills from now on, not in the past.
  const expiresAt = signal.timestamp + draft.settings.limits.signalExpiresAfterBars * timeframeMs(signal.timeframe);
  const decidedAt = slice.decisionTime > expiresAt ? slice.decisionTime : slice.time;
  place(draft, { ...marketOrder(draft, signal, 'EXIT_SIGNAL', held), side: 'SELL', decidedAt }, slice);
}

/** The paper broker takes an automated order at once. */
function place(draft: AccountDraft, intent: OrderIntent, slice: Slice): void {
  const decisionId = naturalId('risk-decision', intent.orderId);
  decide(draft, intent, { nowMs: slice.decisionTime, decisionId, status: 'ACCEPTED' });
}

/** Derived from the signal: the same signal cannot make a second order. */
function marketOrder(
  draft: AccountDraft,
  signal: SliceSignal,
  cause: 'ENTRY' | 'EXIT_SIGNAL',
  lots: number,
): Omit<OrderIntent, 'side' | 'decidedAt'> {
  return {
    orderId: naturalId('order-id', draft.before.accountId, cause, signal.id),
    clientOrderId: `@${cause === 'ENTRY' ? 'entry' : 'exit'}-${signal.id}`,
    symbol: signal.symbol,
    orderType: 'MARKET',
    timeInForce: 'GTC',
    cause,
    lots,
    limitTicks: null,
    stopTicks: null,
    stopDistanceTicks: null,
    takeProfitDistanceTicks: null,
    signalId: signal.id,
    signalTime: signal.timestamp,
  };
}

const distanceTicks = (scale: InstrumentScale, distance: number | null): number | null =>
  distance === null ? null : Math.max(1, Math.round(distance * scale.ticksPerUnit));
