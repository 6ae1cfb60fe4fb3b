import type { Refusal } from '../../domain/error-codes.js';
import { naturalId } from '../../domain/event-id.js';
import type { Instrument } from '../../domain/instrument.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import type { OpenBooks, TradingDesk } from './books-by-hand.js';
import { readOrderRequest, type CreateOrderCommand, type OrderRequest } from './order-request.js';

/** An order by hand, read by the steps of its instrument. */
export interface HandOrder {
  readonly instrument: Instrument;
  readonly request: OrderRequest;
}

/** Refuses an unknown symbol and what cannot be read. */
export async function readHandOrder(
  { store }: TradingDesk,
  command: CreateOrderCommand,
): Promise<Result<HandOrder, Refusal>> {
  const instrument = await store.instrument(command.symbol);
  if (instrument === null) return err(unknownSymbol(command.symbol));
  const request = readOrderRequest(command, instrument);
  return request.ok ? ok({ instrument, request: request.value }) : request;
}

/** What risk is asked about. Protection becomes distances from the order's own price, or the last one. */
export function handIntent(command: CreateOrderCommand, request: OrderRequest, { draft, now }: OpenBooks): OrderIntent {
  const reference = request.limitTicks ?? request.stopTicks ?? draft.markets.get(command.symbol)?.lastTicks ?? 0;
  return {
    orderId: handOrderId(command.accountId, command.clientOrderId),
    clientOrderId: command.clientOrderId,
    symbol: command.symbol,
    side: command.side,
    orderType: command.orderType,
    timeInForce: command.timeInForce,
    cause: 'MANUAL',
    lots: request.lots,
    limitTicks: request.limitTicks,
    stopTicks: request.stopTicks,
    stopDistanceTicks: request.stopLossTicks === null ? null : reference - request.stopLossTicks,
    takeProfitDistanceTicks: request.takeProfitTicks === null ? null : request.takeProfitTicks - reference,
    signalId: null,
    signalTime: null,
    decidedAt: now,
  };
}

/** Id of an order by hand: the same for the same client order id. */
export const handOrderId = (accountId: string, clientOrderId: string): string =>
  naturalId('order-id', accountId, 'MANUAL', clientOrderId);

const unknownSymbol = (symbol: string): Refusal => ({
  code: 'UNKNOWN_SYMBOL',
  message: `symbol: "${symbol.slice(0, 40)}" is not known here`,
  path: ['input', 'symbol'],
  value: symbol.slice(0, 40),
});
