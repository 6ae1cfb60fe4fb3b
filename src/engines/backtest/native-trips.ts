import type { BarSeries } from '../../domain/bar.js';
import type { OrderState } from '../../domain/order-state.js';
import type { Fill } from '../../domain/trading-event.js';
import { notionalCents } from '../portfolio/money.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { roundedProduct } from '../portfolio/whole-number.js';
import type { ExitReason, RoundTrips } from './round-trips.js';

/** Where a fill happened in the run. */
export interface FillPlace {
  /** Index of the instant. */
  readonly instant: number;
  /** Index of the bar within the symbol's series. */
  readonly barIndex: number;
  /** At the bar's close: an entry has seen nothing of its range, an exit all of it. */
  readonly isAtClose: boolean;
}

/** How lots left a position. */
interface TripEnd {
  /** A part of a lot where a split paid it out. */
  readonly lots: number;
  readonly exitPrice: number;
  readonly pnlCents: number;
  readonly commissionCents: number;
  readonly basisCents: number;
  readonly exitReason: ExitReason;
  readonly instant: number;
}

/**
 * Makes the round trips of one symbol from its fills. A position is one from flat to flat, at its average cost; each
 * exit is a trip of its own with its share of the entry's commission.
 */
export class NativeTrips {
  private readonly symbolIndex: number;
  /** As it looks from the present bar. */
  private series: BarSeries;
  private readonly scale: InstrumentScale;
  private readonly trips: RoundTrips;
  /** Without a sign. */
  private lots = 0;
  private isShort = false;
  private averageTicks = NaN;
  private entryFeeCents = 0;
  private entryInstant = -1;
  private stopLoss = NaN;
  private takeProfit = NaN;
  /** Lowest and highest price of the bars held so far, and the first bar that is not among them yet. */
  private lowest = NaN;
  private highest = NaN;
  private scannedTo = 0;

  constructor(symbolIndex: number, series: BarSeries, scale: InstrumentScale, trips: RoundTrips) {
    this.symbolIndex = symbolIndex;
    this.series = series;
    this.scale = scale;
    this.trips = trips;
  }

  /** Takes every new version of an order: protection says where it stands. */
  takeOrder({ cause, stopTicks, limitTicks }: OrderState): void {
    if (cause === 'STOP_LOSS' && stopTicks !== null) this.stopLoss = stopTicks / this.scale.ticksPerUnit;
    if (cause === 'TAKE_PROFIT' && limitTicks !== null) this.takeProfit = limitTicks / this.scale.ticksPerUnit;
  }

  /** @param exitReason of a fill that closes */
  takeFill(fill: Fill, exitReason: ExitReason, place: FillPlace): void {
    // No fill goes through flat: on the side of what is held it adds, on the other it closes.
    if (this.lots === 0) this.isShort = fill.side === 'SELL';
    if (this.isShort === (fill.side === 'SELL')) this.enter(fill, place);
    else this.exit(fill, exitReason, place);
  }

  /**
   * A split before the bar after the present one: everything in its scale. What was paid for a part of a lot is a trip of
   * its own, at the last close and without costs but its share of the entry's.
   * @param series as it looks after the split
   * @param outcome what the split paid, and the lots that it left
   */
  split(
    series: BarSeries,
    ratio: number,
    outcome: { readonly lots: number; readonly inLieuCents: number; readonly realizedPnlCents: number },
    { instant, barIndex }: Pick<FillPlace, 'instant' | 'barIndex'>,
  ): void {
    this.series = series;
    if (this.lots === 0) return;
    const exact = this.lots * ratio;
    this.averageTicks /= ratio;
    this.stopLoss /= ratio;
    this.takeProfit /= ratio;
    this.lowest /= ratio;
    this.highest /= ratio;
    this.lots = Math.abs(outcome.lots);
    const rest = exact - this.lots;
    // Of a short, what is paid is below 0, and its basis what it was sold for.
    const basisCents = Math.abs(outcome.inLieuCents - outcome.realizedPnlCents);
    const share = this.lots === 0 ? 1 : rest / exact;
    // A part of a lot that is worth less than a cent leaves no trip.
    if (outcome.inLieuCents === 0 && basisCents === 0) return;
    this.scanHeldBars(barIndex + 1);
    const entryFee = Math.round(this.entryFeeCents * share);
    this.entryFeeCents -= entryFee;
    const exitPrice = series.closes[barIndex] as number;
    this.add({
      lots: rest,
      exitPrice,
      pnlCents: outcome.realizedPnlCents - entryFee,
      commissionCents: entryFee,
      basisCents: Math.max(1, basisCents),
      exitReason: 'OTHER',
      instant,
    });
  }

  private enter({ lots, priceTicks, feeCents }: Fill, { instant, barIndex, isAtClose }: FillPlace): void {
    if (this.lots === 0) {
      this.averageTicks = priceTicks;
      this.entryInstant = instant;
      this.stopLoss = NaN;
      this.takeProfit = NaN;
      this.lowest = priceTicks / this.scale.ticksPerUnit;
      this.highest = this.lowest;
      this.scannedTo = isAtClose ? barIndex + 1 : barIndex;
    } else {
      this.averageTicks = (this.averageTicks * this.lots + priceTicks * lots) / (this.lots + lots);
    }
    this.lots += lots;
    this.entryFeeCents += feeCents;
  }

  private exit(fill: Fill, exitReason: ExitReason, { instant, barIndex, isAtClose }: FillPlace): void {
    const { scale } = this;
    this.scanHeldBars(isAtClose ? barIndex + 1 : barIndex);
    const entryFee =
      fill.lots === this.lots
        ? this.entryFeeCents
        : roundedProduct(this.entryFeeCents, fill.lots, { numerator: 1, denominator: this.lots });
    this.entryFeeCents -= entryFee;
    this.lots -= fill.lots;
    const notional = notionalCents(scale, fill.priceTicks, fill.lots);
    // What a short was sold for is what it cost to buy back, and what was gained by it.
    const basisCents = this.isShort ? notional + fill.realizedPnlCents : notional - fill.realizedPnlCents;
    const commissionCents = entryFee + fill.feeCents;
    const pnlCents = fill.realizedPnlCents - commissionCents;
    const exitPrice = fill.priceTicks / scale.ticksPerUnit;
    this.add({ lots: fill.lots, exitPrice, pnlCents, commissionCents, basisCents, exitReason, instant });
  }

  private add({ lots, exitPrice, pnlCents, commissionCents, basisCents, exitReason, instant }: TripEnd): void {
    const { scale } = this;
    const entryPrice = this.averageTicks / scale.ticksPerUnit;
    const sign = this.isShort ? -1 : 1;
    const lowest = Math.min(this.lowest, exitPrice);
    const highest = Math.max(this.highest, exitPrice);
    const worst = this.isShort ? highest : lowest;
    const best = this.isShort ? lowest : highest;
    this.trips.add({
      symbolIndex: this.symbolIndex,
      units: (sign * lots) / scale.lotsPerUnit,
      entryIndex: this.entryInstant,
      exitIndex: instant,
      entryPrice,
      exitPrice,
      stopLoss: this.stopLoss,
      takeProfit: this.takeProfit,
      pnl: pnlCents / scale.centsPerUnit,
      commission: commissionCents / scale.centsPerUnit,
      returnFraction: pnlCents / basisCents,
      maxAdverse: Math.min(0, sign * (worst / entryPrice - 1)),
      maxFavorable: Math.max(0, sign * (best / entryPrice - 1)),
      exitReason,
    });
  }

  /** Looks at the bars held to their close, up to but without `end`. */
  private scanHeldBars(end: number): void {
    const { highs, lows } = this.series;
    for (let k = this.scannedTo; k < end; k += 1) {
      const low = lows[k] as number;
      const high = highs[k] as number;
      if (low < this.lowest) this.lowest = low;
      if (high > this.highest) this.highest = high;
    }
    this.scannedTo = Math.max(this.scannedTo, end);
  }
}
