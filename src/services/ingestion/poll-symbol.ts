import type { Bar, StoredBar } from '../../domain/bar.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';
import type { Clock } from '../../ports/clock.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import type { Logger } from '../../ports/logger.js';
import type { MarketDataSource } from '../../ports/market-data-source.js';
import type { Metrics } from '../../ports/metrics.js';
import { NO_TRACING, type Tracing } from '../../ports/tracing.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { acceptBars, isNews } from './accept-bars.js';
import { barEvent, contentOf, historyLoadedEvent, seriesEndedEvent } from './bar-events.js';
import { RefusalLog } from './refusal-log.js';
import { tracePoll } from './trace-poll.js';

export interface PollSymbolOptions {
  readonly source: MarketDataSource;
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly bars: BarStore;
  readonly instruments: InstrumentStore;
  /** Where splits and dividends go that the source tells; without, they are let go. */
  readonly actions?: Pick<CorporateActionStore, 'save'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Off when left out. */
  readonly tracing?: Tracing;
}

export interface PollOutcome {
  /** Bars stored with an event of their own: new ones and corrections. */
  readonly news: number;
  /** Bars stored as history, because they closed too long ago. */
  readonly history: number;
  readonly repeated: number;
  readonly refused: number;
  readonly ended: boolean;
}

/** Asked for again with each poll, so that a correction of a recent bar is seen. */
const CORRECTION_WINDOW_BARS = 5;
/** Asked for when nothing is stored yet; all that is older comes by LoadHistory. */
const FIRST_POLL_BARS = 30;

/**
 * Brings a tracked series up to date: fetches what is missing since its last stored bar, refuses what is no valid bar,
 * and stores the rest with its events in one transaction.
 */
export class PollSymbol {
  private readonly refusals: RefusalLog;

  constructor(private readonly options: PollSymbolOptions) {
    this.refusals = new RefusalLog(options);
  }

  /** Throws MarketDataError when the source fails, and what the database throws; nothing is stored then. */
  async poll(symbol: string, timeframe: Timeframe, signal?: AbortSignal): Promise<PollOutcome> {
    const { source, clock, bars, tracing = NO_TRACING } = this.options;
    const startMs = tracing.now();
    const now = clock.now();
    const latest = await bars.latest(symbol, timeframe);
    const length = timeframeMs(timeframe);
    const from = latest === null ? now - FIRST_POLL_BARS * length : latest.timestamp - CORRECTION_WINDOW_BARS * length;
    const fetchMs = tracing.now();
    const fetched = await source.fetch({ symbol, timeframe, from, to: now }, signal);
    const fetchedMs = tracing.now();
    const { accepted, issues } = acceptBars(fetched, now);
    const unseen = this.refusals.unseen(symbol, timeframe, issues);

    const storeMs = tracing.now();
    const stored = await this.options.unitOfWork.transaction(async (tx) => {
      await this.refusals.count(tx, symbol, timeframe, unseen);
      const outcome = await bars.upsert(tx, accepted);
      await this.options.actions?.save(tx, fetched.actions ?? [], source.name);
      const news = outcome.changed.filter((bar) => isNews(bar.closeTime, timeframe, now));
      const history = outcome.changed.filter((bar) => !isNews(bar.closeTime, timeframe, now));
      appendEvents(tx, news, history);
      let hasJustEnded = false;
      if (fetched.ended) {
        const endedAt = Math.max(accepted.at(-1)?.closeTime ?? 0, latest?.closeTime ?? 0) || now;
        hasJustEnded = await this.options.instruments.markEnded(tx, symbol, timeframe, endedAt);
        tx.append(seriesEndedEvent(symbol, timeframe, 'REPLAY_OVER', endedAt));
      }
      return { news, history, repeated: outcome.repeated, hasJustEnded };
    });

    if (tracing.isOn) {
      const times = { startMs, fetchMs, fetchedMs, storeMs, committedMs: tracing.now() };
      tracePoll(tracing, source.name, stored.news, times);
    }
    this.refusals.committed(symbol, timeframe, issues, unseen);
    this.report(symbol, stored.news, stored.history);
    if (stored.hasJustEnded)
      this.options.logger.info(
        { symbol, timeframe },
        'the series has ended: no further bar comes, all stays queryable',
      );
    return {
      news: stored.news.length,
      history: stored.history.length,
      repeated: stored.repeated,
      refused: issues.length,
      ended: fetched.ended,
    };
  }

  private report(symbol: string, news: readonly StoredBar[], history: readonly StoredBar[]): void {
    const { metrics } = this.options;
    if (news.length > 0) metrics.count('tradegraph_bars_stored_total', { symbol, kind: 'news' }, news.length);
    if (history.length > 0) metrics.count('tradegraph_bars_stored_total', { symbol, kind: 'history' }, history.length);
  }
}

/** One event a bar that is news, oldest first, after one for all that is history. */
function appendEvents(tx: Transaction, news: readonly StoredBar[], history: readonly StoredBar[]): void {
  const first = history[0];
  if (first !== undefined) tx.append(historyLoadedEvent(chunkOf(first, history)));
  for (const bar of news) tx.append(barEvent(bar));
}

/** A chunk of bars of one series, oldest first. */
export function chunkOf(first: Bar, bars: readonly Bar[]) {
  return {
    symbol: first.symbol,
    timeframe: first.timeframe,
    from: first.timestamp,
    to: (bars.at(-1) ?? first).closeTime,
    rows: bars.length,
    content: contentOf(bars),
  };
}
