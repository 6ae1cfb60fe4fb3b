import type { BarSeries } from '../domain/bar.js';
import type { Timeframe } from '../domain/timeframe.js';

/** Bars with from <= open time < to, epoch milliseconds UTC. */
export interface BarRange {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly to: number;
}

/** Stored bars in bulk, for backtests: millions of them as columns. */
export interface BarHistory {
  /**
   * A text that differs from every earlier answer as soon as a bar in the range was added, corrected or deleted. It is
   * asked for before the bars are read: bars read after it are never older than it says.
   */
  version(range: BarRange): Promise<string>;
  /**
   * Oldest first. A timeframe that is not stored is aggregated from the finest stored one below it.
   * @throws RangeError for more bars than `BAR_HISTORY_ROWS_MAX`
   */
  read(range: BarRange): Promise<BarSeries>;
}

/** A limit on everything: 20 million bars are a gigabyte of columns. */
export const BAR_HISTORY_ROWS_MAX = 20_000_000;

export interface LoadedBars {
  readonly series: BarSeries;
  /** sha256 of the columns, hexadecimal: the same bars have the same hash, wherever they come from. */
  readonly dataHash: string;
  readonly origin: 'DATABASE' | 'CACHE';
}

/** Bars of a range with the hash that tells which bars they were. */
export interface BarLoader {
  /** Columns that the caller may keep and change, all of one ArrayBuffer. Empty where nothing is stored. */
  load(range: BarRange): Promise<LoadedBars>;
}
