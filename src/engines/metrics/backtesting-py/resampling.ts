import { DAY_MS, monthOfDay } from '../calendar-months.js';
import { lastInstantOfDays } from '../trading-days.js';

/** How the program groups equity before it annualizes. */
export interface Resampling {
  /** Last instant of each group. */
  readonly ends: Int32Array;
  /** Groups a year. */
  readonly periodsPerYear: number;
  /** Median distance of the last 100 instants, milliseconds; durations are rounded up to it. NaN for one instant. */
  readonly barMs: number;
}

/** Share of the instants on Saturday and Sunday above which a market is taken to be open on weekends. */
const WEEKEND_SHARE = (2 / 7) * 0.6;

/**
 * Bars a week, a month (31 days) or a year apart are grouped by week (to Sunday), month or year, all others by day; a
 * year has 365 days when there are bars on weekends, else 252.
 * @param times epoch milliseconds, ascending, at least one
 */
export function resampling(times: Float64Array): Resampling {
  const barMs = medianDistance(times);
  const barDays = Math.floor(barMs / DAY_MS);
  const dayEnds = lastInstantOfDays(times, 0);
  const dayAt = (index: number) => Math.floor((times[index] as number) / DAY_MS);
  if (barDays === 7) return { ends: lastOf(dayEnds, (i) => Math.floor((dayAt(i) + 3) / 7)), periodsPerYear: 52, barMs };
  if (barDays === 31) return { ends: lastOf(dayEnds, (i) => monthOfDay(dayAt(i))), periodsPerYear: 12, barMs };
  if (barDays === 365) {
    return { ends: lastOf(dayEnds, (i) => Math.floor(monthOfDay(dayAt(i)) / 12)), periodsPerYear: 1, barMs };
  }
  return { ends: dayEnds, periodsPerYear: weekendShare(dayEnds, dayAt) > WEEKEND_SHARE ? 365 : 252, barMs };
}

function medianDistance(times: Float64Array): number {
  const recent = times.subarray(-100);
  if (recent.length < 2) return NaN;
  const distances = recent.subarray(1).map((time, i) => time - (recent[i] as number));
  distances.sort();
  const middle = distances.length >> 1;
  const upper = distances[middle] as number;
  return distances.length % 2 === 1 ? upper : ((distances[middle - 1] as number) + upper) / 2;
}

function weekendShare(dayEnds: Int32Array, dayAt: (index: number) => number): number {
  let weekend = 0;
  let previousEnd = -1;
  for (let i = 0; i < dayEnds.length; i += 1) {
    const end = dayEnds[i] as number;
    // 1970-01-01 was a Thursday: 0 is Monday.
    const day = dayAt(end) + 3;
    if (day - Math.floor(day / 7) * 7 >= 5) weekend += end - previousEnd;
    previousEnd = end;
  }
  return weekend / (previousEnd + 1);
}

/** Of ascending indexes the last one of each group. */
function lastOf(indexes: Int32Array, groupOf: (index: number) => number): Int32Array {
  return indexes.filter((index, i) => {
    const next = indexes[i + 1];
    return next === undefined || groupOf(next) !== groupOf(index);
  });
}
