import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { openBooks, type TradingDesk } from './books-by-hand.js';
import { handIntent, readHandOrder, type HandOrder } from './hand-order.js';
import type { CreateOrderCommand } from './order-request.js';
import { placeByHand, placedOrRefused, reusedClientOrderId, unknownAccount } from './place-by-hand.js';

/** Places orders by hand: risk on the locked account, the order and its event in one transaction; trading fills it. */
export class CreateOrder {
  constructor(private readonly desk: TradingDesk) {}

  /**
   * Idempotent by (accountId, clientOrderId): the same input again answers the first order, another input is refused with
   * CLIENT_ORDER_ID_REUSED. A denial is stored as a risk decision, and nothing else is booked.
   */
  async execute(command: CreateOrderCommand): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const read = await readHandOrder(this.desk, command);
    if (!read.ok) return read;
    return placedOrRefused(this.desk, (tx) => this.place(tx, command, read.value));
  }

  private async place(
    tx: Transaction,
    command: CreateOrderCommand,
    { instrument, request }: HandOrder,
  ): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const { accountId, clientOrderId } = command;
    const locked = await this.desk.store.lock(tx, accountId);
    if (locked === null) return err(unknownAccount(accountId));
    const first = await this.desk.store.orderByClientId(tx, accountId, clientOrderId);
    if (first !== null) {
      return first.inputDigest === request.digest
        ? ok({ orderId: first.orderId })
        : err(reusedClientOrderId(clientOrderId));
    }
    const books = await openBooks(this.desk, tx, locked, [instrument]);
    return placeByHand(this.desk, tx, books, handIntent(command, request, books), request.digest);
  }
}
