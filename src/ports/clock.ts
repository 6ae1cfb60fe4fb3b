import type { Timeframe } from '../domain/timeframe.js';

/** Market time for decisions: wall time when live, the replay's own time in a replay. Leases use the database's now(). */
export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number;
  /** True when market time is a recording's. */
  readonly isReplay: boolean;
}

/** HOLDING: waits to be released. ENDED: the last recorded bar has been ingested. */
export type ReplayState = 'HOLDING' | 'RUNNING' | 'ENDED';

/** Which series a recorded bar belongs to, and when it closes. */
export interface DueBar {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Epoch milliseconds UTC. */
  readonly closeTime: number;
}

/**
 * The clock of a replay: it moves from bar to bar, and only when the bar at hand has been ingested. However slow
 * ingestion is, market time waits for it, so a replayed bar is never late.
 */
export interface ReplayPace extends Clock {
  readonly state: ReplayState;
  hold(): void;
  release(): void;
  /** Another process plays the replay: it has ingested all that closed by `position`, epoch milliseconds UTC. */
  follow(position: number, isRunning: boolean): void;
  /** This process plays it from `position` on, once it is released. */
  lead(position: number): void;
  /** True when the series is part of what is replayed (and not only history). */
  plays(symbol: string, timeframe: Timeframe): boolean;
  /**
   * Sets market time to the close of the next recorded bar if its time has come, and answers that bar; null when none is
   * due. Answers the same bar until it is settled.
   */
  takeDue(): DueBar | null;
  /** Milliseconds of wall time until the next bar is due, 0 when one is; null when none will be (held, ended). */
  dueInMs(): number | null;
  /** The bar last taken has been ingested. */
  settle(): void;
}
