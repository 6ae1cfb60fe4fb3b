import { escapeLiteral, type Pool } from 'pg';
import type { Bar, BarSeries } from '../../domain/bar.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BarStore, UpsertOutcome } from '../../ports/bar-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { aggregationSql, binnedSeries, finestStored } from './bar-aggregation.js';
import { BAR_COLUMNS, barArrays, encodeBars, latestOfEachKey, toSeries, UNNEST_BARS } from './bar-rows.js';
import { CopyColumnReader } from './copy-format.js';
import { copyFrom, copyTo } from './copy-stream.js';
import { pgTransaction } from './transaction.js';

const SERIES_COLUMNS = '"timestamp", open, high, low, close, volume';
const SERIES_COLUMN_COUNT = 6;
const AGGREGATED_COLUMNS = SERIES_COLUMNS.split(', ')
  .map((column) => `array_agg(${column})`)
  .join(', ');
/** A limit on everything: nearly four years of minutes, 100 MB of columns. */
const SERIES_ROWS_MAX = 2_000_000;

/** What makes two versions of a bar differ; the same fields as `sameBar` of the domain. */
const VERSION_COLUMNS = ['close_time', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'adjustment'] as const;
const columnsOf = (table: string) => VERSION_COLUMNS.map((column) => `${table}.${column}`).join(', ');

/** `incoming` gives BAR_COLUMNS. A trigger keeps the replaced version and counts the revision. */
const upsertSql = (incoming: string) => `
  INSERT INTO market_data (${BAR_COLUMNS}) ${incoming}
  ON CONFLICT (symbol, timeframe, "timestamp") DO UPDATE
    SET ${[...VERSION_COLUMNS, 'source'].map((column) => `${column} = excluded.${column}`).join(', ')}
    WHERE (${columnsOf('market_data')}) IS DISTINCT FROM (${columnsOf('excluded')})`;

const UPSERT_POLLED = `${upsertSql(UNNEST_BARS)} RETURNING symbol, timeframe, "timestamp", revision`;
const UPSERT_STAGED = `WITH changed AS (${upsertSql(`SELECT ${BAR_COLUMNS} FROM bar_staging`)} RETURNING revision)
  SELECT count(*) FILTER (WHERE revision = 0) AS inserted, count(*) FILTER (WHERE revision > 0) AS corrected FROM changed`;

/** Lives as long as its connection, empty outside a transaction. */
const CREATE_STAGING = `
  CREATE TEMPORARY TABLE IF NOT EXISTS bar_staging (
    symbol text, timeframe text, "timestamp" timestamptz, close_time timestamptz, open float8, high float8,
    low float8, close float8, volume float8, vwap float8, adjustment text, source text
  ) ON COMMIT DELETE ROWS`;

const literalTime = (time: number): string => `${escapeLiteral(new Date(time).toISOString())}::timestamptz`;

/** Bars in PostgreSQL. Series are read by COPY in binary, straight into float64 columns. */
export class PgBarStore implements BarStore {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async upsert(tx: Transaction, bars: readonly Bar[]): Promise<UpsertOutcome> {
    if (bars.length === 0) return { changed: [], repeated: 0 };
    const incoming = latestOfEachKey(bars);
    const { rows } = await pgTransaction(tx).query<{
      symbol: string;
      timeframe: string;
      timestamp: Date;
      revision: number;
    }>(UPSERT_POLLED, barArrays(incoming));
    const revisions = new Map(
      rows.map((row) => [keyOf(row.symbol, row.timeframe, row.timestamp.getTime()), row.revision]),
    );
    const changed = incoming.flatMap((bar) => {
      const revision = revisions.get(keyOf(bar.symbol, bar.timeframe, bar.timestamp));
      return revision === undefined ? [] : [{ ...bar, revision }];
    });
    return { changed, repeated: bars.length - changed.length };
  }

  async load(
    tx: Transaction,
    bars: readonly Bar[],
  ): Promise<{ readonly inserted: number; readonly corrected: number }> {
    if (bars.length === 0) return { inserted: 0, corrected: 0 };
    const transaction = pgTransaction(tx);
    await transaction.query(CREATE_STAGING);
    // A second load in the same transaction must not see the first one's rows.
    await transaction.query('DELETE FROM bar_staging');
    await copyFrom(
      await transaction.connection(),
      `COPY bar_staging (${BAR_COLUMNS}) FROM STDIN WITH (FORMAT binary)`,
      encodeBars(latestOfEachKey(bars)),
    );
    const { rows } = await transaction.query<{ inserted: number; corrected: number }>(UPSERT_STAGED);
    return rows[0] ?? { inserted: 0, corrected: 0 };
  }

  lastBars(symbol: string, timeframe: Timeframe, through: number, count: number): Promise<BarSeries> {
    return this.series(
      symbol,
      timeframe,
      `SELECT ${SERIES_COLUMNS} FROM (
         SELECT ${SERIES_COLUMNS} FROM market_data
         WHERE symbol = ${escapeLiteral(symbol)} AND timeframe = ${escapeLiteral(timeframe)}
           AND "timestamp" <= ${literalTime(through)}
         ORDER BY "timestamp" DESC LIMIT ${rowLimit(count)}) newest
       ORDER BY "timestamp"`,
    );
  }

  range(symbol: string, timeframe: Timeframe, from: number, to: number, limit: number): Promise<BarSeries> {
    return this.series(
      symbol,
      timeframe,
      `SELECT ${SERIES_COLUMNS} FROM market_data
       WHERE symbol = ${escapeLiteral(symbol)} AND timeframe = ${escapeLiteral(timeframe)}
         AND "timestamp" >= ${literalTime(from)} AND "timestamp" < ${literalTime(to)}
       ORDER BY "timestamp" LIMIT ${rowLimit(limit)}`,
    );
  }

  async aggregated(symbol: string, timeframe: Timeframe, from: number, to: number, limit: number): Promise<BarSeries> {
    const base = await finestStored(this.pool, symbol, timeframe);
    if (base === timeframe || base === null) return this.range(symbol, timeframe, from, to, limit);
    const { wholeBefore } = await binnedSeries(this.pool, symbol, base);
    const sql = aggregationSql({
      symbol,
      base,
      timeframe,
      from: literalTime(from),
      to: literalTime(to),
      wholeBefore: wholeBefore === null ? null : literalTime(wholeBefore),
      limit: rowLimit(limit),
    });
    return this.series(symbol, timeframe, sql);
  }

  async latest(
    symbol: string,
    timeframe: Timeframe,
  ): Promise<{ readonly timestamp: number; readonly closeTime: number; readonly close: number } | null> {
    const { rows } = await this.pool.query<{ timestamp: Date; close_time: Date; close: number }>({
      name: 'latest-bar',
      text: `SELECT "timestamp", close_time, close FROM market_data WHERE symbol = $1 AND timeframe = $2
             ORDER BY "timestamp" DESC LIMIT 1`,
      values: [symbol, timeframe],
    });
    const [row] = rows;
    if (row === undefined) return null;
    return { timestamp: row.timestamp.getTime(), closeTime: row.close_time.getTime(), close: row.close };
  }

  /** `select` gives SERIES_COLUMNS in order of time. COPY takes no parameters, so its values are escaped literals. */
  private async series(symbol: string, timeframe: Timeframe, select: string): Promise<BarSeries> {
    const reader = new CopyColumnReader(SERIES_COLUMN_COUNT);
    const client = await this.pool.connect();
    try {
      await copyTo(
        client,
        `COPY (SELECT ${AGGREGATED_COLUMNS} FROM (${select}) bars) TO STDOUT WITH (FORMAT binary)`,
        (chunk) => reader.take(chunk),
      );
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
    return toSeries(symbol, timeframe, reader.finish());
  }
}

function keyOf(symbol: string, timeframe: string, time: number): string {
  return `${symbol} ${timeframe} ${time}`;
}

function rowLimit(count: number): number {
  if (!Number.isInteger(count) || count < 0 || count > SERIES_ROWS_MAX) {
    throw new RangeError(`${count} is not a whole number of bars between 0 and ${SERIES_ROWS_MAX}`);
  }
  return count;
}
