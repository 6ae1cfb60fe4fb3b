import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import { decide } from '../../engines/execution/decide.js';
import { isProtective } from '../../engines/execution/order-state.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import { openBooks, type OpenBooks, type TradingDesk } from './books-by-hand.js';

/** Sells all that an account holds at the next opens: a deliberate act, apart from a halt. */
export class FlattenAccount {
  constructor(private readonly desk: TradingDesk) {}

  /**
   * Cancels all orders but the protective ones and sells every position. Positions in symbols without coming bars are
   * denied NO_MARKET_DATA and stay. Answers the orders placed.
   */
  async execute(accountId: string): Promise<Result<{ readonly orderIds: readonly string[] }, Refusal>> {
    const { store, unitOfWork } = this.desk;
    return unitOfWork.transaction(async (tx) => {
      const locked = await store.lock(tx, accountId);
      if (locked === null) {
        return err({
          code: 'UNKNOWN_ACCOUNT',
          message: `accountId: there is no account "${accountId}"`,
        } satisfies Refusal);
      }
      const books = await openBooks(this.desk, tx, locked);
      const { draft, now } = books;
      for (const order of draft.orders.values()) {
        if (!isProtective(order)) draft.end(order.id, 'CANCELED', 'CANCELED_BY_USER', now);
      }
      const orderIds = [...draft.positions.values()].flatMap((position) => {
        if (position.lots === 0) return [];
        const about = { nowMs: now, decisionId: this.desk.newId(), status: 'PENDING' as const };
        const order = decide(draft, this.sale(books, position.symbol, position.lots), about);
        return order === null ? [] : [order.id];
      });
      if (draft.events.length > 0) await books.save();
      return ok({ orderIds });
    });
  }

  private sale(books: OpenBooks, symbol: string, lots: number): OrderIntent {
    const orderId = this.desk.newId();
    return {
      orderId,
      clientOrderId: `@flatten-${orderId}`,
      symbol,
      side: 'SELL',
      orderType: 'MARKET',
      timeInForce: 'GTC',
      cause: 'FLATTEN',
      lots,
      limitTicks: null,
      stopTicks: null,
      stopDistanceTicks: null,
      takeProfitDistanceTicks: null,
      signalId: null,
      signalTime: null,
      decidedAt: books.now,
    };
  }
}
