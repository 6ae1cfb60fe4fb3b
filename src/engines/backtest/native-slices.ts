import type { TimeInForce } from '../../domain/order.js';
import { invariant } from '../../domain/result.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import type { AccountDraft } from '../execution/account-draft.js';
import { advanceSlice, beginDay } from '../execution/process-slice.js';
import type { EndedSeries, Slice, SliceBar, SliceSignal } from '../execution/slice.js';
import type { StrategyRun } from '../strategies/strategy.js';
import type { ScheduledAction } from './action-schedule.js';
import { bookAction } from './native-actions.js';
import { closeAtLastBar } from './native-close.js';
import { takeSignal } from './native-signal.js';
import type { NativeTally } from './native-tally.js';
import type { NativeTrack } from './native-track.js';
import { strategyFailed } from './simulation-error.js';

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
 * The slices of a native run in which something happens: all of it is done by the engine of live trading. Before each, the
 * engine is told what the tracks have seen since it was last asked.
 */
export class NativeSlices {
  /** Orders wait that time alone can end: no slice may be passed over. */
  hasSessionOrders = false;
  private readonly draft: AccountDraft;
  private readonly tracks: readonly NativeTrack[];
  private readonly strategy: StrategyAtWork;
  private readonly tally: NativeTally;
  private readonly observer: NativeObserver | null;

  constructor(
    draft: AccountDraft,
    tracks: readonly NativeTrack[],
    strategy: StrategyAtWork,
    tally: NativeTally,
    observer: NativeObserver | null,
  ) {
    this.draft = draft;
    this.tracks = tracks;
    this.strategy = strategy;
    this.tally = tally;
    this.observer = observer;
  }

  beginDay(time: number): void {
    for (const track of this.tracks) track.tell(this.draft, 'PRESENT');
    beginDay(this.draft, time);
  }

  /**
   * Books splits and dividends between the slice before and the one of an instant, whose day has begun.
   * @param at the instant before it, epoch milliseconds UTC
   */
  bookActions(instant: number, at: number, actions: readonly ScheduledAction[]): void {
    const { draft, tracks, tally } = this;
    for (const { seriesIndex, action } of actions) {
      const track = tracks[seriesIndex];
      invariant(track !== undefined, 'every action has its symbol');
      track.tell(draft, 'PRESENT');
      const outcome = bookAction(draft, track.symbol, action, at);
      if (action.ratio !== 1) track.showEpoch(action.barIndex);
      tally.takeAction(track, action, outcome, draft.positionLots(track.symbol), instant - 1);
    }
    this.settle(instant - 1, at, true);
  }

  /** A slice in which an order may fill: all of it is the engine's, the strategy's decision included. */
  act(instant: number, time: number, decides: boolean): void {
    const { draft, tracks } = this;
    const bars = this.tellWithBars();
    const askStrategy = (): SliceSignal[] => {
      for (const track of tracks) track.showPosition(draft);
      this.onBar();
      return this.takeSignals(time);
    };
    advanceSlice(draft, sliceOf(time, bars, [], []), decides ? askStrategy : undefined);
    this.toldFresh();
    this.settle(instant, time);
  }

  /** Shows the account all that lies before this instant. Answers the bars of the instant, for the slice. */
  private tellWithBars(): SliceBar[] {
    const bars: SliceBar[] = [];
    for (const track of this.tracks) {
      const { isFresh } = track.market;
      track.tell(this.draft, isFresh ? 'BEFORE_PRESENT' : 'PRESENT');
      if (isFresh) bars.push(track.bar());
    }
    return bars;
  }

  private toldFresh(): void {
    for (const track of this.tracks) if (track.market.isFresh) track.toldPresent();
  }

  /** A slice in which no order can fill: the engine is asked only when the strategy decided something. */
  takeDecisions(instant: number, time: number): void {
    let acts = false;
    for (const track of this.tracks) {
      const { decision } = track.market;
      if (decision === null) continue;
      if (track.wouldActOn(decision)) acts = true;
      else track.market.clearDecision();
    }
    if (!acts) return;
    const { draft, tracks } = this;
    // Where orders fill at the close, the slice has its bars: nothing else can fill in them.
    const bars = draft.rules.tradeOnClose ? this.tellWithBars() : NO_BARS;
    if (bars.length === 0) for (const track of tracks) track.tell(draft, 'PRESENT');
    advanceSlice(draft, sliceOf(time, bars, this.takeSignals(time), []));
    if (bars.length > 0) this.toldFresh();
    this.settle(instant, time);
  }

  /** No further bar comes for a symbol: what only a next bar could fill expires, as in a replay that is over. */
  endSeries(instant: number, time: number, finalizeTrades: boolean): void {
    const { draft } = this;
    const ended: EndedSeries[] = [];
    for (const track of this.tracks) {
      if (track.nextCloseTime !== Infinity || !track.market.isFresh) continue;
      track.tell(draft, 'PRESENT');
      if (finalizeTrades) closeAtLastBar(draft, track.bar());
      ended.push({ symbol: track.symbol, reason: 'REPLAY_OVER' });
    }
    advanceSlice(draft, sliceOf(time, [], [], ended));
    this.settle(instant, time);
  }

  onBar(): void {
    try {
      this.strategy.run.onBar();
    } catch (error) {
      throw this.strategyFailed(error);
    }
  }

  strategyFailed(error: unknown): Error {
    const fresh = this.tracks.find(({ market }) => market.isFresh);
    // The cursor, not the track: over quiet bars only the cursor moves.
    return strategyFailed(this.strategy.name, fresh?.market.time.now ?? NaN, error);
  }

  private takeSignals(time: number): SliceSignal[] {
    const { name, timeInForce } = this.strategy;
    const { isFull, newId } = this.draft.record;
    const { allowShort } = this.draft.rules;
    const context = { source: name, time, timeInForce, allowShort, newId: isFull ? newId : null };
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

const NO_BARS: readonly SliceBar[] = [];

const sliceOf = (
  time: number,
  bars: readonly SliceBar[],
  signals: readonly SliceSignal[],
  ended: readonly EndedSeries[],
): Slice => ({ time, decisionTime: time, bars, signals, ended });
