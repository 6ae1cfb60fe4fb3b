import type { OrderState } from '../../domain/order-state.js';
import type { Fill } from '../../domain/trading-event.js';
import type { OrderCause } from '../../domain/order.js';
import type { AccountDraft } from './account-draft.js';

/**
 * After a fill of an entry: its stop and its target, anchored at the price it was filled at (the average, when it
 * fills in parts) by the distances that were decided, so a gap cannot put them on the wrong side. They are orders of
 * their own, and cover what the entry has bought or sold short.
 */
export function protectEntry(draft: AccountDraft, entry: OrderState, fill: Fill): void {
  if (entry.stopDistanceTicks === null && entry.takeProfitDistanceTicks === null) return;
  const sign = entry.side === 'BUY' ? 1 : -1;
  const average = Number(roundedAverage(entry.filledTickLots, BigInt(entry.filledLots)));
  if (entry.stopDistanceTicks !== null) {
    const stopTicks = Math.max(1, average - sign * entry.stopDistanceTicks);
    placeOrAmend(draft, entry, fill, 'STOP_LOSS', { stopTicks, limitTicks: null });
  }
  if (entry.takeProfitDistanceTicks !== null) {
    placeOrAmend(draft, entry, fill, 'TAKE_PROFIT', {
      stopTicks: null,
      limitTicks: Math.max(1, average + sign * entry.takeProfitDistanceTicks),
    });
  }
}

const roundedAverage = (tickLots: bigint, lots: bigint): bigint => (tickLots * 2n + lots) / (lots * 2n);

type Prices = Pick<OrderState, 'stopTicks' | 'limitTicks'>;

function placeOrAmend(
  draft: AccountDraft,
  entry: OrderState,
  fill: Fill,
  cause: Extract<OrderCause, 'STOP_LOSS' | 'TAKE_PROFIT'>,
  prices: Prices,
): void {
  const open = draft
    .openOrders(entry.symbol)
    .find((order) => order.cause === cause && order.parentOrderId === entry.id);
  if (open === undefined) draft.create(protection(draft, entry, fill, cause, prices), fill.timestamp);
  else
    draft.change(
      open.id,
      { stopTicks: prices.stopTicks, limitTicks: prices.limitTicks, lots: open.lots + fill.lots },
      fill.timestamp,
    );
}

function protection(
  draft: AccountDraft,
  entry: OrderState,
  fill: Fill,
  cause: Extract<OrderCause, 'STOP_LOSS' | 'TAKE_PROFIT'>,
  prices: Prices,
): OrderState {
  // A later part of the entry may need protection anew, after the first was closed together with the position.
  const part = entry.filledLots - fill.lots;
  return {
    ...entry,
    stopTicks: prices.stopTicks,
    limitTicks: prices.limitTicks,
    id: draft.newId('order-id', entry.accountId, cause, entry.id, part),
    // `@` cannot be in a client order id that comes from outside.
    clientOrderId: `@${cause === 'STOP_LOSS' ? 'stop' : 'target'}-${entry.id}-${part}`,
    side: entry.side === 'BUY' ? 'SELL' : 'BUY',
    orderType: cause === 'STOP_LOSS' ? 'STOP' : 'LIMIT',
    timeInForce: 'GTC',
    cause,
    lots: fill.lots,
    stopDistanceTicks: null,
    takeProfitDistanceTicks: null,
    // The paper broker holds it: it acts inside the bar.
    protectionMode: 'RESTING',
    parentOrderId: entry.id,
    status: 'ACCEPTED',
    endReason: null,
    triggered: false,
    filledLots: 0,
    filledTickLots: 0n,
    reservedCents: 0,
    reservePriceTicks: null,
    riskDecisionId: null,
    // The position is the cause of an exit, not the signal of its entry.
    signalId: null,
    decidedAt: fill.timestamp,
    filledAt: null,
    endedAt: null,
    version: 1,
  };
}
