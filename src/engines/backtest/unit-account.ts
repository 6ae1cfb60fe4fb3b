import type { BarAction } from './bar-actions.js';
import { commissionOf, slippageFraction } from './broker-costs.js';
import type { EntryOrder } from './entry-order.js';
import type { BrokerOptions, Slippage } from './options.js';
import type { ExitReason, RoundTrips } from './round-trips.js';
import type { UnitBook } from './unit-book.js';
import { floorToLots, isDust, sizeFraction, unitsFor } from './unit-sizing.js';

/** How units leave a position: by an execution, or as the cash that a split pays for a part of a lot. */
const TRADED = { isTraded: true };
const IN_LIEU = { isTraded: false };

const NO_SLIPPAGE: Slippage = { kind: 'NONE' };

/**
 * The cash account of the `backtesting.py` profile, shared by all symbols: opens and closes positions at prices that it
 * is told, and books them. Cash changes by commissions and by the PnL of what is closed; what is held counts with its
 * PnL, and ties up its value times the margin.
 */
export class UnitAccount {
  cash: number;
  commissions = 0;
  dividends = 0;
  tradedValue = 0;
  fillCount = 0;
  refusedCount = 0;
  readonly roundTrips: RoundTrips;
  private readonly options: BrokerOptions;
  private readonly books: readonly UnitBook[];
  private readonly leverage: number;
  private equity = NaN;
  private power = NaN;

  constructor(options: BrokerOptions, books: readonly UnitBook[], roundTrips: RoundTrips) {
    this.roundTrips = roundTrips;
    this.cash = options.cash;
    this.options = options;
    this.books = books;
    this.leverage = 1 / options.margin;
  }

  /** Leaves in `equity` and `power` what the account is worth at the marks, and what may be bought or sold short. */
  private appraise(): void {
    let pnl = 0;
    let used = 0;
    for (const book of this.books) {
      if (book.units === 0) continue;
      pnl += book.units * (book.mark - book.entryPrice);
      used += (Math.abs(book.units) * book.mark) / this.leverage;
    }
    this.equity = this.cash + pnl;
    this.power = Math.max(0, this.equity - used) * this.leverage;
  }

  /**
   * Fills an entry, or as much of it as volume and money allow, at `reference` made worse by spread and slippage. The
   * first fill decides the size; what cannot be paid for is refused. A limit pays the spread, as in backtesting.py, but
   * no slippage.
   */
  open(book: UnitBook, order: EntryOrder, reference: number, instant: number): void {
    const { side } = order;
    const { commission, lotSize, spread } = this.options;
    const slippage = order.limit > 0 ? NO_SLIPPAGE : this.options.slippage;
    const quoted = reference * (1 + side * spread);
    this.appraise();
    const { power } = this;
    if (Number.isNaN(order.unitsLeft)) {
      // The share of the volume is not known before the size is; it makes the order smaller below.
      const price = quoted * (1 + side * slippageFraction(slippage, 0, book));
      order.unitsLeft = Number.isNaN(order.fraction)
        ? this.namedUnits(order, price, power)
        : unitsFor(side, this.budgetOf(order), order.fraction, price, commission, lotSize);
      if (!(order.unitsLeft > 0)) return this.refuse(order);
    }
    let units = Math.min(order.unitsLeft, book.volumeLeft);
    if (!(units > 0)) return;
    const price = quoted * (1 + side * slippageFraction(slippage, units, book));
    if (units * price + commissionOf(commission, side * units, price) > power) {
      units = Math.min(units, unitsFor(side, power, 1, price, commission, lotSize));
      if (!(units > 0)) return this.refuse(order);
      order.unitsLeft = units;
    }
    this.bookEntry(book, order, units, price, instant);
  }

  /**
   * Books a split and a dividend after the present bar of a symbol: units by the ratio, what is no whole lot paid out at
   * the last close without costs, the dividend in cash (a short pays it). What is held is worth the same afterwards.
   */
  bookAction(book: UnitBook, { barIndex, ratio, dividend }: BarAction): void {
    const lastPrice = (book.bars.closes[book.index] as number) / ratio;
    if (ratio !== 1) {
      const { whole, rest } = book.split(ratio, this.options.lotSize);
      if (rest !== 0) this.close(book, rest, lastPrice, book.instant, 'OTHER', IN_LIEU);
      book.keep(whole);
    }
    book.goEx(barIndex, dividend);
    const received = book.units * dividend;
    this.cash += received;
    this.dividends += received;
    book.updateWaiting();
  }

  /** Closes `units` (signed as the position) at `price`, costs included, and books the round trip. */
  close(
    book: UnitBook,
    units: number,
    price: number,
    instant: number,
    reason: ExitReason,
    { isTraded } = TRADED,
  ): void {
    const { entryPrice } = book;
    const exitCommission = isTraded ? commissionOf(this.options.commission, -units, price) : 0;
    const entryCommission = units === book.units ? book.entryCommission : book.entryCommission * (units / book.units);
    const commission = exitCommission + entryCommission;
    const gross = units * (price - entryPrice);
    const pnl = gross - commission;
    this.cash += gross - exitCommission;
    this.commissions += exitCommission;
    if (isTraded) {
      this.tradedValue += Math.abs(units) * price;
      this.fillCount += 1;
    }
    this.roundTrips.add({
      symbolIndex: book.symbolIndex,
      units,
      entryIndex: book.entryInstant,
      exitIndex: instant,
      entryPrice,
      exitPrice: price,
      stopLoss: book.stopLoss,
      takeProfit: book.takeProfit,
      pnl,
      commission,
      returnFraction: pnl / (Math.abs(units) * entryPrice),
      maxAdverse: book.maxAdverse(price),
      maxFavorable: book.maxFavorable(price),
      exitReason: reason,
    });
    book.remove(units, entryCommission);
  }

  /** What an order of a fraction may cost: that fraction of equity and leverage, and no more than is free. */
  private budgetOf({ fraction }: EntryOrder): number {
    return Math.min(this.power * sizeFraction(100), Math.max(0, this.equity) * this.leverage * fraction);
  }

  /** Named units in whole lots; 0 when they cannot be paid for: unlike a fraction they are not made smaller. */
  private namedUnits(order: EntryOrder, price: number, power: number): number {
    const { commission, lotSize } = this.options;
    const units = floorToLots(order.namedUnits, lotSize);
    return units * price + commissionOf(commission, order.side * units, price) > power ? 0 : units;
  }

  private bookEntry(book: UnitBook, order: EntryOrder, units: number, price: number, instant: number): void {
    const commission = commissionOf(this.options.commission, order.side * units, price);
    this.cash -= commission;
    this.commissions += commission;
    this.tradedValue += units * price;
    this.fillCount += 1;
    book.add(order.side * units, price, instant, commission, order);
    book.volumeLeft -= units;
    order.unitsLeft -= units;
    if (isDust(order.unitsLeft, units, this.options.lotSize)) order.cancel();
  }

  private refuse(order: EntryOrder): void {
    this.refusedCount += 1;
    order.cancel();
  }
}
