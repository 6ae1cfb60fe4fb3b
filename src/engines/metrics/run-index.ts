import type { Instrument } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { benchmarkReturns, type BenchmarkReturns } from './benchmark-returns.js';
import { DAY_MS } from './calendar-months.js';
import { dayStartMs, lastInstantOfDays, periodsPerYear } from './trading-days.js';

/** A year of the Gregorian calendar on average, as `backtesting.py` counts years too. */
const YEAR_DAYS = 365.25;

/** What the native statistics need of the bars alone: made once, shared by all runs over the same bars. */
export interface RunIndex {
  readonly instantCount: number;
  /**
   * Last instant of each period (a day). A first day of one instant is left out: equity is first known at its end, so
   * it has no return of its own.
   */
  readonly periodEnds: Int32Array;
  /** 252 or 365. */
  readonly periodsPerYear: number;
  /** From the first to the last instant, in years of 365.25 days. */
  readonly years: number;
  /** Null without one. */
  readonly benchmark: BenchmarkReturns | null;
}

export interface RunCalendar {
  readonly calendar: Instrument['calendar'];
  readonly timeframe: Timeframe;
  /**
   * Closes of the benchmark, one an instant; left out or null for none. They count only when each is above 0:
   * `alignCloses` carries the last one over instants at which the benchmark did not trade.
   */
  readonly benchmarkCloses?: Float64Array | null;
}

/**
 * Groups the instants of a run by day (session for US equities, UTC for crypto) and measures its benchmark.
 * @param times instants of the run, epoch milliseconds, ascending
 * @throws RangeError without an instant, or when the benchmark's length is another
 */
export function indexRun(times: Float64Array, about: RunCalendar): RunIndex {
  const instantCount = times.length;
  if (instantCount === 0) throw new RangeError('A run without bars has no statistics');
  const ends = lastInstantOfDays(times, dayStartMs(about.calendar, about.timeframe));
  const periodEnds = ends[0] === 0 ? ends.subarray(1) : ends;
  return {
    instantCount,
    periodEnds,
    periodsPerYear: periodsPerYear(about.calendar),
    years: ((times[instantCount - 1] as number) - (times[0] as number)) / DAY_MS / YEAR_DAYS,
    benchmark: about.benchmarkCloses ? benchmarkReturns(about.benchmarkCloses, instantCount, periodEnds) : null,
  };
}
