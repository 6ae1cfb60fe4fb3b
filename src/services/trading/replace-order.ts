import type { Refusal } from '../../domain/error-codes.js';
import { naturalId } from '../../domain/event-id.js';
import type { Instrument } from '../../domain/instrument.js';
import { isTerminal } from '../../domain/order.js';
import type { OrderState } from '../../domain/order-state.js';
import { err, invariant, ok, type Result } from '../../domain/result.js';
import { stepsToText } from '../../engines/portfolio/decimal-text.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { openBooks, type TradingDesk } from './books-by-hand.js';
import { unknownOrder } from './cancel-order.js';
import { handOrderId } from './hand-order.js';
import { checkClientOrderId, readAmount } from './order-request.js';
import { placeByHand, placedOrRefused, reusedClientOrderId } from './place-by-hand.js';

/** A change of an open order by hand as it comes from outside. Amounts are decimal text; null keeps what it is. */
export interface ReplaceOrderCommand {
  /** UUID of the order that is replaced. */
  readonly orderId: string;
  /** Of the order that takes its place. */
  readonly clientOrderId: string;
  /** Of both together: what the first has filled counts. */
  readonly quantity: string | null;
  readonly limitPrice: string | null;
  readonly stopPrice: string | null;
}

/** The same, counted in ticks and lots. */
interface Change {
  readonly lots: number | null;
  readonly limitTicks: number | null;
  readonly stopTicks: number | null;
  readonly digest: string;
}

/**
 * Puts another order in the place of an open LIMIT or STOP order by hand: the first is canceled and the second placed in one
 * transaction on the locked account, so that no bar can fill both, and neither can be there alone. Risk is asked anew, with
 * what the first had reserved free again; when it denies, the first stays as it is.
 */
export class ReplaceOrder {
  constructor(private readonly desk: TradingDesk) {}

  /**
   * Idempotent by (account of the order, clientOrderId), as createOrder is. The new order keeps symbol, side, type, time in force
   * and the distances of its protection. Refuses UNKNOWN_ORDER, ORDER_NOT_OPEN, ORDER_NOT_REPLACEABLE and what createOrder does.
   */
  async execute(command: ReplaceOrderCommand): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const badId = checkClientOrderId(command.clientOrderId);
    if (badId !== null) return err(badId);
    const accountId = await this.desk.store.accountOfOrder(command.orderId);
    if (accountId === null) return err(noOrder(command.orderId));
    return placedOrRefused(this.desk, (tx) => this.replace(tx, accountId, command));
  }

  private async replace(
    tx: Transaction,
    accountId: string,
    command: ReplaceOrderCommand,
  ): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const { store } = this.desk;
    const locked = await store.lock(tx, accountId);
    const order = await store.order(tx, command.orderId);
    if (locked === null || order === null) return err(noOrder(command.orderId));
    const instrument = await store.instrument(order.symbol, tx);
    invariant(instrument !== null, `the instrument of ${order.symbol} is stored, an order of it is`);
    if (order.cause !== 'MANUAL' || order.orderType === 'MARKET') return err(notReplaceable(order));
    const change = readChange(command, order, instrument);
    if (!change.ok) return change;
    const first = await store.orderByClientId(tx, accountId, command.clientOrderId);
    if (first !== null) {
      const isSame = first.inputDigest === change.value.digest;
      return isSame ? ok({ orderId: first.orderId }) : err(reusedClientOrderId(command.clientOrderId));
    }
    if (isTerminal(order.status)) return err(notOpen(order));
    if (order.triggered) return err(notReplaceable(order));
    const lots = (change.value.lots ?? order.lots) - order.filledLots;
    if (lots < 1) return err(filledAlready(order, instrument));
    const books = await openBooks(this.desk, tx, locked, [instrument]);
    books.draft.end(order.id, 'CANCELED', 'REPLACED', books.now);
    const intent = intentOf(order, command, change.value, { lots, decidedAt: books.now });
    return placeByHand(this.desk, tx, books, intent, change.value.digest);
  }
}

const intentOf = (
  order: OrderState,
  { clientOrderId }: ReplaceOrderCommand,
  { limitTicks, stopTicks }: Change,
  now: Pick<OrderIntent, 'lots' | 'decidedAt'>,
): OrderIntent => ({
  orderId: handOrderId(order.accountId, clientOrderId),
  clientOrderId,
  symbol: order.symbol,
  side: order.side,
  orderType: order.orderType,
  timeInForce: order.timeInForce,
  cause: 'MANUAL',
  limitTicks: limitTicks ?? order.limitTicks,
  stopTicks: stopTicks ?? order.stopTicks,
  stopDistanceTicks: order.stopDistanceTicks,
  takeProfitDistanceTicks: order.takeProfitDistanceTicks,
  signalId: null,
  signalTime: null,
  ...now,
});

function readChange(
  command: ReplaceOrderCommand,
  order: OrderState,
  { lotSize, tickSize }: Instrument,
): Result<Change, Refusal> {
  const { quantity, limitPrice, stopPrice } = command;
  if (quantity === null && limitPrice === null && stopPrice === null) return err(NOTHING_TO_CHANGE);
  const other = order.orderType === 'LIMIT' ? 'stopPrice' : 'limitPrice';
  if (command[other] !== null) return err(misplaced(other, order));
  const read = (field: 'quantity' | 'limitPrice' | 'stopPrice', step: string): Result<number | null, Refusal> => {
    const text = command[field];
    return text === null ? ok(null) : readAmount(field, text, step);
  };
  const lots = read('quantity', lotSize);
  if (!lots.ok) return lots;
  const limit = read('limitPrice', tickSize);
  if (!limit.ok) return limit;
  const stop = read('stopPrice', tickSize);
  if (!stop.ok) return stop;
  const digest = naturalId('replace-input', order.id, ...[lots, limit, stop].map(({ value }) => String(value)));
  return ok({ lots: lots.value, limitTicks: limit.value, stopTicks: stop.value, digest });
}

const NOTHING_TO_CHANGE: Refusal = {
  code: 'INVALID_ARGUMENT',
  message: 'input: give at least one of quantity, limitPrice and stopPrice',
  path: ['input'],
};

const noOrder = (orderId: string): Refusal => ({
  ...unknownOrder(orderId),
  message: `orderId: there is no order "${orderId}"`,
  path: ['input', 'orderId'],
});

const misplaced = (field: 'limitPrice' | 'stopPrice', { orderType }: OrderState): Refusal => ({
  code: 'INVALID_PRICE',
  message: `${field}: a ${orderType} order has none`,
  path: ['input', field],
});

const notOpen = ({ status }: OrderState): Refusal => ({
  code: 'ORDER_NOT_OPEN',
  message: `orderId: the order is ${status} and cannot be replaced`,
  path: ['input', 'orderId'],
  value: status,
});

function notReplaceable({ cause, orderType, triggered }: OrderState): Refusal {
  const what =
    cause !== 'MANUAL' ? `an order by ${cause}` : triggered ? 'a stop that was reached' : `a ${orderType} order`;
  return {
    code: 'ORDER_NOT_REPLACEABLE',
    message: `orderId: ${what} cannot be replaced; cancel it and create another`,
    path: ['input', 'orderId'],
    value: cause,
  };
}

function filledAlready(order: OrderState, { lotSize }: Instrument): Refusal {
  const filled = stepsToText(order.filledLots, lotSize);
  return {
    code: 'INVALID_QUANTITY',
    message: `quantity: must be above ${filled}, which is filled already`,
    path: ['input', 'quantity'],
    limit: filled,
  };
}
