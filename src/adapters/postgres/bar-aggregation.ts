import { escapeLiteral, type Pool } from 'pg';
import type { Instrument } from '../../domain/instrument.js';
import { TIMEFRAMES, timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { usEquityWholeBefore } from '../../domain/us-equity-session.js';

/**
 * The timeframe that bars of `timeframe` are read or made from: itself where it is stored, else the finest stored one
 * below it, else null.
 */
export async function finestStored(pool: Pool, symbol: string, timeframe: Timeframe): Promise<Timeframe | null> {
  const finer = TIMEFRAMES.filter((candidate) => timeframeMs(candidate) < timeframeMs(timeframe));
  const candidates = [timeframe, ...finer.toSorted((a, b) => timeframeMs(a) - timeframeMs(b))];
  const { rows } = await pool.query<{ timeframe: Timeframe }>({
    name: 'finest-stored-timeframe',
    text: `SELECT candidate AS timeframe FROM unnest($2::text[]) WITH ORDINALITY AS listed (candidate, place)
           WHERE EXISTS (SELECT FROM market_data m WHERE m.symbol = $1 AND m.timeframe = candidate)
           ORDER BY place LIMIT 1`,
    values: [symbol, candidates],
  });
  return rows[0]?.timeframe ?? null;
}

/** What bins of a symbol are made by. */
export interface BinnedSeries {
  readonly calendar: Instrument['calendar'];
  /**
   * Bins that opened before it are whole, though they might be longer: those of sessions that are over. Epoch milliseconds
   * UTC; null where there are no sessions, or no bars.
   */
  readonly wholeBefore: number | null;
}

/** Of bars of `base`. A symbol without an instrument is binned as crypto. */
export async function binnedSeries(pool: Pool, symbol: string, base: Timeframe): Promise<BinnedSeries> {
  const { rows } = await pool.query<{ calendar: Instrument['calendar']; timestamp: Date | null; close_time: Date }>({
    name: 'binned-series',
    text: `SELECT i.calendar, newest."timestamp", newest.close_time FROM instruments i LEFT JOIN LATERAL (
             SELECT "timestamp", close_time FROM market_data m WHERE m.symbol = i.symbol AND m.timeframe = $2
             ORDER BY "timestamp" DESC LIMIT 1
           ) newest ON true WHERE i.symbol = $1`,
    values: [symbol, base],
  });
  const [row] = rows;
  const calendar = row?.calendar ?? 'crypto';
  if (calendar === 'crypto' || row === undefined || row.timestamp === null) return { calendar, wholeBefore: null };
  return { calendar, wholeBefore: usEquityWholeBefore(row.timestamp.getTime(), row.close_time.getTime()) };
}

export interface AggregationRequest {
  readonly symbol: string;
  readonly base: Timeframe;
  readonly timeframe: Timeframe;
  /** SQL expressions of type timestamptz. */
  readonly from: string;
  readonly to: string;
  /** As the others; null where there is none. */
  readonly wholeBefore: string | null;
  readonly limit: number;
}

/** Start of the bin that a bar opened in: anchored to UTC midnight, or to the session's open for US equities. */
function binSql(timeframe: Timeframe): string {
  if (timeframe === 'ONE_DAY') {
    return `CASE WHEN instrument.calendar = 'us-equity'
      THEN ((bar."timestamp" AT TIME ZONE 'America/New_York')::date + time '09:30') AT TIME ZONE 'America/New_York'
      ELSE date_bin('1 day', bar."timestamp", timestamptz '2000-01-01T00:00:00Z') END`;
  }
  // New York is a whole number of hours from UTC, so the open stands at half past in winter and summer.
  return `date_bin('${timeframeMs(timeframe)} milliseconds', bar."timestamp",
    CASE WHEN instrument.calendar = 'us-equity' THEN timestamptz '2000-01-03T14:30:00Z'
    ELSE timestamptz '2000-01-01T00:00:00Z' END)`;
}

/**
 * Bars of `timeframe` made of bars of `base`, oldest first: from <= bin < to. A bin is shown from the moment a stored
 * bar closes at its end or later, or at its session's: one that is still forming would change under its reader.
 */
export function aggregationSql(request: AggregationRequest): string {
  const length = `interval '${timeframeMs(request.timeframe)} milliseconds'`;
  const series = `symbol = ${escapeLiteral(request.symbol)} AND timeframe = ${escapeLiteral(request.base)}`;
  const orWhole = request.wholeBefore === null ? '' : `OR bin < ${request.wholeBefore}`;
  return `
    WITH newest AS (
      SELECT close_time FROM market_data WHERE ${series} ORDER BY "timestamp" DESC LIMIT 1
    ), binned AS (
      SELECT ${binSql(request.timeframe)} AS bin, bar."timestamp" AS opened,
             bar.open, bar.high, bar.low, bar.close, bar.volume
      FROM (
        SELECT * FROM market_data
        WHERE ${series} AND "timestamp" >= ${request.from} - ${length} AND "timestamp" < ${request.to} + ${length}
      ) bar LEFT JOIN instruments instrument ON instrument.symbol = bar.symbol
    )
    SELECT bin AS "timestamp", (array_agg(open ORDER BY opened))[1] AS open, max(high) AS high, min(low) AS low,
           (array_agg(close ORDER BY opened DESC))[1] AS close, sum(volume) AS volume
    FROM binned
    WHERE bin >= ${request.from} AND bin < ${request.to} AND (bin + ${length} <= (SELECT close_time FROM newest) ${orWhole})
    GROUP BY bin ORDER BY bin LIMIT ${request.limit}`;
}
