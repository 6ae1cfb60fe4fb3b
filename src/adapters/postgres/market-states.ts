import { TRAILING_BARS, type MarketState } from '../../domain/account-state.js';
import { pricedAt } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { instrumentScale, nearestTicks } from '../../engines/portfolio/instrument-scale.js';
import type { BarOfInstrument } from '../../ports/trading-store.js';
import { iso } from './trading-rows.js';
import type { PgTransaction } from './transaction.js';

/** The last stored bar of a symbol's tracked series; null when none is tracked, or all have ended. */
export async function lastMarket(tx: PgTransaction, instrument: Instrument): Promise<MarketState | null> {
  const { rows } = await tx.query<{ timeframe: Timeframe; close: number; close_time: Date; timestamp: Date }>(
    `SELECT t.timeframe, latest.close, latest.close_time, latest."timestamp"
     FROM tracked_symbols t, LATERAL (
       SELECT m.close, m.close_time, m."timestamp" FROM market_data m
       WHERE m.symbol = t.symbol AND m.timeframe = t.timeframe ORDER BY m."timestamp" DESC LIMIT 1
     ) latest
     WHERE t.symbol = $1 AND t.ended_at IS NULL ORDER BY latest.close_time DESC LIMIT 1`,
    [instrument.symbol],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    lastTicks: nearestTicks(instrumentScale(instrument), row.close),
    lastCloseTime: row.close_time.getTime(),
    pricedAt: row.timestamp.getTime(),
    timeframeMs: timeframeMs(row.timeframe),
    volumes: [],
  };
}

/** Bars that are looked through for those that count: enough where few came late. */
const LOOKED_THROUGH = 2 * TRAILING_BARS;
/** The same where it was not: far more than come late at once, far less than a series may hold. */
const LOOKED_THROUGH_MAX = 1_000;

interface Past {
  readonly index: number;
  readonly close: number;
  readonly close_time: Date;
  readonly volumes: readonly number[];
  /** Of each of these bars, as of its first version: open time and time of storing in milliseconds, and what its prices are. */
  readonly times: readonly number[];
  readonly stored: readonly number[];
  readonly adjustments: readonly string[];
  readonly sources: readonly string[];
}

interface StoredSplit {
  readonly symbol: string;
  readonly ex_date: number;
  readonly value: number;
}

/**
 * What the bars that opened before each of these leave behind, by symbol; none where there are none. It is what an account has seen that
 * went on without a break, because a restart must not trade on what came later: of a bar that was corrected the first version, and no bar
 * that was stored after one that follows it (history that fills a gap, or an import). Bars of one transaction come together, so what a
 * source gives after an outage counts. One statement for all, because an account that begins again may follow thousands of symbols, and
 * one more for those that many bars came late of.
 */
export async function marketsBefore(
  tx: PgTransaction,
  bars: readonly BarOfInstrument[],
): Promise<ReadonlyMap<string, MarketState>> {
  const markets = new Map<string, MarketState>();
  const splits = await splitsOf(tx, bars);
  const take = (asked: readonly BarOfInstrument[], pasts: readonly Past[]): void => {
    for (const past of pasts) {
      const { index, close, close_time: closeTime } = past;
      const bar = asked[index - 1];
      if (bar === undefined) continue;
      const { symbol } = bar.instrument;
      markets.set(symbol, {
        ...sinceSplits(past, splits.get(symbol) ?? []),
        lastTicks: nearestTicks(instrumentScale(bar.instrument), close),
        lastCloseTime: closeTime.getTime(),
        timeframeMs: timeframeMs(bar.timeframe),
      });
    }
  };
  take(bars, await pastsOf(tx, bars, LOOKED_THROUGH));
  const short = bars.filter(({ instrument }) => (markets.get(instrument.symbol)?.volumes.length ?? 0) < TRAILING_BARS);
  if (short.length > 0) take(short, await pastsOf(tx, short, LOOKED_THROUGH_MAX));
  return markets;
}

async function splitsOf(
  tx: PgTransaction,
  bars: readonly BarOfInstrument[],
): Promise<ReadonlyMap<string, readonly StoredSplit[]>> {
  const { rows } = await tx.query<StoredSplit>(
    `SELECT symbol, extract(epoch FROM ex_date)::float8 * 1000 AS ex_date, value FROM corporate_actions
     WHERE symbol = ANY ($1) AND kind = 'SPLIT' ORDER BY symbol, ex_date`,
    [bars.map(({ instrument }) => instrument.symbol)],
  );
  const splits = new Map<string, StoredSplit[]>();
  for (const row of rows) splits.set(row.symbol, [...(splits.get(row.symbol) ?? []), row]);
  return splits;
}

/** Volumes in the scale of the last bar, as an account has them that went on over the splits in between, and up to when those are in it. */
function sinceSplits(
  { volumes, times, stored, adjustments, sources }: Past,
  splits: readonly StoredSplit[],
): Pick<MarketState, 'volumes' | 'pricedAt'> {
  const priced = times.map((timestamp, k) =>
    pricedAt({ adjustment: adjustments[k] ?? 'RAW', source: sources[k] ?? '', timestamp }, stored[k] ?? timestamp),
  );
  const scaled: number[] = [];
  volumes.forEach((volume, k) => {
    const [before, now] = [priced[k - 1] ?? Infinity, priced[k] ?? Infinity];
    let ratio = 1;
    for (const { ex_date: exDate, value } of splits)
      if (exDate > before && exDate <= now && now < Infinity) ratio *= value;
    if (ratio !== 1) for (let past = 0; past < k; past += 1) scaled[past] = (scaled[past] ?? 0) * ratio;
    scaled.push(volume);
  });
  return { volumes: scaled, pricedAt: priced.at(-1) ?? Infinity };
}

async function pastsOf(
  tx: PgTransaction,
  bars: readonly BarOfInstrument[],
  lookedThrough: number,
): Promise<readonly Past[]> {
  const { rows } = await tx.query<Past>(
    `SELECT asked.index::int AS index, past.*
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) WITH ORDINALITY AS asked (symbol, timeframe, before, index),
       LATERAL (
         SELECT (array_agg(seen.close ORDER BY seen."timestamp" DESC))[1] AS close,
           (array_agg(seen.close_time ORDER BY seen."timestamp" DESC))[1] AS close_time,
           array_agg(seen.volume ORDER BY seen."timestamp") AS volumes,
           array_agg(extract(epoch FROM seen."timestamp")::float8 * 1000 ORDER BY seen."timestamp") AS times,
           array_agg(extract(epoch FROM seen.stored_at)::float8 * 1000 ORDER BY seen."timestamp") AS stored,
           array_agg(seen.adjustment ORDER BY seen."timestamp") AS adjustments,
           array_agg(seen.source ORDER BY seen."timestamp") AS sources
         FROM (
           SELECT * FROM (
             SELECT version.*, min(version.stored_at) OVER (
               ORDER BY version."timestamp" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS next_stored_at
             FROM (
               SELECT bar."timestamp", COALESCE(first.close, bar.close) AS close,
                 COALESCE(first.close_time, bar.close_time) AS close_time, COALESCE(first.volume, bar.volume) AS volume,
                 COALESCE(first.created_at, bar.created_at) AS stored_at,
                 COALESCE(first.adjustment, bar.adjustment) AS adjustment,
                 COALESCE(first.source, bar.source) AS source
               FROM (
                 SELECT symbol, timeframe, "timestamp", close, close_time, volume, adjustment, source, revision, created_at FROM market_data
                 WHERE symbol = asked.symbol AND timeframe = asked.timeframe AND "timestamp" <= asked.before
                 ORDER BY "timestamp" DESC LIMIT $5
               ) bar LEFT JOIN market_data_revisions first
                 ON bar.revision > 0 AND first.symbol = bar.symbol AND first.timeframe = bar.timeframe
                   AND first."timestamp" = bar."timestamp" AND first.revision = 0
             ) version
           ) known
           WHERE "timestamp" < asked.before AND stored_at <= COALESCE(next_stored_at, 'infinity')
           ORDER BY "timestamp" DESC LIMIT $4
         ) seen
       ) past
     WHERE past.close IS NOT NULL`,
    [
      bars.map(({ instrument }) => instrument.symbol),
      bars.map(({ timeframe }) => timeframe),
      bars.map(({ timestamp }) => iso(timestamp)),
      TRAILING_BARS,
      lookedThrough,
    ],
  );
  return rows;
}
