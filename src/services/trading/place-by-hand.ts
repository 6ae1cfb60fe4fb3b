import type { Refusal } from '../../domain/error-codes.js';
import type { DenialCode, RiskDecision } from '../../domain/risk-decision.js';
import { err, invariant, ok, type Result } from '../../domain/result.js';
import { askRisk, decide } from '../../engines/execution/decide.js';
import type { Denied } from '../../engines/risk/approve.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import { stepsToText } from '../../engines/portfolio/decimal-text.js';
import { FundsRefusedError } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import type { OpenBooks, TradingDesk } from './books-by-hand.js';

/**
 * Asks risk about an order by hand and stores it with all that the draft has become, or, when it is denied, the decision and
 * nothing else. Throws FundsRefusedError when the database's own check says no: the transaction is rolled back then.
 */
export async function placeByHand(
  { store, newId }: TradingDesk,
  tx: Transaction,
  books: OpenBooks,
  intent: OrderIntent,
  inputDigest: string,
): Promise<Result<{ readonly orderId: string }, Refusal>> {
  const { draft, now, instruments } = books;
  const outcome = askRisk(draft, intent, now);
  decide(draft, intent, { nowMs: now, decisionId: newId(), status: 'PENDING' });
  if (outcome.approved) {
    await books.save({ inputDigest });
    return ok({ orderId: intent.orderId });
  }
  await store.saveDecisions(tx, { events: draft.events, instruments });
  return err(deniedRefusal(outcome));
}

/**
 * Runs what places an order. When the database's own check refuses what the engine had approved, and rolls it back, that is a
 * denial too: it is stored in a transaction of its own.
 */
export async function placedOrRefused(
  desk: TradingDesk,
  place: (tx: Transaction) => Promise<Result<{ readonly orderId: string }, Refusal>>,
): Promise<Result<{ readonly orderId: string }, Refusal>> {
  try {
    return await desk.unitOfWork.transaction(place);
  } catch (error) {
    if (!(error instanceof FundsRefusedError)) throw error;
    const { order } = error;
    const instrument = await desk.store.instrument(order.symbol);
    invariant(instrument !== null, `the instrument of ${order.symbol} is stored, an order of it was approved`);
    const decision = refusedByDatabase(desk, order);
    const instruments = new Map([[instrument.symbol, instrument]]);
    await desk.unitOfWork.transaction((tx) =>
      desk.store.saveDecisions(tx, { events: [{ type: 'risk_decided', decision }], instruments }),
    );
    const quantity = stepsToText(order.lots, instrument.lotSize);
    return err({
      code: decision.deniedCode ?? 'INSUFFICIENT_FUNDS',
      message: `quantity: ${quantity} is more than the account has free`,
      path: ['input', 'quantity'],
    });
  }
}

function refusedByDatabase(desk: TradingDesk, order: FundsRefusedError['order']): RiskDecision {
  const code = order.side === 'BUY' ? 'INSUFFICIENT_FUNDS' : 'INSUFFICIENT_POSITION';
  const value = 'refused by check_available_funds';
  return {
    id: desk.newId(),
    accountId: order.accountId,
    symbol: order.symbol,
    side: order.side,
    lots: order.lots,
    cause: order.cause,
    approved: false,
    deniedCode: code,
    checks: [{ code, passed: false, limit: null, value, headroom: null }],
    signalId: null,
    decidedAt: order.decidedAt,
  };
}

/** The part of the input that a denial speaks of; what is the account's state, or the market's, is nobody's input. */
const DENIED_FIELDS: Partial<Record<DenialCode, string>> = {
  QUANTITY_OUT_OF_RANGE: 'quantity',
  BELOW_MIN_NOTIONAL: 'quantity',
  INSUFFICIENT_FUNDS: 'quantity',
  INSUFFICIENT_POSITION: 'quantity',
  MAX_ORDER_NOTIONAL: 'quantity',
  MAX_POSITION: 'quantity',
  PRICE_OUT_OF_COLLAR: 'limitPrice',
  PROTECTION_NOT_APPLICABLE: 'stopLoss',
  PROTECTION_ON_WRONG_SIDE: 'stopLoss',
  NO_MARKET_DATA: 'symbol',
  STALE_DATA: 'symbol',
  NO_TRADED_VOLUME: 'symbol',
};

function deniedRefusal({ code, intent, limit, value, headroom }: Denied): Refusal {
  const bound = limit === null ? '' : `, the limit is ${limit}`;
  const field = code === 'PRICE_OUT_OF_COLLAR' && intent.stopTicks !== null ? 'stopPrice' : DENIED_FIELDS[code];
  const path = field === undefined ? ['input'] : ['input', field];
  return { code, message: `${field ?? 'order'}: ${code}: ${value}${bound}`, path, limit, value, headroom };
}

export const unknownAccount = (accountId: string, path: readonly string[] = ['input', 'accountId']): Refusal => ({
  code: 'UNKNOWN_ACCOUNT',
  message: `accountId: there is no account "${accountId.slice(0, 100)}"`,
  path,
  value: accountId.slice(0, 100),
});

export const reusedClientOrderId = (clientOrderId: string): Refusal => ({
  code: 'CLIENT_ORDER_ID_REUSED',
  message: `clientOrderId: the account has an order "${clientOrderId}" with another input`,
  path: ['input', 'clientOrderId'],
  value: clientOrderId,
});
