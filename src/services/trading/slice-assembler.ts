import type { EndedSeries, Slice, SliceBar, SliceSignal } from '../../engines/execution/slice.js';
import { partitionOf } from '../../domain/topics.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { AccountFeed, FeedTopic, LiveSeries } from '../../ports/trading-store.js';
import { ByTime } from './by-time.js';
import { readFeedEvent, type FeedEvent, type FeedMessage } from './feed-event.js';
import { TopicProgress } from './topic-progress.js';

/** Events of a partition that are kept while their slices wait for another one. */
export const READ_AHEAD_MAX = 5000;

export interface AssemblerOptions {
  /** The source whose evaluations a slice waits for; null: bars only. */
  readonly signalSource: string | null;
  /** How long a slice waits for what is missing, in milliseconds; null: for ever (a replay). */
  readonly boundMs: number | null;
  /** False when no bar is to be expected of a symbol that closes at `time`. */
  readonly marketIsOpen: (symbol: string, time: number) => boolean;
}

/** A slice whose time has come, without the decision clock. */
export interface AssembledSlice extends Omit<Slice, 'decisionTime'> {
  /** What to store with it: up to where the account has then acted. */
  readonly feed: AccountFeed;
  readonly events: readonly FeedEvent[];
}

interface Item<T> {
  readonly value: T;
  readonly event: FeedEvent;
  readonly done: () => void;
}

/** What is known of one instant. */
interface Pending {
  readonly firstSeenMs: number;
  readonly bars: Map<string, Item<SliceBar>>;
}

/** A series that is followed, and how far its bars are known. */
interface Followed extends LiveSeries {
  barsUntil: number;
  ended: (Item<EndedSeries> & { readonly time: number }) | null;
}

/**
 * Makes time slices of the events of `market_data` and `trading_signals`. Pure: what it answers depends on the events,
 * their order within a partition and, where there is a bound, the times given. A slice of T is complete when every live
 * series has its bar of T with the source's evaluation, or a later bar that proves there is none. All that is known
 * here is rebuilt from (as_of, feed) by reading again.
 */
export class SliceAssembler {
  private readonly progress: Readonly<Record<FeedTopic, TopicProgress>>;
  private readonly series = new Map<string, Followed>();
  private readonly pending = new ByTime<Pending>();
  private readonly evaluations = new ByTime<Map<string, Item<SliceSignal | null>>>();
  private readonly evaluatedUntil = new Map<string, number>();

  constructor(
    feed: AccountFeed,
    private asOf: number,
    private readonly options: AssemblerOptions,
  ) {
    this.progress = {
      market_data: new TopicProgress(feed.offsets.market_data),
      trading_signals: new TopicProgress(feed.offsets.trading_signals),
    };
    for (const live of feed.live) this.follow(live.symbol, live.timeframe);
  }

  nextToRead(topic: FeedTopic, part: number): number {
    return this.progress[topic].nextToRead(part);
  }

  /** False for a partition that is far ahead, unless what the earliest slice waits for is to come in it. */
  mayRead(topic: FeedTopic, part: number): boolean {
    if (this.progress[topic].kept(part) < READ_AHEAD_MAX) return true;
    const time = this.pending.earliest;
    const slot = time === null ? undefined : this.pending.get(time);
    if (time === null || slot === undefined) return true;
    return [...this.series.values()].some(
      (each) => partitionOf(each.symbol) === part && this.missing(time, slot, each) === topic,
    );
  }

  /** Up to where the account has acted. */
  get feed(): AccountFeed {
    return {
      offsets: {
        market_data: this.progress.market_data.firstOpen(),
        trading_signals: this.progress.trading_signals.firstOpen(),
      },
      live: [...this.series.values()].map(({ symbol, timeframe }) => ({ symbol, timeframe })),
    };
  }

  /** Takes the next event of its partition. Throws for one that cannot be read; it then counts as acted on. */
  take(event: FeedEvent, nowMs: number): void {
    const done = this.progress[event.topic].take(event.part, event.off);
    let message: FeedMessage = { kind: 'other' };
    try {
      message = readFeedEvent(event);
    } finally {
      if (!this.isOurs(message)) done();
    }
    if (!this.isOurs(message)) return;
    if (message.kind === 'bar') this.takeBar({ value: message.bar, event, done }, nowMs);
    if (message.kind === 'evaluated') this.takeEvaluation(message, { value: message.signal, event, done });
    if (message.kind === 'ended') {
      const followed = this.series.get(message.symbol);
      const value = { symbol: message.symbol, reason: message.reason };
      if (followed !== undefined) followed.ended = { value, event, done, time: message.time };
    }
  }

  /** The next slice, when it is complete; slices come in the order of their times. */
  next(nowMs: number): AssembledSlice | null {
    const time = this.pending.earliest;
    const ended = [...this.series.values()].filter(
      (each) => each.ended !== null && (time === null || each.ended.time < time),
    );
    if (ended.length > 0) return this.endSeries(ended);
    if (time === null) return null;
    const slot = this.pending.get(time);
    if (slot === undefined || !(this.isComplete(time, slot) || this.isOverdue(slot, nowMs))) return null;
    return this.emit(time, slot);
  }

  private isOurs(message: FeedMessage): boolean {
    switch (message.kind) {
      case 'bar':
        return message.bar.closeTime > this.asOf && this.follows(message.bar.symbol, message.bar.timeframe, true);
      case 'evaluated':
        return message.source === this.options.signalSource && message.time > this.asOf;
      case 'ended':
        return this.follows(message.symbol, message.timeframe, false);
      case 'other':
        return false;
    }
  }

  /** A symbol is followed in one timeframe: the one that it was opened with, or that of its first bar. */
  private follows(symbol: string, timeframe: Timeframe, join: boolean): boolean {
    const followed = this.series.get(symbol);
    if (followed !== undefined) return followed.timeframe === timeframe;
    return join && this.follow(symbol, timeframe);
  }

  private follow(symbol: string, timeframe: Timeframe): true {
    this.series.set(symbol, { symbol, timeframe, barsUntil: this.asOf, ended: null });
    return true;
  }

  private takeBar(item: Item<SliceBar>, nowMs: number): void {
    const { symbol, closeTime } = item.value;
    const slot = this.pending.at(closeTime, () => ({ firstSeenMs: nowMs, bars: new Map() }));
    slot.bars.get(symbol)?.done();
    slot.bars.set(symbol, item);
    const followed = this.series.get(symbol);
    if (followed !== undefined) followed.barsUntil = Math.max(followed.barsUntil, closeTime);
  }

  private takeEvaluation(
    { symbol, timeframe, time }: Extract<FeedMessage, { kind: 'evaluated' }>,
    item: Item<SliceSignal | null>,
  ): void {
    const key = seriesKey(symbol, timeframe);
    const ofTime = this.evaluations.at(time, () => new Map());
    ofTime.get(key)?.done();
    ofTime.set(key, item);
    this.evaluatedUntil.set(key, Math.max(this.evaluatedUntil.get(key) ?? time, time));
  }

  private isComplete(time: number, slot: Pending): boolean {
    for (const each of this.series.values()) if (this.missing(time, slot, each) !== null) return false;
    return true;
  }

  /** The topic of what a slice still waits for of a series: its bar, or what the source says of it. */
  private missing(time: number, slot: Pending, { symbol, timeframe, barsUntil, ended }: Followed): FeedTopic | null {
    if (!slot.bars.has(symbol)) {
      const isKnown = barsUntil >= time || ended !== null || !this.options.marketIsOpen(symbol, time);
      return isKnown ? null : 'market_data';
    }
    const isEvaluated = (this.evaluatedUntil.get(seriesKey(symbol, timeframe)) ?? this.asOf) >= time;
    return this.options.signalSource === null || isEvaluated ? null : 'trading_signals';
  }

  private isOverdue(slot: Pending, nowMs: number): boolean {
    return this.options.boundMs !== null && nowMs - slot.firstSeenMs >= this.options.boundMs;
  }

  private emit(time: number, slot: Pending): AssembledSlice {
    const bars = [...slot.bars.values()].toSorted((a, b) => bySymbol(a.value, b.value));
    const signals = bars.flatMap(({ value: { symbol, timeframe } }) => {
      const item = this.evaluations.get(time)?.get(seriesKey(symbol, timeframe));
      return item === undefined ? [] : [item];
    });
    this.asOf = time;
    this.forgetUntil(time);
    return {
      time,
      bars: bars.map(({ value }) => value),
      signals: signals.flatMap(({ value }) => (value === null ? [] : [value])),
      ended: [],
      feed: this.feed,
      events: [...bars, ...signals].map(({ event }) => event),
    };
  }

  /** An end changes no time: it is told of at the time that the account has reached. */
  private endSeries(ended: readonly Followed[]): AssembledSlice {
    const items = ended
      .flatMap((each) => (each.ended === null ? [] : [each.ended]))
      .toSorted((a, b) => bySymbol(a.value, b.value));
    for (const { value, done } of items) {
      done();
      this.series.delete(value.symbol);
    }
    return {
      time: this.asOf,
      bars: [],
      signals: [],
      ended: items.map(({ value }) => value),
      feed: this.feed,
      events: items.map(({ event }) => event),
    };
  }

  /** What is of this time or before has been acted on, or comes too late for ever. */
  private forgetUntil(time: number): void {
    for (const { bars } of this.pending.takeUntil(time)) for (const { done } of bars.values()) done();
    for (const ofTime of this.evaluations.takeUntil(time)) for (const { done } of ofTime.values()) done();
  }
}

const seriesKey = (symbol: string, timeframe: Timeframe): string => `${symbol} ${timeframe}`;
const bySymbol = (a: { readonly symbol: string }, b: { readonly symbol: string }): number =>
  a.symbol < b.symbol ? -1 : Number(a.symbol > b.symbol);
