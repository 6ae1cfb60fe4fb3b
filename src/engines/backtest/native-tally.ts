import type { TradingEvent } from '../../domain/trading-event.js';
import type { TradingSettings } from '../execution/trading-settings.js';
import { invariant } from '../../domain/result.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import { notionalCents } from '../portfolio/money.js';
import type { BarAction } from './bar-actions.js';
import type { ActionOutcome } from './native-actions.js';
import type { NativeTrack } from './native-track.js';
import { exitReasonOf } from './exit-reason.js';
import { NativeTrips } from './native-trips.js';
import { RoundTrips } from './round-trips.js';

interface TalliedSymbol {
  readonly track: NativeTrack;
  readonly scale: InstrumentScale;
  readonly trips: NativeTrips;
}

/** What a native run counts of the account's events. */
export class NativeTally {
  readonly roundTrips = new RoundTrips();
  tradedCents = 0;
  fillCount = 0;
  refusedCount = 0;
  dividendCents = 0;
  /** Of the account's currency, which all symbols share. */
  readonly centsPerUnit: number;
  private readonly settings: TradingSettings;
  private readonly bySymbol: ReadonlyMap<string, TalliedSymbol>;

  constructor(tracks: readonly NativeTrack[], settings: TradingSettings) {
    this.settings = settings;
    this.centsPerUnit = this.scaleOf(tracks[0]?.symbol ?? '').centsPerUnit;
    this.bySymbol = new Map(
      tracks.map((track, index) => {
        const scale = this.scaleOf(track.symbol);
        return [track.symbol, { track, scale, trips: new NativeTrips(index, track.series, scale, this.roundTrips) }];
      }),
    );
  }

  /** Takes an event of an instant. Answers the track whose orders or position it changed; null for none. */
  take(event: TradingEvent, instant: number): NativeTrack | null {
    if (event.type === 'risk_decided') {
      if (!event.decision.approved) this.refusedCount += 1;
      return null;
    }
    if (event.type === 'fill_booked' || event.type === 'action_taken') return null;
    const { order, fill } = event;
    const of = this.bySymbol.get(order.symbol);
    if (of === undefined) invariant(false, `an order of ${order.symbol}, which is not part of the run`);
    of.trips.takeOrder(order);
    if (order.endReason === 'INSUFFICIENT_RESERVE') this.refusedCount += 1;
    if (fill !== null) {
      this.fillCount += 1;
      this.tradedCents += notionalCents(of.scale, fill.priceTicks, fill.lots);
      of.trips.takeFill(fill, exitReasonOf(order), {
        instant,
        barIndex: of.track.barIndex,
        // A market order fills at an open, or else at a close.
        isAtClose: order.orderType === 'MARKET' && fill.assumptions.where === 'INSIDE',
      });
    }
    return of.track;
  }

  /**
   * Takes what an action did. The track has its bars in the scale after it already.
   * @param lots that it left
   * @param instant the last one before it
   */
  takeAction(track: NativeTrack, { ratio }: BarAction, outcome: ActionOutcome, lots: number, instant: number): void {
    this.dividendCents += outcome.dividendCents;
    const of = this.bySymbol.get(track.symbol);
    invariant(of !== undefined, () => `an action of ${track.symbol}, which is not part of the run`);
    if (ratio !== 1) of.trips.split(track.series, ratio, { ...outcome, lots }, { instant, barIndex: track.barIndex });
    track.markChanged();
  }

  private scaleOf(symbol: string): InstrumentScale {
    const traded = this.settings.instruments.get(symbol);
    invariant(traded !== undefined, () => `no instrument ${symbol} in the settings`);
    return traded.scale;
  }
}
