import { invariant } from '../../domain/result.js';
import { ActionSchedule, type ScheduledAction } from './action-schedule.js';
import type { StrategyMarket } from './market.js';
import type { BrokerOptions } from './options.js';
import { firstIndexFrom, type PreparedBars } from './prepared-bars.js';
import type { ResultMemory } from './result-memory.js';
import type { SimulationHooks, SimulationResult } from './simulation.js';
import type { EpochIndicators } from './split-epochs.js';
import { UnitAccount } from './unit-account.js';
import { UnitBook } from './unit-book.js';
import { UnitBroker } from './unit-broker.js';
import { ManySymbolsLoop } from './unit-many-symbols.js';
import { OneSymbolLoop } from './unit-one-symbol.js';
import { UnitResult } from './unit-result.js';
import { UnitSession, type StrategyAtWork } from './unit-session.js';

/** So many round trips have a place from the start; a run that trades more often moves them once or twice. */
const BARS_A_ROUND_TRIP = 32;

/** One run of the `backtesting.py` profile: from one corporate action to the next, and what comes at the end. */
export class UnitRun {
  private readonly prepared: PreparedBars;
  private readonly session: UnitSession;
  private readonly loop: OneSymbolLoop | ManySymbolsLoop;
  /** One a symbol; null where there is no action. */
  private readonly epochIndicators: readonly (EpochIndicators | null)[];
  private readonly schedule: ActionSchedule;

  constructor(
    prepared: PreparedBars,
    options: BrokerOptions,
    markets: readonly StrategyMarket[],
    strategy: StrategyAtWork,
    epochIndicators: readonly (EpochIndicators | null)[],
    memory: ResultMemory,
  ) {
    this.prepared = prepared;
    this.epochIndicators = epochIndicators;
    const { tradeFromIndex } = prepared;
    const times = tradeFromIndex === 0 ? prepared.times : prepared.times.subarray(tradeFromIndex);
    const books = markets.map((market, symbolIndex) => bookOf(prepared, market, symbolIndex, times[0] as number));
    const account = new UnitAccount(options, books, memory.roundTrips(times.length / BARS_A_ROUND_TRIP));
    const broker = new UnitBroker(options, account);
    this.session = new UnitSession(options, strategy, times, books, account, broker, memory.equity(times.length));
    const [only, second] = books;
    this.loop =
      only !== undefined && second === undefined
        ? new OneSymbolLoop(this.session, only, tradeFromIndex)
        : new ManySymbolsLoop(this.session);
    this.schedule = new ActionSchedule(books.flatMap((book) => this.actionsAhead(book)));
    for (const book of books) this.showEpoch(book, book.index);
  }

  /** The actions of a symbol that are not over before the run begins to trade. */
  private actionsAhead({ symbolIndex: seriesIndex, bars, index }: UnitBook): ScheduledAction[] {
    return (this.prepared.actions[seriesIndex]?.actions ?? []).flatMap((action) => {
      if (action.barIndex <= index) return [];
      const instant = firstIndexFrom(this.session.times, bars.timestamps[action.barIndex] as number);
      return [{ instant, seriesIndex, action }];
    });
  }

  toEnd(hooks: SimulationHooks | undefined): SimulationResult {
    const { session } = this;
    const { times, equity } = session;
    const total = times.length;
    const step = hooks === undefined ? total : Math.max(1, Math.floor(hooks.everyBars));
    for (let done = 0; done < total && !session.isOutOfMoney;) {
      const end = Math.min(total, done + step);
      this.advance(done, end);
      done = end;
      hooks?.onProgress(done, total, times[done - 1] as number, equity[done - 1] as number);
    }
    if (session.options.finalizeTrades && !session.isOutOfMoney) this.finalize();
    return new UnitResult(this.prepared, times, equity, session.account, session.strategy.firstDecision);
  }

  /** From one instant with actions to the next. */
  private advance(from: number, end: number): void {
    const { schedule, session, loop } = this;
    for (let begin = from; begin < end && !session.isOutOfMoney;) {
      if (schedule.nextInstant === begin) this.bookActions(begin);
      const stop = Math.min(end, schedule.nextInstant);
      loop.advance(begin, stop);
      begin = stop;
    }
  }

  private bookActions(instant: number): void {
    const { books, broker, account } = this.session;
    for (const { seriesIndex, action } of this.schedule.take()) {
      const book = books[seriesIndex];
      invariant(book !== undefined, 'every action has its symbol');
      broker.fillAtClose(book, instant);
      account.bookAction(book, action);
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

  private finalize(): void {
    const { session } = this;
    const last = session.times.length - 1;
    for (const book of session.books) session.broker.finalize(book, last);
    session.equity[last] = session.valueAtCloses();
  }
}

function bookOf(prepared: PreparedBars, market: StrategyMarket, symbolIndex: number, start: number): UnitBook {
  const bars = prepared.series[symbolIndex];
  invariant(bars !== undefined, 'every market has its bars');
  const book = new UnitBook(symbolIndex, bars, market);
  book.index = firstIndexFrom(bars.timestamps, start) - 1;
  market.cursor.index = book.index;
  return book;
}
