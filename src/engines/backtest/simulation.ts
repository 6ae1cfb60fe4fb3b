import type { BarSeries } from '../../domain/bar.js';
import type { SeriesActions } from '../../domain/corporate-action.js';
import type { RoundTrips } from './round-trips.js';

/**
 * What a simulation leaves, whichever profile it ran under. Money in the account's currency, float64. Bars before
 * `tradeFrom` are no part of it: index 0 is the first instant that trades.
 */
export interface SimulationResult {
  /** Instants of the run (one a bar; of several symbols, each instant once), open times, epoch milliseconds UTC. */
  readonly times: Float64Array;
  /** Close times of the same instants. */
  readonly closeTimes: Float64Array;
  /** Equity after each instant, at the closes. */
  readonly equity: Float64Array;
  /** 1 from the entry to the exit of each round trip, both included, else 0: positions still open do not count. */
  readonly exposed: Uint8Array;
  readonly roundTrips: RoundTrips;
  /** Cash received as dividends, less what shorts paid. Part of the equity, and of no round trip. */
  readonly dividends: number;
  /** All commissions paid. */
  readonly commissions: number;
  /** Sum of the values of all executions: for the turnover. */
  readonly tradedValue: number;
  /** Executions, and orders that were denied or canceled for want of money. */
  readonly fillCount: number;
  readonly refusedCount: number;
  /** Index of the first instant at which the strategy could decide. */
  readonly firstDecisionIndex: number;
}

/** Bars of a run: one series a symbol, in alphabetic order; all of one timeframe. */
export interface SimulationBars {
  readonly series: readonly BarSeries[];
  /** Open time from which on it trades; earlier bars only warm the strategy up. Null: all of them count. */
  readonly tradeFrom: number | null;
  /** Splits and dividends of the symbols that have some. */
  readonly actions?: readonly SeriesActions[];
}

/** For those who wait for a simulation: where it is. What `onProgress` throws ends the run, unchanged. */
export interface SimulationHooks {
  /** Instants between two reports, 1 at least. */
  readonly everyBars: number;
  /** `time` is the open time of the last instant done, `equity` the account's after it. */
  onProgress(doneBars: number, totalBars: number, time: number, equity: number): void;
}
