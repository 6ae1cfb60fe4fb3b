import type { Refusal } from '../../domain/error-codes.js';
import { isTerminal } from '../../domain/order.js';
import { err, ok, type Result } from '../../domain/result.js';
import { openBooks, type TradingDesk } from './books-by-hand.js';

/** Cancels what an order has not filled yet, whoever placed it. */
export class CancelOrder {
  constructor(private readonly desk: TradingDesk) {}

  /** Refuses UNKNOWN_ORDER and ORDER_NOT_OPEN. `orderId` is a UUID. */
  async execute(orderId: string): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const { store, unitOfWork } = this.desk;
    const accountId = await store.accountOfOrder(orderId);
    if (accountId === null) return err(unknownOrder(orderId));
    return unitOfWork.transaction(async (tx) => {
      const locked = await store.lock(tx, accountId);
      const order = await store.order(tx, orderId);
      if (locked === null || order === null) return err(unknownOrder(orderId));
      if (isTerminal(order.status)) {
        const message = `id: the order is ${order.status} and cannot be canceled`;
        return err({ code: 'ORDER_NOT_OPEN', message, path: ['id'], value: order.status } satisfies Refusal);
      }
      const books = await openBooks(this.desk, tx, locked);
      books.draft.end(orderId, 'CANCELED', 'CANCELED_BY_USER', books.now);
      await books.save();
      return ok({ orderId });
    });
  }
}

export const unknownOrder = (orderId: string): Refusal => ({
  code: 'UNKNOWN_ORDER',
  message: `id: there is no order "${orderId}"`,
  path: ['id'],
  value: orderId,
});
