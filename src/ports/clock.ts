/** Market time for decisions: wall time when live, the replay's own time in a replay. Leases use the database's now(). */
export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number;
  /** True when market time is a recording's. */
  readonly isReplay: boolean;
}
