import type { TimeInForce } from '../../domain/order.js';
import { invariant } from '../../domain/result.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import type { AccountDraft } from '../execution/account-draft.js';
import { advanceSlice, beginDay } from '../execution/process-slice.js';
import type { EndedSeries, Slice, SliceBar, SliceSignal } from '../execution/slice.js';
import type { StrategyRun } from '../strategies/strategy.js';
import { ActionSchedule, type ScheduledAction } from './action-schedule.js';
import { firstIndexFrom } from './first-index-from.js';
import { bookAction } from './native-actions.js';
import { closeAtLastBar } from './native-close.js';
import { takeSignal } from './native-signal.js';
import { instantsOf, type Instants } from './native-instants.js';
import { NativeTally } from './native-tally.js';
import type { NativeTrack } from './native-track.js';
import { strategyFailed } from './simulation-error.js';
import type { SimulationHooks, SimulationResult } from './simulation.js';

const DAY_MS = 86_400_000;

/** A strategy at work. */
export interface StrategyAtWork {
  readonly run: StrategyRun;
  readonly name: string;
  /** Close time from which on it decides. */
  readonly decideFrom: number;
  /** Of its entries. */
  readonly timeInForce: TimeInForce;
}

/** Sees what the account does, as live trading would store it. */
export interface NativeObserver {
  /** Events of an instant (its close time), in order; not called where there are none. */
  onEvents(time: number, events: readonly TradingEvent[]): void;
}

/**
 * One run of the native profile. A slice in which nothing can happen (no open order that its bars could fill, and no
 * decision) only moves the marks in here; all others go through the slice engine of live trading.
 */
export class NativeRun {
  private readonly draft: AccountDraft;
  private readonly tracks: readonly NativeTrack[];
  private readonly strategy: StrategyAtWork;
  private readonly finalizeTrades: boolean;
  private readonly observer: NativeObserver | null;
  private readonly tally: NativeTally;
  private readonly instants: Instants;
  private readonly equity: Float64Array;
  private readonly schedule: ActionSchedule;
  /** Orders wait that time alone can end: no slice may be passed over. */
  private hasSessionOrders = false;

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
    this.observer = observer;
    this.tally = new NativeTally(tracks, draft.settings);
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
    return this.result();
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

  /** Between the slice before and the one of an instant, whose day has begun. */
  private bookActions(instant: number): void {
    const { draft, tracks, tally } = this;
    const time = this.instants.closeTimes[instant] as number;
    if (time > draft.day.start + DAY_MS) this.beginDay(time);
    const at = this.instants.closeTimes[instant - 1] ?? draft.asOf;
    for (const { seriesIndex, action } of this.schedule.take()) {
      const track = tracks[seriesIndex];
      invariant(track !== undefined, 'every action has its symbol');
      track.tell(draft, 'PRESENT');
      const outcome = bookAction(draft, track.symbol, action, at);
      if (action.ratio !== 1) track.showEpoch(action.barIndex);
      tally.takeAction(track, action, outcome, draft.positionLots(track.symbol), instant - 1);
    }
    this.settle(instant - 1, at, true);
  }

  private advanceWithin(from: number, end: number): void {
    const [only, second] = this.tracks;
    for (let instant = from; instant < end;) {
      if (only !== undefined && second === undefined) instant = this.passQuietBars(only, instant, end);
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
        throw this.strategyFailed(error);
      }
      if (market.decision === null) continue;
      track.moveTo(index);
      this.takeDecisions(instant, time);
      return instant + 1;
    }
    track.moveTo(firstIndex + instant - 1);
    return instant;
  }

  /** Any instant of any number of symbols. */
  private advanceOne(instant: number): void {
    const { draft, tracks } = this;
    const time = this.instants.closeTimes[instant] as number;
    if (time > draft.day.start + DAY_MS) this.beginDay(time);
    let mayFill = this.hasSessionOrders;
    let hasEnded = false;
    for (const track of tracks) {
      const isFresh = track.nextCloseTime === time;
      track.market.isFresh = isFresh;
      if (!isFresh) continue;
      if (track.step()) mayFill = true;
      if (track.nextCloseTime === Infinity) hasEnded = true;
    }
    const decides = time >= this.strategy.decideFrom;
    if (mayFill) {
      this.act(instant, time, decides);
    } else if (decides) {
      this.onBar();
      this.takeDecisions(instant, time);
    }
    if (hasEnded) this.endSeries(instant, time);
    let cents = draft.cashCents;
    for (const track of tracks) cents += track.valueCents;
    this.equity[instant] = cents / this.tally.centsPerUnit;
  }

  private result(): SimulationResult {
    const { centsPerUnit } = this.tally;
    const { decideFrom } = this.strategy;
    const { closeTimes } = this.instants;
    let firstDecisionIndex = 0;
    while ((closeTimes[firstDecisionIndex] as number) < decideFrom) firstDecisionIndex += 1;
    const { roundTrips, fillCount, refusedCount, tradedCents } = this.tally;
    const exposed = new Uint8Array(this.equity.length);
    const entries = roundTrips.column('entryIndex');
    const exits = roundTrips.column('exitIndex');
    for (let k = 0; k < roundTrips.length; k += 1) exposed.fill(1, entries[k], (exits[k] as number) + 1);
    return {
      ...this.instants,
      equity: this.equity,
      exposed,
      roundTrips,
      dividends: this.tally.dividendCents / centsPerUnit,
      commissions: this.draft.feesCents / centsPerUnit,
      tradedValue: tradedCents / centsPerUnit,
      fillCount,
      refusedCount,
      firstDecisionIndex,
    };
  }

  private beginDay(time: number): void {
    for (const track of this.tracks) track.tell(this.draft, 'PRESENT');
    beginDay(this.draft, time);
  }

  /** A slice in which an order may fill: all of it is the engine's, the strategy's decision included. */
  private act(instant: number, time: number, decides: boolean): void {
    const { draft, tracks } = this;
    const bars: SliceBar[] = [];
    for (const track of tracks) {
      const { isFresh } = track.market;
      track.tell(draft, isFresh ? 'BEFORE_PRESENT' : 'PRESENT');
      if (isFresh) bars.push(track.bar());
    }
    const askStrategy = (): SliceSignal[] => {
      for (const track of tracks) track.showPosition(draft);
      this.onBar();
      return this.takeSignals(time);
    };
    advanceSlice(draft, sliceOf(time, bars, [], []), decides ? askStrategy : undefined);
    for (const track of tracks) if (track.market.isFresh) track.toldPresent();
    this.settle(instant, time);
  }

  /** A slice in which no order can fill: the engine is asked only when the strategy decided something. */
  private takeDecisions(instant: number, time: number): void {
    let acts = false;
    for (const track of this.tracks) {
      const { decision } = track.market;
      if (decision === null) continue;
      if (track.wouldActOn(decision)) acts = true;
      else track.market.clearDecision();
    }
    if (!acts) return;
    for (const track of this.tracks) track.tell(this.draft, 'PRESENT');
    advanceSlice(this.draft, sliceOf(time, [], this.takeSignals(time), []));
    this.settle(instant, time);
  }

  /** No further bar comes for a symbol: what only a next bar could fill expires, as in a replay that is over. */
  private endSeries(instant: number, time: number): void {
    const { draft } = this;
    const ended: EndedSeries[] = [];
    for (const track of this.tracks) {
      if (track.nextCloseTime !== Infinity || !track.market.isFresh) continue;
      track.tell(draft, 'PRESENT');
      if (this.finalizeTrades) closeAtLastBar(draft, track.bar());
      ended.push({ symbol: track.symbol, reason: 'REPLAY_OVER' });
    }
    advanceSlice(draft, sliceOf(time, [], [], ended));
    this.settle(instant, time);
  }

  private onBar(): void {
    try {
      this.strategy.run.onBar();
    } catch (error) {
      throw this.strategyFailed(error);
    }
  }

  private takeSignals(time: number): SliceSignal[] {
    const { name, timeInForce } = this.strategy;
    const context = { source: name, time, timeInForce, newId: this.draft.record.newId };
    const signals: SliceSignal[] = [];
    for (const { market } of this.tracks) {
      try {
        const signal = takeSignal(market, context);
        if (signal !== null) signals.push(signal);
      } catch (error) {
        throw this.strategyFailed(error);
      }
    }
    return signals;
  }

  private strategyFailed(error: unknown): Error {
    const fresh = this.tracks.find(({ market }) => market.isFresh);
    // The cursor, not the track: over quiet bars only the cursor moves.
    return strategyFailed(this.strategy.name, fresh?.market.time.now ?? NaN, error);
  }

  /** Counts what has happened, and lets the tracks follow the account. */
  private settle(instant: number, time: number, hasChanged = false): void {
    const { draft, tally } = this;
    const events = draft.takeEvents();
    if (events.length === 0 && !hasChanged) return;
    if (events.length > 0) this.observer?.onEvents(time, events);
    for (const event of events) tally.take(event, instant)?.markChanged();
    this.hasSessionOrders = false;
    for (const track of this.tracks) {
      track.followIfChanged(draft);
      if (track.hasSessionOrder) this.hasSessionOrders = true;
    }
  }
}

const sliceOf = (
  time: number,
  bars: readonly SliceBar[],
  signals: readonly SliceSignal[],
  ended: readonly EndedSeries[],
): Slice => ({ time, decisionTime: time, bars, signals, ended });
