import type { OrderState } from '../../domain/order-state.js';
import { canBecome, isTerminal, type OrderEndReason, type OrderSide } from '../../domain/order.js';
import { invariant } from '../../domain/result.js';
import { increasesExposure, type OrderIntent } from '../risk/order-intent.js';
import type { RiskApproved } from '../risk/approve.js';

export const remainingLots = (order: Pick<OrderState, 'lots' | 'filledLots'>): number => order.lots - order.filledLots;
export const isProtective = (order: Pick<OrderState, 'cause'>): boolean =>
  order.cause === 'STOP_LOSS' || order.cause === 'TAKE_PROFIT';

/** The order that an approved intent becomes: there is no other way to a first version of one. */
export function orderOf(
  approved: RiskApproved<OrderIntent>,
  about: { readonly accountId: string; readonly riskDecisionId: string; readonly status: 'PENDING' | 'ACCEPTED' },
): OrderState {
  const { intent } = approved;
  return {
    id: intent.orderId,
    accountId: about.accountId,
    clientOrderId: intent.clientOrderId,
    symbol: intent.symbol,
    side: intent.side,
    orderType: intent.orderType,
    timeInForce: intent.timeInForce,
    cause: intent.cause,
    lots: intent.lots,
    limitTicks: intent.limitTicks,
    stopTicks: intent.stopTicks,
    stopDistanceTicks: intent.stopDistanceTicks,
    takeProfitDistanceTicks: intent.takeProfitDistanceTicks,
    protectionMode: null,
    parentOrderId: null,
    status: about.status,
    endReason: null,
    triggered: false,
    filledLots: 0,
    filledTickLots: 0n,
    reservedCents: approved.reservedCents,
    reservePriceTicks: approved.reservePriceTicks,
    riskDecisionId: about.riskDecisionId,
    signalId: intent.signalId,
    decidedAt: intent.decidedAt,
    filledAt: null,
    endedAt: null,
    version: 1,
  };
}

/** What may change from one version of an order to the next; what is left out or null stays as it was. */
export type OrderChange = Partial<
  Pick<
    OrderState,
    | 'status'
    | 'endReason'
    | 'endedAt'
    | 'lots'
    | 'limitTicks'
    | 'stopTicks'
    | 'triggered'
    | 'filledLots'
    | 'filledTickLots'
    | 'filledAt'
    | 'reservedCents'
  >
>;

/** The next version of an order. Throws on a change of a terminal order or an illegal transition. */
export function nextVersion(order: OrderState, change: OrderChange): OrderState {
  const status = change.status ?? order.status;
  const lots = change.lots ?? order.lots;
  const filledLots = change.filledLots ?? order.filledLots;
  if (isTerminal(order.status)) invariant(false, `order ${order.id} is ${order.status} and cannot change`);
  if (status !== order.status && !canBecome(order.status, status)) {
    invariant(false, `order ${order.id} cannot go from ${order.status} to ${status}`);
  }
  if (filledLots > lots) invariant(false, `order ${order.id}: ${filledLots} of ${lots} lots filled`);
  // Named one by one: merging two objects costs twenty times as much, and a backtest makes versions by the hundred thousand.
  return {
    id: order.id,
    accountId: order.accountId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    orderType: order.orderType,
    timeInForce: order.timeInForce,
    cause: order.cause,
    lots,
    limitTicks: change.limitTicks ?? order.limitTicks,
    stopTicks: change.stopTicks ?? order.stopTicks,
    stopDistanceTicks: order.stopDistanceTicks,
    takeProfitDistanceTicks: order.takeProfitDistanceTicks,
    protectionMode: order.protectionMode,
    parentOrderId: order.parentOrderId,
    status,
    endReason: change.endReason ?? order.endReason,
    triggered: change.triggered ?? order.triggered,
    filledLots,
    filledTickLots: change.filledTickLots ?? order.filledTickLots,
    reservedCents: isTerminal(status) ? 0 : (change.reservedCents ?? order.reservedCents),
    reservePriceTicks: order.reservePriceTicks,
    riskDecisionId: order.riskDecisionId,
    signalId: order.signalId,
    decidedAt: order.decidedAt,
    filledAt: change.filledAt ?? order.filledAt,
    endedAt: change.endedAt ?? order.endedAt,
    version: order.version + 1,
  };
}

/** The change that ends an order before it is wholly filled. */
export const ended = (status: 'CANCELED' | 'EXPIRED', endReason: OrderEndReason, at: number): OrderChange => ({
  status,
  endReason,
  endedAt: at,
});

/** True for an order that opens a position or adds to it; it has cash set aside. */
export const isEntry = (order: Pick<OrderState, 'cause' | 'side'>): boolean => increasesExposure(order);

/** Lots that open exits have not closed yet; protective orders follow the position and are not counted. */
export function openExitLots(orders: readonly OrderState[]): number {
  let lots = 0;
  for (const order of orders) if (!isEntry(order) && !isProtective(order)) lots += remainingLots(order);
  return lots;
}

/** Lots that open entries on a side have not bought, or sold short, yet. */
export function openEntryLots(orders: readonly OrderState[], side: OrderSide): number {
  let lots = 0;
  for (const order of orders) if (isEntry(order) && order.side === side) lots += remainingLots(order);
  return lots;
}
