import YahooFinance from 'yahoo-finance2';
import type { Bar } from '../../domain/bar.js';
import type { CorporateAction } from '../../domain/corporate-action.js';
import type { Instrument } from '../../domain/instrument.js';
import { err, type Result } from '../../domain/result.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { Clock } from '../../ports/clock.js';
import {
  MarketDataError,
  type BarRequest,
  type FetchedBars,
  type MarketDataSource,
} from '../../ports/market-data-source.js';
import { chartActions } from './chart-actions.js';
import { chartAnswer, type ChartAnswer } from './chart-answer.js';
import { chartBars } from './chart-bars.js';
import { chartInstrument } from './chart-instrument.js';
import { classifyingFetch, messageOf, NoDataInRangeError, type Fetch } from './yahoo-fetch.js';

export interface YahooSourceOptions {
  readonly clock: Clock;
  /** Tracked when the database is new. */
  readonly symbols?: readonly string[];
  /** Instead of the global fetch: recordings, tests. */
  readonly fetch?: Fetch;
}

const DAY_MS = timeframeMs('ONE_DAY');

/** How far back Yahoo keeps bars, and how much it gives at once. */
const INTERVALS = {
  ONE_MINUTE: { interval: '1m', keptMs: 29 * DAY_MS, requestMs: 7 * DAY_MS },
  FIVE_MINUTES: { interval: '5m', keptMs: 59 * DAY_MS, requestMs: 59 * DAY_MS },
  FIFTEEN_MINUTES: { interval: '15m', keptMs: 59 * DAY_MS, requestMs: 59 * DAY_MS },
  ONE_DAY: { interval: '1d', keptMs: Number.POSITIVE_INFINITY, requestMs: Number.POSITIVE_INFINITY },
} as const;
type StoredTimeframe = keyof typeof INTERVALS;

const isStored = (timeframe: Timeframe): timeframe is StoredTimeframe => timeframe in INTERVALS;

/** Asked for to learn what a symbol is: any answer says so, the shortest will do. */
const LOOKUP_MS = 5 * DAY_MS;

/** Yahoo Finance's chart as a market data source: prices adjusted for splits, volumes in shares or coins. */
export class YahooSource implements MarketDataSource {
  readonly name = 'yahoo';
  readonly description = 'Yahoo Finance, delayed where its exchanges ask for it';
  readonly defaults: MarketDataSource['defaults'];
  private readonly fetchAnswer: Fetch;
  private readonly client = new YahooFinance({
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
    suppressNotices: ['yahooSurvey'],
  });

  constructor(private readonly options: YahooSourceOptions) {
    this.fetchAnswer = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    const from = options.clock.now() - INTERVALS.ONE_MINUTE.requestMs;
    const tracked = (options.symbols ?? ['BTC-USD']).map((symbol) => ({ symbol, timeframe: 'ONE_MINUTE' as const }));
    this.defaults = { tracked, history: tracked.map((series) => ({ ...series, from })) };
  }

  async instrument(
    symbol: string,
  ): Promise<Result<Instrument, { readonly code: 'UNKNOWN_SYMBOL'; readonly message: string }>> {
    const now = this.options.clock.now();
    try {
      const { meta } = await this.chart(symbol, 'ONE_DAY', now - LOOKUP_MS, now);
      return chartInstrument(symbol, meta);
    } catch (error) {
      const isUnknown = error instanceof MarketDataError && error.code === 'UNKNOWN_SYMBOL';
      if (!isUnknown && !(error instanceof NoDataInRangeError)) throw error;
      return err({ code: 'UNKNOWN_SYMBOL', message: `symbol: Yahoo does not know ${symbol}` });
    }
  }

  async fetch(request: BarRequest, signal?: AbortSignal): Promise<FetchedBars> {
    const { symbol, timeframe } = request;
    if (!isStored(timeframe)) {
      const message = `${timeframe} is not collected, it is made of shorter bars when it is read`;
      throw new MarketDataError('UNSUPPORTED_TIMEFRAME', message, false);
    }
    const now = this.options.clock.now();
    const { keptMs, requestMs } = INTERVALS[timeframe];
    const to = Math.min(request.to, now);
    const bars: Bar[] = [];
    const malformed: { readonly detail: string }[] = [];
    const actions: CorporateAction[] = [];
    for (let from = Math.max(request.from, now - keptMs); from < to; from += requestMs) {
      const end = Math.min(from + requestMs, to);
      const rows = await this.rows({ symbol, timeframe, from, to: end }, now, signal);
      bars.push(...rows.bars);
      malformed.push(...rows.malformed);
      actions.push(...(rows.actions ?? []));
    }
    return { bars, malformed, ...(actions.length > 0 ? { actions } : {}), ended: false };
  }

  private async rows(
    request: BarRequest & { readonly timeframe: StoredTimeframe },
    now: number,
    signal?: AbortSignal,
  ): Promise<Pick<FetchedBars, 'bars' | 'malformed' | 'actions'>> {
    const { symbol, timeframe, from, to } = request;
    try {
      const answer = await this.chart(symbol, timeframe, from, to, signal);
      return { ...chartBars(answer, { ...request, now }), actions: chartActions(answer, symbol) };
    } catch (error) {
      if (error instanceof NoDataInRangeError) return { bars: [], malformed: [] };
      throw error;
    }
  }

  private async chart(
    symbol: string,
    timeframe: StoredTimeframe,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<ChartAnswer> {
    signal?.throwIfAborted();
    // Answers that are being parsed were no answers of this source yet: what throws in between is malformed.
    let answer: unknown;
    try {
      answer = await this.client.chart(
        encodeURIComponent(symbol),
        {
          period1: new Date(Math.floor(from / 1000) * 1000),
          // Whole seconds, and never the same as period1.
          period2: new Date((Math.floor(from / 1000) + Math.max(1, Math.ceil((to - from) / 1000))) * 1000),
          interval: INTERVALS[timeframe].interval,
          includePrePost: false,
          return: 'object',
        },
        { validateResult: false, fetch: classifyingFetch(this.fetchAnswer, signal) },
      );
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof MarketDataError || error instanceof NoDataInRangeError) throw error;
      throw malformed(messageOf(error));
    }
    const parsed = chartAnswer.safeParse(answer);
    if (!parsed.success) throw malformed(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
    return parsed.data;
  }
}

/** Retriable: half an answer, or a page instead of one, is often gone the next time. */
function malformed(detail: string): MarketDataError {
  return new MarketDataError('MALFORMED_ANSWER', `Yahoo's answer cannot be read: ${detail.slice(0, 200)}`, true);
}
