import type { BarSeries } from '../../domain/bar.js';
import type { OrderSide } from '../../domain/order.js';
import { EntryOrder } from './entry-order.js';
import type { StrategyMarket } from './market.js';
import type { ExitReason } from './round-trips.js';
import { splitToLots } from './unit-sizing.js';

/** A part of a lot too small to be one: the rounding of a split's ratio. */
const NO_LOT = 1e-6;

/** The word of an order's side for the functions that live trading shares. */
export const orderSide = (side: number): OrderSide => (side > 0 ? 'BUY' : 'SELL');

/** One symbol within the account: its bars, the position, and the orders that wait. */
export class UnitBook {
  readonly symbolIndex: number;
  /** As they look from the present bar: a split puts others in their place, in its own scale. */
  bars: BarSeries;
  readonly market: StrategyMarket;
  /** Index of the present bar of this symbol; -1 before the first. */
  index = -1;
  /** Instants of the present bar and of the one before it. */
  instant = -1;
  previousInstant = -1;
  /** Instant of the last decision for this symbol. */
  decidedInstant = -1;

  /** Above 0 long, below 0 short. */
  units = 0;
  entryPrice = NaN;
  entryInstant = -1;
  /** Commission of the entry that no round trip has taken yet. */
  entryCommission = 0;
  stopLoss = NaN;
  takeProfit = NaN;
  /** The price at which the position is valued before the present bar's close is known. */
  mark = NaN;

  /** Why what is open is to be closed at the next market price; null when it is not. */
  exitWanted: ExitReason | null = null;
  readonly entry = new EntryOrder();
  /** Instant of the last entry that filled between a bar's open and its close. */
  insideEntryInstant = -1;
  /** Units that may still be filled in this bar. */
  volumeLeft = Infinity;
  /** True while something waits to be filled: the loop passes the others by. */
  isWaiting = false;
  /** A bar fills nothing of what waits while its low is above the one and its high below the other. */
  fillsAtOrBelow = -Infinity;
  fillsAtOrAbove = Infinity;

  /** Index of the last bar before which an action was booked, and the dividend that it paid a unit. */
  actionIndex = -1;
  private actionDividend = 0;

  private scannedTo = 0;
  private lowest = NaN;
  private highest = NaN;

  constructor(symbolIndex: number, bars: BarSeries, market: StrategyMarket) {
    this.symbolIndex = symbolIndex;
    this.bars = bars;
    this.market = market;
  }

  moveTo(index: number, instant: number, previousInstant: number): void {
    this.index = index;
    this.instant = instant;
    this.previousInstant = previousInstant;
  }

  get isProtected(): boolean {
    return this.stopLoss > 0 || this.takeProfit > 0;
  }

  /** To be called when the fills of a bar are done, and after a decision. */
  updateWaiting(): void {
    const { entry, units } = this;
    this.fillsAtOrBelow = -Infinity;
    this.fillsAtOrAbove = Infinity;
    if (units !== 0) {
      this.watch(units > 0 ? this.stopLoss : this.takeProfit, units > 0 ? this.takeProfit : this.stopLoss);
    }
    if (entry.isOpen) {
      const isStop = entry.stop > 0;
      const price = isStop ? entry.stop : entry.limit;
      // A long stop and a short limit are reached from below.
      if (entry.side > 0 === isStop) this.watch(NaN, price);
      else this.watch(price, NaN);
    }
    const isMarket = this.exitWanted !== null || (entry.isOpen && entry.isMarket);
    if (isMarket) this.fillsAtOrBelow = Infinity;
    this.isWaiting = isMarket || this.fillsAtOrBelow > 0 || this.fillsAtOrAbove < Infinity;
  }

  /** Adds prices to the watched ones; NaN for none. */
  private watch(below: number, above: number): void {
    if (below > this.fillsAtOrBelow) this.fillsAtOrBelow = below;
    if (above < this.fillsAtOrAbove) this.fillsAtOrAbove = above;
  }

  /** Adds a fill to the position; the entry price of several is their mean. */
  add(units: number, price: number, instant: number, commission: number, order: EntryOrder): void {
    if (this.units === 0) {
      this.units = units;
      this.entryPrice = price;
      this.entryInstant = instant;
      this.entryCommission = commission;
      this.scannedTo = this.index;
      this.lowest = price;
      this.highest = price;
    } else {
      const sum = this.units + units;
      this.entryPrice = (this.entryPrice * this.units + price * units) / sum;
      this.units = sum;
      this.entryCommission += commission;
    }
    this.stopLoss = order.stopLoss;
    this.takeProfit = order.takeProfit;
    this.mark = price;
    this.market.positionSize = this.units;
  }

  /** Takes units off the position; without any left, its protection goes as well. */
  remove(units: number, commission: number): void {
    this.units -= units;
    this.entryCommission -= commission;
    this.market.positionSize = this.units;
    if (this.units !== 0) return;
    this.stopLoss = NaN;
    this.takeProfit = NaN;
    this.exitWanted = null;
  }

  /** Of the present bar, in units. */
  get volume(): number {
    return this.bars.volumes[this.index] as number;
  }

  /** What a unit is worth before the present bar opens: the last close, without a dividend that it trades without. */
  get worthBeforeOpen(): number {
    const close = this.bars.closes[this.index - 1] as number;
    return this.actionIndex === this.index ? close - this.actionDividend : close;
  }

  /**
   * Puts everything in the scale after a split: quantities by its ratio, orders in whole lots, prices divided by it.
   * `bars` are the caller's to replace.
   * @returns units, signed as the position, in whole lots, and what is none: both are still in it
   */
  split(ratio: number, lotSize: number): { readonly whole: number; readonly rest: number } {
    const { entry } = this;
    const whole = splitToLots(this.units, ratio, lotSize);
    const over = this.units * ratio - whole;
    // What is left of the rounding of a ratio is no share of a lot.
    const rest = Math.abs(over) > NO_LOT * lotSize ? over : 0;
    this.units = whole + rest;
    this.entryPrice /= ratio;
    this.stopLoss /= ratio;
    this.takeProfit /= ratio;
    this.mark /= ratio;
    this.lowest /= ratio;
    this.highest /= ratio;
    entry.split(ratio, lotSize);
    return { whole, rest };
  }

  /** What is left of a position when its part of a lot was paid out: exactly that. */
  keep(units: number): void {
    this.units = units;
    this.market.positionSize = units;
  }

  /** The units that are held trade without `dividend` each from the bar at an index on. */
  goEx(index: number, dividend: number): void {
    this.actionIndex = index;
    this.actionDividend = dividend;
    this.mark -= dividend;
  }

  /** Looks at the bars held to their close, up to but without `end`, for the extremes since the entry. */
  scanHeldBars(end: number): void {
    const { highs, lows } = this.bars;
    let { lowest, highest } = this;
    for (let i = this.scannedTo; i < end; i += 1) {
      const low = lows[i] as number;
      const high = highs[i] as number;
      if (low < lowest) lowest = low;
      if (high > highest) highest = high;
    }
    this.lowest = lowest;
    this.highest = highest;
    if (end > this.scannedTo) this.scannedTo = end;
  }

  /** Worst move since the entry, `exitPrice` included, as a fraction of the entry price, <= 0. */
  maxAdverse(exitPrice: number): number {
    const worst = this.units > 0 ? Math.min(this.lowest, exitPrice) : Math.max(this.highest, exitPrice);
    return Math.min(0, Math.sign(this.units) * (worst / this.entryPrice - 1));
  }

  /** Best move since the entry, `exitPrice` included, as a fraction of the entry price, >= 0. */
  maxFavorable(exitPrice: number): number {
    const best = this.units > 0 ? Math.max(this.highest, exitPrice) : Math.min(this.lowest, exitPrice);
    return Math.max(0, Math.sign(this.units) * (best / this.entryPrice - 1));
  }
}
