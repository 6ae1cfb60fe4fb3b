import { invariant } from '../../domain/result.js';
import { ActionSchedule, type ScheduledAction } from './action-schedule.js';
import type { EpochIndicators } from './split-epochs.js';
import type { StrategyRun } from '../strategies/strategy.js';
import type { StrategyMarket } from './market.js';
import type { BrokerOptions } from './options.js';
import { firstIndexFrom, type PreparedBars } from './prepared-bars.js';
import { strategyFailed } from './simulation-error.js';
import type { SimulationHooks, SimulationResult } from './simulation.js';
import { UnitAccount } from './unit-account.js';
import { UnitBook } from './unit-book.js';
import { UnitBroker } from './unit-broker.js';
import { applyDecision } from './unit-decisions.js';
import { UnitResult } from './unit-result.js';

/** So many round trips have a place from the start; a run that trades more often moves them once or twice. */
const BARS_A_ROUND_TRIP = 32;

/** One run of the `backtesting.py` profile: the loop over instants. */
export class UnitRun {
  private readonly prepared: PreparedBars;
  private readonly options: BrokerOptions;
  private readonly strategy: StrategyRun;
  private readonly strategyName: string;
  private readonly firstDecision: number;
  private readonly times: Float64Array;
  private readonly equity: Float64Array;
  private readonly books: readonly UnitBook[];
  private readonly account: UnitAccount;
  private readonly broker: UnitBroker;
  /** One a symbol; null where there is no action. */
  private readonly epochIndicators: readonly (EpochIndicators | null)[];
  private readonly schedule: ActionSchedule;
  /** Of one symbol: index of its first bar that trades. */
  private readonly startIndex: number;
  private isOutOfMoney = false;

  constructor(
    prepared: PreparedBars,
    options: BrokerOptions,
    markets: readonly StrategyMarket[],
    strategy: StrategyRun,
    firstDecision: number,
    strategyName: string,
    epochIndicators: readonly (EpochIndicators | null)[],
  ) {
    this.prepared = prepared;
    this.options = options;
    this.strategy = strategy;
    this.strategyName = strategyName;
    this.firstDecision = firstDecision;
    this.times = prepared.tradeFromIndex === 0 ? prepared.times : prepared.times.subarray(prepared.tradeFromIndex);
    this.startIndex = prepared.tradeFromIndex;
    this.equity = new Float64Array(this.times.length);
    const start = this.times[0] as number;
    this.books = markets.map((market, symbolIndex) => {
      const bars = prepared.series[symbolIndex];
      invariant(bars !== undefined, 'every market has its bars');
      const book = new UnitBook(symbolIndex, bars, market);
      book.index = firstIndexFrom(bars.timestamps, start) - 1;
      market.cursor.index = book.index;
      return book;
    });
    this.account = new UnitAccount(options, this.books, this.times.length / BARS_A_ROUND_TRIP);
    this.broker = new UnitBroker(options, this.account);
    this.epochIndicators = epochIndicators;
    this.schedule = new ActionSchedule(this.books.flatMap((book) => this.actionsAhead(book)));
    for (const book of this.books) this.showEpoch(book, book.index);
  }

  /** The actions of a symbol that are not over before the run begins to trade. */
  private actionsAhead({ symbolIndex: seriesIndex, bars, index }: UnitBook): ScheduledAction[] {
    return (this.prepared.actions[seriesIndex]?.actions ?? []).flatMap((action) => {
      if (action.barIndex <= index) return [];
      const instant = firstIndexFrom(this.times, bars.timestamps[action.barIndex] as number);
      return [{ instant, seriesIndex, action }];
    });
  }

  toEnd(hooks: SimulationHooks | undefined): SimulationResult {
    const total = this.times.length;
    const step = hooks === undefined ? total : Math.max(1, Math.floor(hooks.everyBars));
    for (let done = 0; done < total && !this.isOutOfMoney;) {
      const end = Math.min(total, done + step);
      this.advance(done, end);
      done = end;
      hooks?.onProgress(done, total, this.times[done - 1] as number, this.equity[done - 1] as number);
    }
    if (this.options.finalizeTrades && !this.isOutOfMoney) this.finalize();
    return this.result();
  }

  /** From one instant with actions to the next. */
  private advance(from: number, end: number): void {
    const { schedule } = this;
    for (let begin = from; begin < end && !this.isOutOfMoney;) {
      if (schedule.nextInstant === begin) this.bookActions(begin);
      const stop = Math.min(end, schedule.nextInstant);
      this.advanceWithin(begin, stop);
      begin = stop;
    }
  }

  private bookActions(instant: number): void {
    for (const { seriesIndex, action } of this.schedule.take()) {
      const book = this.books[seriesIndex];
      invariant(book !== undefined, 'every action has its symbol');
      this.broker.fillAtClose(book, instant);
      this.account.bookAction(book, action);
      if (action.ratio !== 1) this.showEpoch(book, action.barIndex);
    }
  }

  /** Shows the broker and the strategy the bars in the scale of one of them. */
  private showEpoch(book: UnitBook, barIndex: number): void {
    const epoch = this.prepared.actions[book.symbolIndex]?.epochs.at(barIndex);
    if (epoch === undefined || epoch.series === book.bars) return;
    book.bars = epoch.series;
    this.epochIndicators[book.symbolIndex]?.rebase(book.market, epoch);
  }

  private advanceWithin(from: number, end: number): void {
    const [only, second] = this.books;
    if (only !== undefined && second === undefined) this.advanceOne(only, from, end);
    else this.advanceMany(from, end);
  }

  /** One symbol: each instant is a bar of it. */
  private advanceOne(book: UnitBook, from: number, end: number): void {
    const { market } = book;
    market.isFresh = true;
    const start = Math.min(end, Math.max(from, this.firstDecision));
    this.equity.fill(this.account.cash, from, start);
    for (let i = start; i < end;) {
      this.moveTo(book, i);
      if (book.isWaiting) this.fillOne(book);
      i = this.runQuietBars(book, i, end);
      this.moveTo(book, i - 1);
      if ((this.equity[i - 1] as number) <= 0) return this.endWithoutMoney(i - 1);
      if (market.decision !== null) this.takeDecision(book, i - 1);
    }
    this.moveTo(book, end - 1);
  }

  private moveTo(book: UnitBook, instant: number): void {
    const index = this.startIndex + instant;
    book.market.cursor.index = index;
    book.moveTo(index, instant, instant - 1);
  }

  private fillOne(book: UnitBook): void {
    if (book.units !== 0) book.mark = book.worthBeforeOpen;
    const { broker } = this;
    broker.exitAtOpen(book);
    if (book.entry.isOpen) broker.enterAtOpen(book);
    if (book.entry.isOpen || book.isProtected) broker.insideBar(book);
    book.updateWaiting();
  }

  /**
   * The hot loop: values the bar at `from`, asks the strategy, and goes on while it decides nothing and no bar reaches a
   * price at which an order would fill. Nothing is allocated, and what does not change in between is read once. Kept
   * apart from all other work, so that the compiler has room for the strategy's code within it.
   * @returns the instant after the last one that was valued
   */
  private runQuietBars(book: UnitBook, from: number, end: number): number {
    const { equity, strategy, startIndex } = this;
    const { market, units, entryPrice, isWaiting, fillsAtOrBelow, fillsAtOrAbove } = book;
    const { cursor } = market;
    const { closes, highs, lows } = book.bars;
    const { cash } = this.account;
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
        strategy.onBar();
        if (market.decision !== null) return i + 1;
      }
      return end;
    } catch (error) {
      throw strategyFailed(this.strategyName, this.times[i] as number, error);
    }
  }

  /** Several symbols on one account: at an instant some of them may have no bar. */
  private advanceMany(from: number, end: number): void {
    const { times, equity, books, strategy, firstDecision } = this;
    let isDeciding = false;
    let i = from;
    try {
      for (; i < end; i += 1) {
        if (this.startInstant(i, times[i] as number)) this.fillOrders();
        const value = this.valueAtCloses();
        equity[i] = value;
        if (value <= 0) return this.endWithoutMoney(i);
        if (i < firstDecision) continue;
        isDeciding = true;
        strategy.onBar();
        isDeciding = false;
        for (const book of books) if (book.market.decision !== null) this.takeDecision(book, i);
      }
    } catch (error) {
      throw isDeciding ? strategyFailed(this.strategyName, times[i] as number, error) : error;
    }
  }

  /** Moves the symbols that have a bar at this instant to it; true when one of those has orders that it may fill. */
  private startInstant(instant: number, time: number): boolean {
    let isWaiting = false;
    for (const book of this.books) {
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
    const { books, broker } = this;
    for (const book of books) if (book.isWaiting && book.market.isFresh) broker.exitAtOpen(book);
    for (const book of books) if (book.isWaiting && book.market.isFresh) broker.enterAtOpen(book);
    for (const book of books) if (book.isWaiting && book.market.isFresh) broker.insideBar(book);
    for (const book of books) if (book.isWaiting && book.market.isFresh) book.updateWaiting();
  }

  private valueAtCloses(): number {
    let pnl = 0;
    for (const book of this.books) {
      if (book.units === 0) continue;
      book.mark = book.bars.closes[book.index] as number;
      pnl += book.units * (book.mark - book.entryPrice);
    }
    return this.account.cash + pnl;
  }

  private takeDecision(book: UnitBook, instant: number): void {
    const { decision, request } = book.market;
    if (decision === null) return;
    book.market.clearDecision();
    book.decidedInstant = instant;
    if (!applyDecision(book, decision, request, this.options.exclusiveOrders)) this.account.refusedCount += 1;
    book.updateWaiting();
  }

  /** Nothing is left: all is closed and the equity stays 0, as in backtesting.py. */
  private endWithoutMoney(instant: number): void {
    for (const book of this.books) this.broker.exitAtLastClose(book, instant, 'OTHER');
    this.account.cash = 0;
    this.equity[instant] = 0;
    this.isOutOfMoney = true;
  }

  private finalize(): void {
    const last = this.times.length - 1;
    for (const book of this.books) this.broker.finalize(book, last);
    this.equity[last] = this.valueAtCloses();
  }

  private result(): SimulationResult {
    return new UnitResult(this.prepared, this.times, this.equity, this.account, this.firstDecision);
  }
}
