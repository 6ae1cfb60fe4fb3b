import type { Instrument } from './instrument.js';
import { timeframeMs, type Timeframe } from './timeframe.js';
import { isUsEquitySessionDay, usEquitySession } from './us-equity-session.js';

const DAY_MS = 86_400_000;
/** The longest that the exchanges have been closed for is shorter. */
const CLOSED_DAYS_MAX = 10;

/**
 * For how long the next bar of a series has been due, in milliseconds; 0 while none is. It is due when it closes. Of a
 * series within the day it stops growing when its market closes, and is then told until the next session has opened.
 * @param latestCloseMs close of the newest stored bar, epoch milliseconds
 * @param nowMs market time, epoch milliseconds
 */
export function barOverdueMs(
  calendar: Instrument['calendar'],
  timeframe: Timeframe,
  latestCloseMs: number,
  nowMs: number,
): number {
  const lengthMs = timeframeMs(timeframe);
  if (calendar === 'crypto') return Math.max(0, nowMs - latestCloseMs - lengthMs);
  const session = lastSession(nowMs);
  if (session === null || latestCloseMs >= session.close) return 0;
  const dueMs = Math.min(Math.max(latestCloseMs, session.open) + lengthMs, session.close);
  const untilMs = timeframe === 'ONE_DAY' ? nowMs : Math.min(nowMs, session.close);
  return Math.max(0, untilMs - dueMs);
}

/** The session that is under way, or else the one before. Its date is looked for in UTC: sessions lie within one. */
function lastSession(nowMs: number): { readonly open: number; readonly close: number } | null {
  for (let day = 0; day <= CLOSED_DAYS_MAX; day += 1) {
    const date = nowMs - day * DAY_MS;
    if (!isUsEquitySessionDay(date)) continue;
    const session = usEquitySession(date);
    if (session.open <= nowMs) return session;
  }
  return null;
}
