import { limitFillsAtOpen, limitReference, stopFillsAtOpen, stopReference } from '../execution/fill-price.js';
import { slippageFraction } from './broker-costs.js';
import type { EntryOrder } from './entry-order.js';
import type { BrokerOptions } from './options.js';
import type { ExitReason } from './round-trips.js';
import type { UnitAccount } from './unit-account.js';
import { orderSide, type UnitBook } from './unit-book.js';
import { floorToLots, isDust } from './unit-sizing.js';

/**
 * What happens to the orders of one symbol within a bar, under the `backtesting.py` profile. The engine calls the three
 * parts for all symbols in turn, in the order of time: exits at the open, entries at the open, then what is touched
 * inside the bar. Money that an exit inside the bar frees can so never pay for an entry at its open.
 *
 * Assumed: fills on touch; with stop and target inside one bar the stop comes first; an entry filled inside a bar can be
 * stopped out in it, and reaches its target in it only after a stop entry, which lies on the way to the target.
 * backtesting.py leaves the stop of such an entry to the next bar; here the worse case is taken.
 */
export class UnitBroker {
  private readonly options: BrokerOptions;
  private readonly account: UnitAccount;

  constructor(options: BrokerOptions, account: UnitAccount) {
    this.options = options;
    this.account = account;
  }

  /** Closes at the market what is to be closed, and what the open gapped past. Comes first in a bar. */
  exitAtOpen(book: UnitBook): void {
    const { volumeShare, lotSize } = this.options;
    const { opens, volumes } = book.bars;
    if (volumeShare !== null) book.volumeLeft = floorToLots((volumes[book.index] as number) * volumeShare, lotSize);
    if (book.units === 0) return;
    if (book.exitWanted !== null) return this.exitAtMarket(book, book.exitWanted);
    const open = opens[book.index] as number;
    const side = orderSide(-book.units);
    if (stopFillsAtOpen(side, book.stopLoss, open)) this.exit(book, open, book.instant, 'STOP_LOSS');
    else if (limitFillsAtOpen(side, book.takeProfit, open, 0)) this.exit(book, open, book.instant, 'TAKE_PROFIT');
  }

  /** Fills market entries, and limits and stops that the open gapped past. */
  enterAtOpen(book: UnitBook): void {
    const order = book.entry;
    if (!order.isOpen || book.exitWanted !== null) return;
    const { opens, closes } = book.bars;
    const { index } = book;
    const open = opens[index] as number;
    if (order.stop > 0) {
      if (!stopFillsAtOpen(orderSide(order.side), order.stop, open)) return;
      order.stop = NaN;
    } else if (this.options.tradeOnClose && !(order.limit > 0) && book.decidedInstant <= book.previousInstant) {
      this.enter(book, order, closes[index - 1] as number, book.previousInstant);
      return;
    }
    if (order.limit > 0 && !limitFillsAtOpen(orderSide(order.side), order.limit, open, 0)) return;
    this.enter(book, order, open, book.instant);
  }

  /**
   * With trade on close: fills at the present close what was decided there. To be called before an action is booked,
   * which comes after that close and before the next open.
   * @param nextInstant the instant of the next bar
   */
  fillAtClose(book: UnitBook, nextInstant: number): void {
    const { tradeOnClose, volumeShare, lotSize } = this.options;
    if (!tradeOnClose || !book.isWaiting || book.decidedInstant > book.instant) return;
    const { index, instant, previousInstant } = book;
    const { closes, volumes } = book.bars;
    // As at the start of the next bar, whose market orders fill at the close before it.
    book.moveTo(index + 1, nextInstant, instant);
    book.mark = closes[index] as number;
    if (volumeShare !== null) book.volumeLeft = floorToLots((volumes[index] as number) * volumeShare, lotSize);
    const { exitWanted } = book;
    if (book.units !== 0 && exitWanted !== null && exitWanted !== 'STOP_LOSS') this.exitAtMarket(book, exitWanted);
    if (book.entry.isOpen && book.entry.isMarket) this.enterAtOpen(book);
    book.updateWaiting();
    book.moveTo(index, instant, previousInstant);
  }

  /** What the bar touches between open and close: the protection of what is held, then entries and theirs. */
  insideBar(book: UnitBook): void {
    const { opens, highs, lows } = book.bars;
    const open = opens[book.index] as number;
    const high = highs[book.index] as number;
    const low = lows[book.index] as number;
    if (book.units !== 0 && book.exitWanted === null) this.protect(book, open, high, low);
    if (book.entry.isOpen && book.exitWanted === null) this.enterInside(book, book.entry, open, high, low);
  }

  /**
   * Closes what is open at the last bar as a market order, at its open, as backtesting.py does. What was entered after
   * the price of that order, or has no such bar, is closed at the close.
   */
  finalize(book: UnitBook, lastInstant: number): void {
    if (book.units === 0) return;
    book.volumeLeft = Infinity;
    // Before the bar of an action the price was another one, or came with the dividend.
    const isEnteredLate =
      book.insideEntryInstant === lastInstant ||
      (this.options.tradeOnClose && (book.entryInstant === lastInstant || book.actionIndex === book.index));
    if (book.instant !== lastInstant || isEnteredLate) this.exitAtLastClose(book, lastInstant, 'FINALIZED');
    else this.exitAtMarket(book, 'FINALIZED');
  }

  /** Closes at the close of the present bar: the account has run out of money, or the symbol out of bars. */
  exitAtLastClose(book: UnitBook, instant: number, reason: ExitReason): void {
    if (book.units === 0) return;
    book.scanHeldBars(book.index + 1);
    this.account.close(book, book.units, book.bars.closes[book.index] as number, instant, reason);
  }

  /** At the open, or with trade on close at the close before it. */
  private exitAtMarket(book: UnitBook, reason: ExitReason): void {
    const { opens, closes } = book.bars;
    // What a stop left over, and what was decided while the symbol had no bar, was not there at the last close.
    const wasThere = reason === 'FINALIZED' || (reason !== 'STOP_LOSS' && book.decidedInstant <= book.previousInstant);
    if (this.options.tradeOnClose && wasThere) {
      this.exit(book, closes[book.index - 1] as number, book.previousInstant, reason);
    } else this.exit(book, opens[book.index] as number, book.instant, reason);
  }

  private protect(book: UnitBook, open: number, high: number, low: number): void {
    const side = orderSide(-book.units);
    const stop = stopReference(side, book.stopLoss, open, high, low);
    if (stop > 0) return this.exit(book, stop, book.instant, 'STOP_LOSS');
    const target = limitReference(side, book.takeProfit, open, high, low, 0);
    if (target > 0) this.exit(book, target, book.instant, 'TAKE_PROFIT');
  }

  private enterInside(book: UnitBook, order: EntryOrder, open: number, high: number, low: number): void {
    const side = orderSide(order.side);
    const isStop = order.stop > 0;
    if (!isStop && !(order.limit > 0)) return;
    let price: number;
    if (isStop) {
      price = stopReference(side, order.stop, open, high, low);
      if (!(price > 0)) return;
      order.stop = NaN;
      // A stop-limit whose limit is passed by its stop waits as a limit from the next bar on.
      if (order.side * (order.limit - price) < 0) return;
    } else price = limitReference(side, order.limit, open, high, low, 0);
    if (!(price > 0)) return;
    const before = book.units;
    this.enter(book, order, price, book.instant);
    if (book.units === before) return;
    book.insideEntryInstant = book.instant;
    this.protectInsideEntry(book, isStop, high, low);
  }

  /** The rest of the bar after an entry inside it, without its open: that was before. */
  private protectInsideEntry(book: UnitBook, isTargetAhead: boolean, high: number, low: number): void {
    const isLong = book.units > 0;
    const { stopLoss, takeProfit } = book;
    if (isLong ? low <= stopLoss : high >= stopLoss) this.exit(book, stopLoss, book.instant, 'STOP_LOSS');
    else if (isTargetAhead && (isLong ? high >= takeProfit : low <= takeProfit)) {
      this.exit(book, takeProfit, book.instant, 'TAKE_PROFIT');
    }
  }

  /** Fills an entry at a reference price, after closing what lies on the other side at the same price. */
  private enter(book: UnitBook, order: EntryOrder, reference: number, instant: number): void {
    if (book.units * order.side < 0) this.exit(book, reference, instant, 'SIGNAL');
    if (book.units * order.side < 0) return;
    this.account.open(book, order, reference, instant);
  }

  /** Closes a position, or as much of it as volume allows, at `reference` made worse by slippage. */
  private exit(book: UnitBook, reference: number, instant: number, reason: ExitReason): void {
    const side = book.units > 0 ? 1 : -1;
    const held = Math.abs(book.units);
    let units = Math.min(held, book.volumeLeft);
    if (units > 0) {
      const { slippage, lotSize } = this.options;
      if (isDust(held - units, held, lotSize)) units = held;
      const worse = reason === 'TAKE_PROFIT' ? 0 : slippageFraction(slippage, units, book);
      book.scanHeldBars(book.index);
      book.volumeLeft -= units;
      this.account.close(book, side * units, reference * (1 - side * worse), instant, reason);
    }
    // What a stop could not sell goes at the next market price; a target's rest keeps its limit.
    if (book.units !== 0 && reason !== 'TAKE_PROFIT') book.exitWanted = reason;
    // The rest of an entry that was filled in part would open again what its own protection closed.
    if (book.entry.unitsLeft > 0) book.entry.cancel();
  }
}
