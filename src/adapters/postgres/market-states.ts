import { TRAILING_BARS, type MarketState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { instrumentScale, nearestTicks } from '../../engines/portfolio/instrument-scale.js';
import type { BarOfInstrument } from '../../ports/trading-store.js';
import { iso } from './trading-rows.js';
import type { PgTransaction } from './transaction.js';

/** The last stored bar of a symbol's tracked series; null when none is tracked, or all have ended. */
export async function lastMarket(tx: PgTransaction, instrument: Instrument): Promise<MarketState | null> {
  const { rows } = await tx.query<{ timeframe: Timeframe; close: number; close_time: Date }>(
    `SELECT t.timeframe, latest.close, latest.close_time
     FROM tracked_symbols t, LATERAL (
       SELECT m.close, m.close_time FROM market_data m
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
    timeframeMs: timeframeMs(row.timeframe),
    volumes: [],
  };
}

/**
 * What the bars that opened before each of these leave behind, by symbol; none where there are none. Of a bar that was
 * corrected it is the first version, as an account has seen it that went on without a break: a restart must not trade on
 * what came later. One statement, because an account that begins again may follow thousands of symbols.
 */
export async function marketsBefore(
  tx: PgTransaction,
  bars: readonly BarOfInstrument[],
): Promise<ReadonlyMap<string, MarketState>> {
  const { rows } = await tx.query<{ index: number; close: number; close_time: Date; volumes: number[] }>(
    `SELECT asked.index::int AS index, past.close, past.close_time, past.volumes
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) WITH ORDINALITY AS asked (symbol, timeframe, before, index),
       LATERAL (
         SELECT (array_agg(COALESCE(first.close, bar.close) ORDER BY bar."timestamp" DESC))[1] AS close,
           (array_agg(COALESCE(first.close_time, bar.close_time) ORDER BY bar."timestamp" DESC))[1] AS close_time,
           array_agg(COALESCE(first.volume, bar.volume) ORDER BY bar."timestamp") AS volumes
         FROM (
           SELECT symbol, timeframe, "timestamp", close, close_time, volume, revision FROM market_data
           WHERE symbol = asked.symbol AND timeframe = asked.timeframe AND "timestamp" < asked.before
           ORDER BY "timestamp" DESC LIMIT $4
         ) bar LEFT JOIN market_data_revisions first
           ON bar.revision > 0 AND first.symbol = bar.symbol AND first.timeframe = bar.timeframe
             AND first."timestamp" = bar."timestamp" AND first.revision = 0
       ) past
     WHERE past.close IS NOT NULL`,
    [
      bars.map(({ instrument }) => instrument.symbol),
      bars.map(({ timeframe }) => timeframe),
      bars.map(({ timestamp }) => iso(timestamp)),
      TRAILING_BARS,
    ],
  );
  const markets = new Map<string, MarketState>();
  for (const { index, close, close_time: closeTime, volumes } of rows) {
    const bar = bars[index - 1];
    if (bar === undefined) continue;
    markets.set(bar.instrument.symbol, {
      lastTicks: nearestTicks(instrumentScale(bar.instrument), close),
      lastCloseTime: closeTime.getTime(),
      timeframeMs: timeframeMs(bar.timeframe),
      volumes,
    });
  }
  return markets;
}
