import type { BarSeries } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { usEquitySession, usEquitySessionMs } from '../../domain/us-equity-session.js';
import type { PreparedBars } from './prepared-bars.js';

const DAY_MS = 86_400_000;
/** 09:30 in New York, in milliseconds of the UTC day: in summer and in winter. */
const SESSION_OPENS: readonly number[] = [13.5 * 3_600_000, 14.5 * 3_600_000];

/** From when on each bar may be seen: its open plus the timeframe, or the close of the session that a daily bar is. */
export function closeTimesOf(
  series: BarSeries,
  calendar: Instrument['calendar'],
  prepared?: Pick<PreparedBars, 'times' | 'closeTimes'>,
): Float64Array {
  const length = timeframeMs(series.timeframe);
  const { timestamps } = series;
  const isSession = calendar === 'us-equity' && length === DAY_MS;
  // Of a single symbol they are known already.
  if (!isSession && prepared?.times === timestamps) return prepared.closeTimes;
  if (isSession) return sessionCloses(timestamps);
  return timestamps.map((open) => open + length);
}

/** Of columns that are still in use: a parameter search runs thousands of times over the same ones. */
const KNOWN = new WeakMap<Float64Array, Float64Array>();

function sessionCloses(timestamps: Float64Array): Float64Array {
  const known = KNOWN.get(timestamps);
  if (known !== undefined) return known;
  const closeTimes = timestamps.map(sessionClose);
  KNOWN.set(timestamps, closeTimes);
  return closeTimes;
}

/** Asking the calendar costs 20 microseconds; a bar that opens with the session does without. */
const sessionClose = (open: number): number =>
  SESSION_OPENS.includes(open % DAY_MS) ? open + usEquitySessionMs(open) : usEquitySession(open).close;
