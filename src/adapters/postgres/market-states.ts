import { TRAILING_BARS, type MarketState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { instrumentScale, nearestTicks } from '../../engines/portfolio/instrument-scale.js';
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
 * What the bars that opened before `timestamp` leave behind; null when there are none. Of a bar that was corrected it is the
 * first version, as an account has seen it that went on without a break: a restart must not trade on what came later.
 */
export async function marketBefore(
  tx: PgTransaction,
  instrument: Instrument,
  timeframe: Timeframe,
  timestamp: number,
): Promise<MarketState | null> {
  const { rows } = await tx.query<{ close: number; close_time: Date; volume: number }>(
    `SELECT COALESCE(first.close, bar.close) AS close, COALESCE(first.close_time, bar.close_time) AS close_time,
       COALESCE(first.volume, bar.volume) AS volume
     FROM (
       SELECT symbol, timeframe, "timestamp", close, close_time, volume, revision FROM market_data
       WHERE symbol = $1 AND timeframe = $2 AND "timestamp" < $3 ORDER BY "timestamp" DESC LIMIT $4
     ) bar LEFT JOIN market_data_revisions first
       ON bar.revision > 0 AND first.symbol = bar.symbol AND first.timeframe = bar.timeframe
         AND first."timestamp" = bar."timestamp" AND first.revision = 0
     ORDER BY bar."timestamp" DESC`,
    [instrument.symbol, timeframe, iso(timestamp), TRAILING_BARS],
  );
  const [last] = rows;
  if (last === undefined) return null;
  return {
    lastTicks: nearestTicks(instrumentScale(instrument), last.close),
    lastCloseTime: last.close_time.getTime(),
    timeframeMs: timeframeMs(timeframe),
    volumes: rows.map((row) => row.volume).toReversed(),
  };
}
