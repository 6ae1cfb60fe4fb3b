import type { Timeframe } from '../../domain/timeframe.js';
import { invariant } from '../../domain/result.js';
import type { DueBar, ReplayPace, ReplayState } from '../../ports/clock.js';
import type { Recording } from './recordings.js';

/** Bars a second, or as fast as ingestion takes them. */
export type ReplaySpeed = number | 'max';

/** After a stall longer than this the replay goes on from where it stands instead of making up for all of it at once. */
const CATCH_UP_MAX_MS = 2000;

export interface ReplayClockOptions {
  /** The series that are played, merged by close time. */
  readonly recordings: readonly Recording[];
  /** Market time to begin or to resume at: epoch milliseconds UTC. Bars that closed by then have been played. */
  readonly position: number;
  readonly speed: ReplaySpeed;
  /** Milliseconds that never run backwards; paces the replay, decides nothing. */
  readonly monotonicMs?: () => number;
}

/** Merged by close time, then symbol: one order, whatever the speed. */
function compareDue(a: DueBar, b: DueBar): number {
  if (a.closeTime !== b.closeTime) return a.closeTime - b.closeTime;
  return a.symbol < b.symbol ? -1 : Number(a.symbol > b.symbol);
}

/**
 * The time of a replay. Starts HOLDING; `release()` lets it run. In a process that does not play the replay itself it
 * follows the one that does.
 */
export class ReplayClock implements ReplayPace {
  readonly isReplay = true;
  readonly speed: ReplaySpeed;
  private readonly tape: readonly DueBar[];
  private readonly played: ReadonlySet<string>;
  private readonly intervalMs: number;
  private readonly monotonicMs: () => number;
  private position: number;
  /** The next bar of the tape that has not been ingested yet. */
  private next: number;
  private taken = false;
  private held = true;
  /** What is known of the process that plays the replay; null in that process itself. */
  private followed: { readonly isRunning: boolean } | null = null;
  private nextReleaseAt = 0;

  /** Throws RangeError for a speed that is not above 0. */
  constructor(options: ReplayClockOptions) {
    if (options.speed !== 'max' && !(options.speed > 0 && Number.isFinite(options.speed))) {
      throw new RangeError(`replay speed: ${options.speed} must be a number of bars a second above 0, or "max"`);
    }
    this.speed = options.speed;
    this.tape = options.recordings
      .flatMap(({ bars }) => bars.map(({ symbol, timeframe, closeTime }) => ({ symbol, timeframe, closeTime })))
      .toSorted(compareDue);
    this.played = new Set(options.recordings.map(({ instrument, timeframe }) => `${instrument.symbol} ${timeframe}`));
    this.intervalMs = options.speed === 'max' ? 0 : 1000 / options.speed;
    this.monotonicMs = options.monotonicMs ?? (() => performance.now());
    this.position = options.position;
    this.next = this.indexAfter(options.position);
  }

  now(): number {
    return this.position;
  }

  get state(): ReplayState {
    if (this.next >= this.tape.length) return 'ENDED';
    const isRunning = this.followed === null ? !this.held : this.followed.isRunning;
    return isRunning ? 'RUNNING' : 'HOLDING';
  }

  hold(): void {
    this.held = true;
  }

  /** Of no effect in a process that follows. */
  release(): void {
    if (!this.held || this.followed !== null) return;
    this.held = false;
    this.nextReleaseAt = this.monotonicMs();
  }

  /**
   * Another process plays the replay: bars that closed by `position` (epoch milliseconds UTC) have been played. Gives out
   * no bar from now on, but for one that was taken before.
   */
  follow(position: number, isRunning: boolean): void {
    this.held = true;
    this.followed = { isRunning };
    this.moveTo(position);
  }

  /** This process plays the replay from `position` on; it is HOLDING until it is released. */
  lead(position: number): void {
    this.followed = null;
    this.held = true;
    this.moveTo(position);
  }

  plays(symbol: string, timeframe: Timeframe): boolean {
    return this.played.has(`${symbol} ${timeframe}`);
  }

  takeDue(): DueBar | null {
    const bar = this.tape[this.next];
    if (bar === undefined) return null;
    if (this.dueInMs() !== 0) return null;
    this.taken = true;
    this.position = bar.closeTime;
    return bar;
  }

  dueInMs(): number | null {
    if (this.next >= this.tape.length) return null;
    // A bar that was taken stays taken while the replay is held: market time has reached it already.
    if (this.taken) return 0;
    return this.held ? null : Math.max(0, this.nextReleaseAt - this.monotonicMs());
  }

  settle(): void {
    invariant(this.taken, 'a replayed bar is taken before it is settled');
    this.taken = false;
    this.next += 1;
    this.nextReleaseAt = Math.max(this.nextReleaseAt + this.intervalMs, this.monotonicMs() - CATCH_UP_MAX_MS);
  }

  /** Never back; and not over a bar that was taken, whose ingestion may be under way. */
  private moveTo(position: number): void {
    if (this.taken || position <= this.position) return;
    this.position = position;
    this.next = this.indexAfter(position);
  }

  private indexAfter(position: number): number {
    const index = this.tape.findIndex(({ closeTime }) => closeTime > position);
    return index === -1 ? this.tape.length : index;
  }
}
