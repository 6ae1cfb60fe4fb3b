import type { UnitSession } from './unit-session.js';

/** The loop over instants of several symbols on one account: at an instant some of them may have no bar. */
export class ManySymbolsLoop {
  private readonly session: UnitSession;

  constructor(session: UnitSession) {
    this.session = session;
  }

  /** Goes through the instants [from, end), or to where no money is left. */
  advance(from: number, end: number): void {
    const { session } = this;
    const { times, equity, books, strategy } = session;
    const { run, firstDecision } = strategy;
    let isDeciding = false;
    let i = from;
    try {
      for (; i < end; i += 1) {
        if (this.startInstant(i, times[i] as number)) this.fillOrders();
        const value = session.valueAtCloses();
        equity[i] = value;
        if (value <= 0) return session.endWithoutMoney(i);
        if (i < firstDecision) continue;
        isDeciding = true;
        run.onBar();
        isDeciding = false;
        for (const book of books) if (book.market.decision !== null) session.takeDecision(book, i);
      }
    } catch (error) {
      throw isDeciding ? session.strategyFailed(i, error) : error;
    }
  }

  /** Moves the symbols that have a bar at this instant to it; true when one of those has orders that it may fill. */
  private startInstant(instant: number, time: number): boolean {
    let isWaiting = false;
    for (const book of this.session.books) {
      const next = book.index + 1;
      const { market } = book;
      const { timestamps } = book.bars;
      market.isFresh = next < timestamps.length && timestamps[next] === time;
      if (!market.isFresh) continue;
      market.cursor.index = next;
      book.moveTo(next, instant, book.instant);
      if (book.isWaiting) isWaiting = true;
    }
    return isWaiting;
  }

  private fillOrders(): void {
    const { books, broker } = this.session;
    for (const book of books) if (book.isWaiting && book.market.isFresh) broker.exitAtOpen(book);
    for (const book of books) if (book.isWaiting && book.market.isFresh) broker.enterAtOpen(book);
    for (const book of books) if (book.isWaiting && book.market.isFresh) broker.insideBar(book);
    for (const book of books) if (book.isWaiting && book.market.isFresh) book.updateWaiting();
  }
}
