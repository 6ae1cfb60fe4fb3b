import type { StrategyRun } from '../strategies/strategy.js';
import type { BrokerOptions } from './options.js';
import { strategyFailed } from './simulation-error.js';
import type { UnitAccount } from './unit-account.js';
import type { UnitBook } from './unit-book.js';
import type { UnitBroker } from './unit-broker.js';
import { applyDecision } from './unit-decisions.js';

export interface StrategyAtWork {
  readonly run: StrategyRun;
  readonly name: string;
  /** Index of the first instant at which it decides. */
  readonly firstDecision: number;
}

/** A run under way: what the loop over one symbol's bars and the loop over those of several both work on. */
export class UnitSession {
  readonly options: BrokerOptions;
  readonly strategy: StrategyAtWork;
  /** Open times of the instants. */
  readonly times: Float64Array;
  /** After each instant, at the closes; 0 where the run has not come to. */
  readonly equity: Float64Array;
  readonly books: readonly UnitBook[];
  readonly account: UnitAccount;
  readonly broker: UnitBroker;
  isOutOfMoney = false;

  constructor(
    options: BrokerOptions,
    strategy: StrategyAtWork,
    times: Float64Array,
    books: readonly UnitBook[],
    account: UnitAccount,
    broker: UnitBroker,
    equity: Float64Array,
  ) {
    this.options = options;
    this.strategy = strategy;
    this.times = times;
    this.equity = equity;
    this.books = books;
    this.account = account;
    this.broker = broker;
  }

  /** Turns what the strategy has decided for a symbol, if anything, into orders. */
  takeDecision(book: UnitBook, instant: number): void {
    const { decision, request } = book.market;
    if (decision === null) return;
    book.market.clearDecision();
    book.decidedInstant = instant;
    if (!applyDecision(book, decision, request, this.options.exclusiveOrders)) this.account.refusedCount += 1;
    book.updateWaiting();
  }

  /** Nothing is left: all is closed and the equity stays 0, as in backtesting.py. */
  endWithoutMoney(instant: number): void {
    for (const book of this.books) this.broker.exitAtLastClose(book, instant, 'OTHER');
    this.account.cash = 0;
    this.equity[instant] = 0;
    this.isOutOfMoney = true;
  }

  /** Marks what is held at the present closes. @returns the equity there */
  valueAtCloses(): number {
    let pnl = 0;
    for (const book of this.books) {
      if (book.units === 0) continue;
      book.mark = book.bars.closes[book.index] as number;
      pnl += book.units * (book.mark - book.entryPrice);
    }
    return this.account.cash + pnl;
  }

  /** What the strategy threw at an instant, as the run's own error. */
  strategyFailed(instant: number, error: unknown): Error {
    return strategyFailed(this.strategy.name, this.times[instant] as number, error);
  }
}
