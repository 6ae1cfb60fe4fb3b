import { setTimeout as wait } from 'node:timers/promises';
import type { InstrumentStore } from '../../ports/bar-store.js';
import type { DueBar, ReplayPace } from '../../ports/clock.js';
import type { PollSymbol } from './poll-symbol.js';

export interface AdvanceReplayOptions {
  readonly pace: ReplayPace;
  readonly pollSymbol: PollSymbol;
  readonly instruments: Pick<InstrumentStore, 'tracked'>;
  /**
   * A bar that is due within this time is waited for. Half of the time between two calls makes the pace even: calls that
   * come a little early would otherwise play none, and the next ones two.
   */
  readonly lookAheadMs?: number;
}

/**
 * Plays what is due of a replay: bar by bar in the order of their close times, each polled in a transaction of its own
 * with market time at its close. The next one begins when that is committed, so the outcome is the same at any speed.
 */
export class AdvanceReplay {
  private running: Promise<number> | null = null;

  constructor(private readonly options: AdvanceReplayOptions) {}

  /** Answers how many bars were played. Two callers at once share one run: bars have one order. */
  advance(signal?: AbortSignal): Promise<number> {
    this.running ??= this.drain(signal).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async drain(signal?: AbortSignal): Promise<number> {
    const { pace, pollSymbol } = this.options;
    let played = 0;
    let tracked: ReadonlySet<string> | null = null;
    for (let due = await this.nextDue(signal); due !== null; due = await this.nextDue(signal)) {
      tracked ??= await this.trackedSeries();
      // What is not tracked is passed over: it comes as history when somebody tracks it.
      if (tracked.has(`${due.symbol} ${due.timeframe}`)) await pollSymbol.poll(due.symbol, due.timeframe, signal);
      pace.settle();
      played += 1;
    }
    return played;
  }

  /** Null when none is due within the look-ahead, or when aborted. */
  private async nextDue(signal?: AbortSignal): Promise<DueBar | null> {
    const { pace, lookAheadMs = 0 } = this.options;
    const dueInMs = pace.dueInMs();
    if (dueInMs === null || dueInMs > lookAheadMs) return null;
    if (dueInMs > 0) await wait(dueInMs, undefined, { signal }).catch(() => undefined);
    return signal?.aborted === true ? null : pace.takeDue();
  }

  private async trackedSeries(): Promise<ReadonlySet<string>> {
    const tracked = await this.options.instruments.tracked();
    return new Set(tracked.map(({ instrument, timeframe }) => `${instrument.symbol} ${timeframe}`));
  }
}
