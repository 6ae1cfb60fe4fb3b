import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import { askRisk, decide } from '../../engines/execution/decide.js';
import { isProtective } from '../../engines/execution/order-state.js';
import type { Denied } from '../../engines/risk/approve.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import { openBooks, type OpenBooks, type TradingDesk } from './books-by-hand.js';
import { unknownAccount } from './place-by-hand.js';

export interface FlattenedAccount {
  /** The sales placed. */
  readonly orderIds: readonly string[];
  /** Why positions stay, one each; empty when none does. */
  readonly denied: readonly Refusal[];
}

/** Sells all that an account holds at the next opens: a deliberate act, apart from a halt. */
export class FlattenAccount {
  constructor(private readonly desk: TradingDesk) {}

  /**
   * Cancels all orders but the protective ones and sells every position. Positions in symbols without coming bars are
   * denied NO_MARKET_DATA and stay. Doing it again cancels its own open sales and places them anew.
   */
  async execute(accountId: string): Promise<Result<FlattenedAccount, Refusal>> {
    const { store, unitOfWork } = this.desk;
    return unitOfWork.transaction(async (tx) => {
      const locked = await store.lock(tx, accountId);
      if (locked === null) return err(unknownAccount(accountId, ['accountId']));
      const books = await openBooks(this.desk, tx, locked);
      const { draft, now } = books;
      for (const order of draft.orders.values()) {
        if (!isProtective(order)) draft.end(order.id, 'CANCELED', 'CANCELED_BY_USER', now);
      }
      const orderIds: string[] = [];
      const denied: Refusal[] = [];
      for (const position of draft.positions.values()) {
        if (position.lots === 0) continue;
        const intent = this.sale(books, position.symbol, position.lots);
        const outcome = askRisk(draft, intent, now);
        decide(draft, intent, { nowMs: now, decisionId: this.desk.newId(), status: 'PENDING' });
        if (outcome.approved) orderIds.push(intent.orderId);
        else denied.push(staysRefusal(outcome));
      }
      if (draft.events.length > 0) await books.save();
      return ok({ orderIds, denied });
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

const staysRefusal = ({ code, intent, limit, value, headroom }: Denied): Refusal => ({
  code,
  message: `accountId: the position in ${intent.symbol} stays: ${code}: ${value}`,
  path: ['accountId'],
  limit,
  value,
  headroom,
});
