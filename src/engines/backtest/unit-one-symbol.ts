import { KnownCrossing } from './known-crossing.js';
import type { UnitBook } from './unit-book.js';
import type { UnitSession } from './unit-session.js';

/** The loop over the bars of one symbol: each instant is a bar of it. */
export class OneSymbolLoop {
  private readonly session: UnitSession;
  private readonly book: UnitBook;
  /** Index of the bar of the first instant. */
  private readonly startIndex: number;
  /** All that the strategy decides on, where that is known; null: it is asked at each bar. */
  private readonly turns: KnownCrossing | null;

  constructor(session: UnitSession, book: UnitBook, startIndex: number) {
    this.session = session;
    this.book = book;
    this.startIndex = startIndex;
    const { decidesOn } = session.strategy.run;
    this.turns = decidesOn instanceof KnownCrossing ? decidesOn : null;
  }

  /** Goes through the instants [from, end), or to where no money is left. */
  advance(from: number, end: number): void {
    const { session, book, turns } = this;
    const { equity, strategy } = session;
    const { market } = book;
    market.isFresh = true;
    const start = Math.min(end, Math.max(from, strategy.firstDecision));
    equity.fill(session.account.cash, from, start);
    for (let i = start; i < end;) {
      this.moveTo(i);
      if (book.isWaiting) this.fill();
      i = turns === null ? this.askAtEachBar(i, end) : this.askAtNextTurn(turns, i, end);
      this.moveTo(i - 1);
      if ((equity[i - 1] as number) <= 0) return session.endWithoutMoney(i - 1);
      if (market.decision !== null) session.takeDecision(book, i - 1);
    }
    this.moveTo(end - 1);
  }

  private moveTo(instant: number): void {
    const index = this.startIndex + instant;
    this.book.market.cursor.index = index;
    this.book.moveTo(index, instant, instant - 1);
  }

  private fill(): void {
    const { book } = this;
    const { broker } = this.session;
    if (book.units !== 0) book.mark = book.worthBeforeOpen;
    broker.exitAtOpen(book);
    if (book.entry.isOpen) broker.enterAtOpen(book);
    if (book.entry.isOpen || book.isProtected) broker.insideBar(book);
    book.updateWaiting();
  }

  /**
   * Values the bar at `from`, asks the strategy, and goes on while it decides nothing and no bar reaches a price at which
   * an order would fill. Nothing is allocated, and what does not change in between is read once. Kept apart from all
   * other work, so that the compiler has room for the strategy's code within it.
   * @returns the instant after the last one that was valued
   */
  private askAtEachBar(from: number, end: number): number {
    const { session, book, startIndex } = this;
    const { equity } = session;
    const { run } = session.strategy;
    const { market, units, entryPrice, isWaiting, fillsAtOrBelow, fillsAtOrAbove } = book;
    const { cursor } = market;
    const { closes, highs, lows } = book.bars;
    const { cash } = session.account;
    let i = from;
    try {
      for (; i < end; i += 1) {
        const index = startIndex + i;
        if (
          isWaiting &&
          i > from &&
          ((lows[index] as number) <= fillsAtOrBelow || (highs[index] as number) >= fillsAtOrAbove)
        ) {
          return i;
        }
        const value = units === 0 ? cash : cash + units * ((closes[index] as number) - entryPrice);
        equity[i] = value;
        if (value <= 0) return i + 1;
        cursor.index = index;
        run.onBar();
        if (market.decision !== null) return i + 1;
      }
      return end;
    } catch (error) {
      throw session.strategyFailed(i, error);
    }
  }

  /**
   * As askAtEachBar, for a strategy that has nothing to say before the next turn.
   * @returns the instant after the last one that was valued
   */
  private askAtNextTurn(turns: KnownCrossing, from: number, end: number): number {
    const { session, book, startIndex } = this;
    const turn = turns.nextBarFrom(startIndex + from) - startIndex;
    const next = this.passQuietBars(from, Math.min(end, turn + 1));
    if (next <= turn || (session.equity[turn] as number) <= 0) return next;
    book.market.cursor.index = startIndex + turn;
    try {
      session.strategy.run.onBar();
    } catch (error) {
      throw session.strategyFailed(turn, error);
    }
    return next;
  }

  /**
   * Values the bar at `from` and those after it, up to `end`, or to one that reaches a price at which an order would
   * fill, or to where no money is left. A loop for each case: a small one is what the compiler makes a fast one of.
   * @returns the instant after the last one that was valued
   */
  private passQuietBars(from: number, end: number): number {
    const { book } = this;
    const { cash } = this.session.account;
    if (book.isWaiting) return this.passUntilTouched(from, end);
    if (book.units !== 0 || cash <= 0) return this.passHeld(from, end);
    const { equity } = this.session;
    for (let i = from; i < end; i += 1) equity[i] = cash;
    return end;
  }

  private passHeld(from: number, end: number): number {
    const { book, startIndex } = this;
    const { equity, account } = this.session;
    const { units, entryPrice } = book;
    const { closes } = book.bars;
    const { cash } = account;
    for (let i = from; i < end; i += 1) {
      const value = units === 0 ? cash : cash + units * ((closes[startIndex + i] as number) - entryPrice);
      equity[i] = value;
      if (value <= 0) return i + 1;
    }
    return end;
  }

  private passUntilTouched(from: number, end: number): number {
    const { book, startIndex } = this;
    const { fillsAtOrBelow, fillsAtOrAbove } = book;
    const { highs, lows } = book.bars;
    // What the bar at `from` fills was filled before.
    let touched = from + 1;
    for (; touched < end; touched += 1) {
      const index = startIndex + touched;
      if ((lows[index] as number) <= fillsAtOrBelow || (highs[index] as number) >= fillsAtOrAbove) break;
    }
    return this.passHeld(from, Math.min(touched, end));
  }
}
