import type { StoredBar } from '../../domain/bar.js';
import { barSpan, barTrace, pollSpan } from '../../domain/trace.js';
import type { Tracing } from '../../ports/tracing.js';

/** When the parts of a poll began and ended, epoch milliseconds. */
export interface PollTimes {
  readonly startMs: number;
  readonly fetchMs: number;
  readonly fetchedMs: number;
  readonly storeMs: number;
  readonly committedMs: number;
}

/**
 * The beginning of each bar's trace: the poll that brought it, the request to the source, the transaction that stored it
 * with its event. A poll that brings several bars is in the trace of each; a correction joins the trace of its bar.
 */
export function tracePoll(tracing: Tracing, source: string, news: readonly StoredBar[], times: PollTimes): void {
  for (const bar of news) {
    const traceId = barTrace(bar);
    if (!tracing.keeps(traceId)) continue;
    const isFirst = bar.revision === 0;
    const poll = isFirst ? pollSpan(traceId) : { ...tracing.open().ref, traceId };
    const about = { 'tradegraph.symbol': bar.symbol, 'tradegraph.timeframe': bar.timeframe };
    tracing.record({
      name: 'poll',
      ref: poll,
      parent: isFirst ? null : pollSpan(traceId),
      startMs: times.startMs,
      endMs: times.committedMs,
      attributes: { ...about, 'tradegraph.source': source, 'tradegraph.bars': news.length },
    });
    tracing.record({ name: 'fetch', parent: poll, startMs: times.fetchMs, endMs: times.fetchedMs });
    tracing.record({
      name: 'store bar',
      ...(isFirst && { ref: barSpan(traceId) }),
      parent: poll,
      startMs: times.storeMs,
      endMs: times.committedMs,
      attributes: {
        ...about,
        'tradegraph.bar.timestamp': new Date(bar.timestamp).toISOString(),
        'tradegraph.bar.revision': bar.revision,
      },
    });
  }
}
