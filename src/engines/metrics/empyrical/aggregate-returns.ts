import { DAY_MS, monthOfDay } from '../calendar-months.js';
import { finalReturn } from './cumulative-returns.js';
import type { EmpyricalPeriod } from './annualization.js';

/** Number of the group that a day belongs to; weeks begin on Monday (1970-01-01 was a Thursday). */
const GROUP_OF_DAY: Readonly<Record<Exclude<EmpyricalPeriod, 'daily'>, (day: number) => number>> = {
  weekly: (day) => Math.floor((day + 3) / 7),
  monthly: monthOfDay,
  quarterly: (day) => Math.floor(monthOfDay(day) / 3),
  yearly: (day) => Math.floor(monthOfDay(day) / 12),
};

/**
 * Returns compounded within each week, month, quarter or year.
 * @param times of the returns, epoch milliseconds UTC, ascending
 */
export function aggregateReturns(
  times: Float64Array,
  returns: Float64Array,
  period: Exclude<EmpyricalPeriod, 'daily'>,
): Float64Array {
  const groupAt = (i: number) => GROUP_OF_DAY[period](Math.floor((times[i] as number) / DAY_MS));
  const aggregated: number[] = [];
  let begin = 0;
  for (let i = 1; i <= returns.length; i += 1) {
    if (i < returns.length && groupAt(i) === groupAt(begin)) continue;
    aggregated.push(finalReturn(returns.subarray(begin, i)));
    begin = i;
  }
  return Float64Array.from(aggregated);
}
