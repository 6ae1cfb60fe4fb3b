import { createHash } from 'node:crypto';
import type { Bar, StoredBar } from '../../domain/bar.js';
import { naturalId, timedId } from '../../domain/event-id.js';
import type { NewEvent, SeriesEndedPayload } from '../../domain/events.js';
import type { Timeframe } from '../../domain/timeframe.js';

const iso = (time: number): string => new Date(time).toISOString();

/** The event of a new (revision 0) or corrected bar. */
export function barEvent(bar: StoredBar): NewEvent {
  return {
    topic: 'market_data',
    type: 'bar',
    key: bar.symbol,
    eventId: timedId(bar.timestamp, 'bar', bar.symbol, bar.timeframe, bar.revision),
    payload: {
      symbol: bar.symbol,
      timeframe: bar.timeframe,
      timestamp: iso(bar.timestamp),
      close_time: iso(bar.closeTime),
      open: bar.open,
      high: bar.high,
      low: bar.low,
      close: bar.close,
      volume: bar.volume,
      vwap: bar.vwap,
      adjustment: bar.adjustment,
      source: bar.source,
      revision: bar.revision,
    },
  };
}

export interface HistoryChunk {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the first bar and close time of the last. */
  readonly from: number;
  readonly to: number;
  /** Bars that are new or corrected. */
  readonly rows: number;
  /** What tells this chunk from another one over the same range: loading the same again is no second event. */
  readonly content: string;
}

/** One event for a chunk of bars that nothing trades on. */
export function historyLoadedEvent({ symbol, timeframe, from, to, rows, content }: HistoryChunk): NewEvent {
  return {
    topic: 'market_data',
    type: 'history_loaded',
    key: symbol,
    eventId: naturalId('history', symbol, timeframe, from, to, rows, content),
    payload: { symbol, timeframe, from: iso(from), to: iso(to), rows },
  };
}

/** A digest of bars by what they say, for HistoryChunk.content. */
export function contentOf(bars: readonly Bar[]): string {
  const digest = createHash('sha1');
  for (const bar of bars)
    digest.update(`${bar.timestamp} ${bar.open} ${bar.high} ${bar.low} ${bar.close} ${bar.volume}\n`);
  return digest.digest('hex');
}

/** No further bar of the series will come. `timestamp`: epoch milliseconds UTC. */
export function seriesEndedEvent(
  symbol: string,
  timeframe: Timeframe,
  reason: SeriesEndedPayload['reason'],
  timestamp: number,
): NewEvent {
  return {
    topic: 'market_data',
    type: 'series_ended',
    key: symbol,
    eventId: naturalId('ended', symbol, timeframe, reason, timestamp),
    payload: { symbol, timeframe, timestamp: iso(timestamp), reason },
  };
}
