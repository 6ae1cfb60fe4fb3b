import { checkBar, type Bar } from '../../domain/bar.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { DataQualityIssue } from '../../ports/bar-store.js';
import type { FetchedBars } from '../../ports/market-data-source.js';

/** A row that cannot even be read as a bar. */
export const MALFORMED = 'MALFORMED';

export interface AcceptedBars {
  readonly accepted: readonly Bar[];
  readonly issues: readonly DataQualityIssue[];
}

/** Parts what a source gave into bars that may be stored and reasons why the others may not. `nowMs`: market time. */
export function acceptBars(fetched: Pick<FetchedBars, 'bars' | 'malformed'>, nowMs: number): AcceptedBars {
  const accepted: Bar[] = [];
  const issues: DataQualityIssue[] = fetched.malformed.map(({ detail }) => ({
    code: MALFORMED,
    message: detail,
    barTimestamp: null,
  }));
  for (const bar of fetched.bars) {
    const checked = checkBar(bar, nowMs);
    if (checked.ok) accepted.push(checked.value);
    else issues.push({ ...checked.error, barTimestamp: Number.isFinite(bar.timestamp) ? bar.timestamp : null });
  }
  return { accepted, issues };
}

/** History is not news: what closed longer ago than this is stored, and nothing trades on it. */
const NEWS_TIMEFRAMES = 2;

/** True when a bar closed so recently that consumers may act on it. */
export function isNews(closeTime: number, timeframe: Timeframe, nowMs: number): boolean {
  return nowMs - closeTime <= NEWS_TIMEFRAMES * timeframeMs(timeframe);
}
