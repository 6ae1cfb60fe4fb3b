import type { BarSeries } from '../../domain/bar.js';
import type { OrderCause } from '../../domain/order.js';
import type { OrderState } from '../../domain/order-state.js';
import type { Fill } from '../../domain/trading-event.js';
import { notionalCents } from '../portfolio/money.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { roundedProduct } from '../portfolio/whole-number.js';
import type { ExitReason, RoundTrips } from './round-trips.js';

const EXIT_REASON_OF: Partial<Record<OrderCause, ExitReason>> = {
  EXIT_SIGNAL: 'SIGNAL',
  STOP_LOSS: 'STOP_LOSS',
  TAKE_PROFIT: 'TAKE_PROFIT',
  FLATTEN: 'FINALIZED',
};

/** Where a fill happened in the run. */
export interface FillPlace {
  /** Index of the instant. */
  readonly instant: number;
  /** Index of the bar within the symbol's series. */
  readonly barIndex: number;
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
  private lots = 0;
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

  takeFill(fill: Fill, cause: OrderCause, place: FillPlace): void {
    if (fill.side === 'BUY') this.enter(fill, place);
    else this.exit(fill, EXIT_REASON_OF[cause] ?? 'OTHER', place);
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
    { instant, barIndex }: FillPlace,
  ): void {
    this.series = series;
    if (this.lots === 0) return;
    const exact = this.lots * ratio;
    this.averageTicks /= ratio;
    this.stopLoss /= ratio;
    this.takeProfit /= ratio;
    this.lowest /= ratio;
    this.highest /= ratio;
    this.lots = outcome.lots;
    const rest = exact - outcome.lots;
    const basisCents = outcome.inLieuCents - outcome.realizedPnlCents;
    const share = outcome.lots === 0 ? 1 : rest / exact;
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

  private enter({ lots, priceTicks, feeCents }: Fill, { instant, barIndex }: FillPlace): void {
    if (this.lots === 0) {
      this.averageTicks = priceTicks;
      this.entryInstant = instant;
      this.stopLoss = NaN;
      this.takeProfit = NaN;
      this.lowest = priceTicks / this.scale.ticksPerUnit;
      this.highest = this.lowest;
      this.scannedTo = barIndex;
    } else {
      this.averageTicks = (this.averageTicks * this.lots + priceTicks * lots) / (this.lots + lots);
    }
    this.lots += lots;
    this.entryFeeCents += feeCents;
  }

  private exit(fill: Fill, exitReason: ExitReason, { instant, barIndex }: FillPlace): void {
    const { scale } = this;
    this.scanHeldBars(barIndex);
    const entryFee =
      fill.lots === this.lots
        ? this.entryFeeCents
        : roundedProduct(this.entryFeeCents, fill.lots, { numerator: 1, denominator: this.lots });
    this.entryFeeCents -= entryFee;
    this.lots -= fill.lots;
    const basisCents = notionalCents(scale, fill.priceTicks, fill.lots) - fill.realizedPnlCents;
    const commissionCents = entryFee + fill.feeCents;
    const pnlCents = fill.realizedPnlCents - commissionCents;
    const exitPrice = fill.priceTicks / scale.ticksPerUnit;
    this.add({ lots: fill.lots, exitPrice, pnlCents, commissionCents, basisCents, exitReason, instant });
  }

  private add({ lots, exitPrice, pnlCents, commissionCents, basisCents, exitReason, instant }: TripEnd): void {
    const { scale } = this;
    const entryPrice = this.averageTicks / scale.ticksPerUnit;
    this.trips.add({
      symbolIndex: this.symbolIndex,
      units: lots / scale.lotsPerUnit,
      entryIndex: this.entryInstant,
      exitIndex: instant,
      entryPrice,
      exitPrice,
      stopLoss: this.stopLoss,
      takeProfit: this.takeProfit,
      pnl: pnlCents / scale.centsPerUnit,
      commission: commissionCents / scale.centsPerUnit,
      returnFraction: pnlCents / basisCents,
      maxAdverse: Math.min(0, Math.min(this.lowest, exitPrice) / entryPrice - 1),
      maxFavorable: Math.max(0, Math.max(this.highest, exitPrice) / entryPrice - 1),
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
