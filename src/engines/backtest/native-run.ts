import type { AccountDraft } from '../execution/account-draft.js';
import { isBelowMaintenance } from '../execution/hold-margin.js';
import { watchesMargin } from '../execution/trading-rules.js';
import { ActionSchedule, type ScheduledAction } from './action-schedule.js';
import { firstIndexFrom } from './first-index-from.js';
import { instantsOf, type Instants } from './native-instants.js';
import { nativeResult } from './native-result.js';
import { NativeSlices, type NativeObserver, type StrategyAtWork } from './native-slices.js';
import { NativeTally } from './native-tally.js';
import type { NativeTrack } from './native-track.js';
import type { SimulationHooks, SimulationResult } from './simulation.js';

const DAY_MS = 86_400_000;

/**
 * One run of the native profile. A slice in which nothing can happen (no open order that its bars could fill, and no
 * decision) only moves the marks in here; all others are `NativeSlices`'.
 */
export class NativeRun {
  private readonly draft: AccountDraft;
  private readonly tracks: readonly NativeTrack[];
  private readonly strategy: StrategyAtWork;
  private readonly finalizeTrades: boolean;
  private readonly slices: NativeSlices;
  private readonly tally: NativeTally;
  private readonly instants: Instants;
  private readonly equity: Float64Array;
  private readonly schedule: ActionSchedule;
  /** Each close may bring a margin call: none is passed over unseen. */
  private readonly watchesMargin: boolean;

  constructor(
    draft: AccountDraft,
    tracks: readonly NativeTrack[],
    strategy: StrategyAtWork,
    finalizeTrades: boolean,
    observer: NativeObserver | null,
  ) {
    this.draft = draft;
    this.tracks = tracks;
    this.strategy = strategy;
    this.finalizeTrades = finalizeTrades;
    this.watchesMargin = watchesMargin(draft.rules);
    this.tally = new NativeTally(tracks, draft.settings);
    this.slices = new NativeSlices(draft, tracks, strategy, this.tally, observer);
    this.instants = instantsOf(tracks);
    this.equity = new Float64Array(this.instants.closeTimes.length);
    this.schedule = new ActionSchedule(tracks.flatMap((track, index) => this.actionsAhead(track, index)));
  }

  private actionsAhead(track: NativeTrack, seriesIndex: number): ScheduledAction[] {
    return track.actionsAhead.map((action) => {
      const closeTime = track.closeTimes[action.barIndex] as number;
      return { instant: firstIndexFrom(this.instants.closeTimes, closeTime), seriesIndex, action };
    });
  }

  /** @throws SimulationError STRATEGY_FAILED with the bar at which the strategy threw */
  toEnd(hooks: SimulationHooks | null): SimulationResult {
    const count = this.equity.length;
    const step = hooks === null ? count : Math.max(1, Math.floor(hooks.everyBars));
    for (let done = 0; done < count;) {
      const end = Math.min(count, done + step);
      this.advance(done, end);
      done = end;
      hooks?.onProgress(done, count, this.instants.times[done - 1] as number, this.equity[done - 1] as number);
    }
    return nativeResult(this.draft, this.tally, this.instants, this.equity, this.strategy.decideFrom);
  }

  /** From one instant with actions to the next. */
  private advance(from: number, end: number): void {
    const { schedule } = this;
    for (let begin = from; begin < end;) {
      if (schedule.nextInstant === begin) this.bookActions(begin);
      const stop = Math.min(end, schedule.nextInstant);
      this.advanceWithin(begin, stop);
      begin = stop;
    }
  }

  private bookActions(instant: number): void {
    const { draft, slices } = this;
    const { closeTimes } = this.instants;
    const time = closeTimes[instant] as number;
    if (time > draft.day.start + DAY_MS) slices.beginDay(time);
    slices.bookActions(instant, closeTimes[instant - 1] ?? draft.asOf, this.schedule.take());
  }

  private advanceWithin(from: number, end: number): void {
    const [only, second] = this.tracks;
    for (let instant = from; instant < end;) {
      if (only !== undefined && second === undefined && !this.watchesMargin) {
        instant = this.passQuietBars(only, instant, end);
      }
      if (instant < end) this.advanceOne(instant);
      instant += 1;
    }
  }

  /**
   * The hot loop of a run of one symbol: marks and asks the strategy while no bar can fill anything, no day begins and
   * nothing is decided. What does not change in between is read once.
   * @returns the first instant that is still to be done
   */
  private passQuietBars(track: NativeTrack, from: number, end: number): number {
    const { draft, equity } = this;
    const { closeTimes } = this.instants;
    const { run, decideFrom } = this.strategy;
    const { centsPerUnit } = this.tally;
    const { market, firstIndex } = track;
    const dayEnd = draft.day.start + DAY_MS;
    const { cashCents } = draft;
    // The last bar ends its series.
    const last = Math.min(end, closeTimes.length - 1);
    market.isFresh = true;
    let instant = from;
    for (; instant < last; instant += 1) {
      const time = closeTimes[instant] as number;
      const index = firstIndex + instant;
      if (time > dayEnd || track.isTouched(index)) break;
      market.cursor.index = index;
      equity[instant] = (cashCents + track.valueCentsAt(index)) / centsPerUnit;
      if (time < decideFrom) continue;
      try {
        run.onBar();
      } catch (error) {
        throw this.slices.strategyFailed(error);
      }
      if (market.decision === null) continue;
      track.moveTo(index);
      this.slices.takeDecisions(instant, time);
      // What was decided may have been filled at this close.
      equity[instant] = (draft.cashCents + track.valueCents) / centsPerUnit;
      return instant + 1;
    }
    track.moveTo(firstIndex + instant - 1);
    return instant;
  }

  /** Any instant of any number of symbols. */
  private advanceOne(instant: number): void {
    const { draft, tracks, slices } = this;
    const time = this.instants.closeTimes[instant] as number;
    if (time > draft.day.start + DAY_MS) slices.beginDay(time);
    let mayFill = slices.hasSessionOrders;
    let hasEnded = false;
    for (const track of tracks) {
      const isFresh = track.nextCloseTime === time;
      track.market.isFresh = isFresh;
      if (!isFresh) continue;
      if (track.step()) mayFill = true;
      if (track.nextCloseTime === Infinity) hasEnded = true;
    }
    const decides = time >= this.strategy.decideFrom;
    if (mayFill || (this.watchesMargin && this.isCalledIn())) {
      slices.act(instant, time, decides);
    } else if (decides) {
      slices.onBar();
      slices.takeDecisions(instant, time);
    }
    if (hasEnded) slices.endSeries(instant, time, this.finalizeTrades);
    let cents = draft.cashCents;
    for (const track of tracks) cents += track.valueCents;
    this.equity[instant] = cents / this.tally.centsPerUnit;
  }

  private isCalledIn(): boolean {
    const { draft } = this;
    let equity = draft.cashCents;
    let held = 0;
    for (const { valueCents } of this.tracks) {
      equity += valueCents;
      held += Math.abs(valueCents);
    }
    return isBelowMaintenance(equity, held, draft.rules);
  }
}
