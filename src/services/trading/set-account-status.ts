import type { AccountStatus } from '../../domain/account.js';
import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import { openBooks, type TradingDesk } from './books-by-hand.js';
import { unknownAccount } from './place-by-hand.js';

/** Halts an account, lets it only reduce, or lets it trade again. */
export class SetAccountStatus {
  constructor(private readonly desk: TradingDesk) {}

  /** HALTED cancels every order that buys, by a signal or by hand; protective stops and other exits stay. */
  async execute(
    accountId: string,
    status: AccountStatus,
  ): Promise<Result<{ readonly status: AccountStatus }, Refusal>> {
    const { store, unitOfWork } = this.desk;
    return unitOfWork.transaction(async (tx) => {
      const locked = await store.lock(tx, accountId);
      if (locked === null) return err(unknownAccount(accountId, ['accountId']));
      await store.setStatus(tx, accountId, status);
      if (status !== 'HALTED') return ok({ status });
      const books = await openBooks(this.desk, tx, { ...locked, account: { ...locked.account, status } });
      for (const order of books.draft.orders.values()) {
        if (order.side === 'BUY') books.draft.end(order.id, 'CANCELED', 'ACCOUNT_HALTED', books.now);
      }
      if (books.draft.events.length > 0) await books.save();
      return ok({ status });
    });
  }
}
