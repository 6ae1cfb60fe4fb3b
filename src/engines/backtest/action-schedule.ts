import type { BarAction } from './bar-actions.js';

/** An action, and the place in the run at which it is booked. */
export interface ScheduledAction {
  /** Index of the instant before which it is booked. */
  readonly instant: number;
  /** Index of the series. */
  readonly seriesIndex: number;
  readonly action: BarAction;
}

/** The corporate actions ahead of a run, by instant. Without any, `nextInstant` is Infinity and stays so. */
export class ActionSchedule {
  /** Instant of the next actions; Infinity when there are none. */
  nextInstant: number;
  private readonly ahead: readonly ScheduledAction[];
  private taken = 0;

  /** @param ahead in any order */
  constructor(ahead: readonly ScheduledAction[]) {
    this.ahead = ahead.toSorted((a, b) => a.instant - b.instant || a.seriesIndex - b.seriesIndex);
    this.nextInstant = this.ahead[0]?.instant ?? Infinity;
  }

  /** The actions of the next instant that has some, in the order of the series; goes on to the one after it. */
  take(): readonly ScheduledAction[] {
    const start = this.taken;
    while (this.ahead[this.taken]?.instant === this.nextInstant) this.taken += 1;
    this.nextInstant = this.ahead[this.taken]?.instant ?? Infinity;
    return this.ahead.slice(start, this.taken);
  }
}
