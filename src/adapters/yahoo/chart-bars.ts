import type { Bar } from '../../domain/bar.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { usEquitySessionMs } from '../../domain/us-equity-session.js';
import type { FetchedBars } from '../../ports/market-data-source.js';
import type { ChartAnswer, ChartMeta } from './chart-answer.js';
import { assetClassOf, calendarOf } from './chart-instrument.js';

export interface ChartBarsRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly to: number;
  /** Market time: epoch milliseconds UTC. */
  readonly now: number;
}

/** As long as a US session, for a daily bar whose answer names none. */
const SESSION_MS = 6.5 * 60 * 60_000;

/**
 * The rows of an answer as bars: closed ones of the range, oldest first. Rows without a price are malformed. The row that
 * Yahoo adds for the latest quote, which stands outside the sessions or still forms, is no bar and is left out.
 */
export function chartBars(answer: ChartAnswer, request: ChartBarsRequest): Pick<FetchedBars, 'bars' | 'malformed'> {
  const { symbol, timeframe, from, to, now } = request;
  const quote = answer.indicators.quote[0] ?? {};
  const bars: Bar[] = [];
  const malformed: { detail: string }[] = [];
  for (const [index, seconds] of (answer.timestamp ?? []).entries()) {
    const timestamp = seconds * 1000;
    const length = barLengthMs(answer.meta, timeframe, timestamp);
    if (timestamp < from || timestamp >= to || timestamp + length > now) continue;
    if (isLatestQuote(answer.meta, timeframe, seconds)) continue;
    const valueOf = (column: readonly (number | null)[] | undefined): number | null => column?.[index] ?? null;
    const [open, high, low, close] = [quote.open, quote.high, quote.low, quote.close].map(valueOf);
    const volume = valueOf(quote.volume);
    if (!isNumber(open) || !isNumber(high) || !isNumber(low) || !isNumber(close) || !isNumber(volume)) {
      malformed.push({
        detail: `${symbol} ${timeframe} ${new Date(timestamp).toISOString()}: a price or the volume is missing`,
      });
      continue;
    }
    bars.push({
      symbol,
      timeframe,
      timestamp,
      closeTime: timestamp + length,
      open,
      high,
      low,
      close,
      volume,
      vwap: null,
      adjustment: 'SPLIT',
      source: 'yahoo',
    });
  }
  return { bars: bars.toSorted((a, b) => a.timestamp - b.timestamp), malformed };
}

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/** A day of crypto and of currencies has 24 hours, any other the length of its session; only the present one's is told. */
function barLengthMs(meta: ChartMeta, timeframe: Timeframe, timestamp: number): number {
  if (timeframe !== 'ONE_DAY') return timeframeMs(timeframe);
  const assetClass = assetClassOf(meta);
  if (assetClass === 'CRYPTO' || assetClass === 'FX') return timeframeMs('ONE_DAY');
  if (calendarOf(meta) === 'us-equity') return usEquitySessionMs(timestamp);
  const session = meta.currentTradingPeriod?.regular;
  return session === undefined ? SESSION_MS : (session.end - session.start) * 1000;
}

/** Within a day, bars open on their grid and inside a session; crypto's sessions are not listed. */
function isLatestQuote(meta: ChartMeta, timeframe: Timeframe, seconds: number): boolean {
  if (timeframe === 'ONE_DAY') return false;
  if ((seconds * 1000) % timeframeMs(timeframe) !== 0) return true;
  const sessions = meta.tradingPeriods?.flat() ?? [];
  if (sessions.length === 0 || assetClassOf(meta) === 'CRYPTO') return false;
  return !sessions.some(({ start, end }) => seconds >= start && seconds < end);
}
