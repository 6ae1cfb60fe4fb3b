import type { OrderState } from '../../domain/order-state.js';
import type { AccountDraft } from './account-draft.js';
import { decide } from './decide.js';

/**
 * Decides on the order at the market that closes what the engine itself wants closed: a margin call, the end of a backtest.
 * Null where risk denies it.
 * @param lots what is held, signed; not 0
 * @param kind beginning of the client's order id, by which such orders are known
 */
export function decideToClose(
  draft: AccountDraft,
  { symbol, lots }: { readonly symbol: string; readonly lots: number },
  kind: string,
  { decidedAt, nowMs }: { readonly decidedAt: number; readonly nowMs: number },
): OrderState | null {
  const orderId = draft.newId('order-id', draft.before.accountId, 'FLATTEN', symbol, decidedAt);
  return decide(
    draft,
    {
      orderId,
      clientOrderId: `${kind}${orderId}`,
      symbol,
      side: lots > 0 ? 'SELL' : 'BUY',
      orderType: 'MARKET',
      timeInForce: 'GTC',
      cause: 'FLATTEN',
      lots: Math.abs(lots),
      limitTicks: null,
      stopTicks: null,
      stopDistanceTicks: null,
      takeProfitDistanceTicks: null,
      signalId: null,
      signalTime: null,
      decidedAt,
    },
    { nowMs, decisionId: draft.record.isFull ? draft.newId('risk-decision', orderId) : '', status: 'ACCEPTED' },
  );
}
