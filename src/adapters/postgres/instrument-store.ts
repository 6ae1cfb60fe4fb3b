import type { Pool } from 'pg';
import type { DataSource, Instrument } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { DataQualityIssue, DataQualityRow, InstrumentStore, TrackedSymbol } from '../../ports/bar-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { INSTRUMENT_COLUMNS, toInstrument, type InstrumentRow } from './instrument-rows.js';
import { pgTransaction } from './transaction.js';

type TrackedRow = InstrumentRow & { timeframe: Timeframe; ended_at: Date | null; history_from: Date | null };

/** Instruments, tracked symbols and data-quality counts in PostgreSQL. */
export class PgInstrumentStore implements InstrumentStore {
  constructor(private readonly pool: Pool) {}

  async instrument(symbol: string): Promise<Instrument | null> {
    const { rows } = await this.pool.query<InstrumentRow>(
      `SELECT ${INSTRUMENT_COLUMNS} FROM instruments WHERE symbol = $1`,
      [symbol],
    );
    return rows[0] === undefined ? null : toInstrument(rows[0]);
  }

  /** Saves it; of one that is there already only the name changes: tick, lot and currency are what books were kept in. */
  async saveInstrument(tx: Transaction, instrument: Instrument): Promise<void> {
    await pgTransaction(tx).query(
      `INSERT INTO instruments (${INSTRUMENT_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (symbol) DO UPDATE SET name = excluded.name WHERE instruments.name <> excluded.name`,
      [
        instrument.symbol,
        instrument.name,
        instrument.assetClass,
        instrument.currency,
        instrument.tickSize,
        instrument.lotSize,
        instrument.calendar,
        instrument.dataSource,
      ],
    );
  }

  async tracked(): Promise<readonly TrackedSymbol[]> {
    const { rows } = await this.pool.query<TrackedRow>(
      `SELECT ${INSTRUMENT_COLUMNS}, timeframe, ended_at, history_from FROM tracked_symbols JOIN instruments USING (symbol)
       ORDER BY symbol, timeframe`,
    );
    return rows.map((row) => ({
      instrument: toInstrument(row),
      timeframe: row.timeframe,
      endedAt: row.ended_at?.getTime() ?? null,
      historyFrom: row.history_from?.getTime() ?? null,
    }));
  }

  async track(
    tx: Transaction,
    symbol: string,
    timeframe: Timeframe,
    historyFrom: number | null = null,
  ): Promise<{ readonly added: boolean }> {
    const { rowCount } = await pgTransaction(tx).query(
      'INSERT INTO tracked_symbols (symbol, timeframe, history_from) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [symbol, timeframe, historyFrom === null ? null : new Date(historyFrom).toISOString()],
    );
    return { added: rowCount === 1 };
  }

  async markHistoryLoaded(tx: Transaction, symbol: string, timeframe: Timeframe): Promise<void> {
    await pgTransaction(tx).query(
      'UPDATE tracked_symbols SET history_from = NULL WHERE symbol = $1 AND timeframe = $2',
      [symbol, timeframe],
    );
  }

  async untrack(tx: Transaction, symbol: string): Promise<{ readonly removed: boolean }> {
    const { rowCount } = await pgTransaction(tx).query('DELETE FROM tracked_symbols WHERE symbol = $1', [symbol]);
    return { removed: (rowCount ?? 0) > 0 };
  }

  async markEnded(tx: Transaction, symbol: string, timeframe: Timeframe, endedAt: number): Promise<boolean> {
    const { rowCount } = await pgTransaction(tx).query(
      'UPDATE tracked_symbols SET ended_at = $3 WHERE symbol = $1 AND timeframe = $2 AND ended_at IS NULL',
      [symbol, timeframe, new Date(endedAt).toISOString()],
    );
    return (rowCount ?? 0) > 0;
  }

  /** Imported files may lie beside any source's bars, so they do not make a database theirs. */
  async dataSource(): Promise<DataSource | null> {
    const { rows } = await this.pool.query<{ data_source: DataSource }>(
      "SELECT data_source FROM instruments WHERE data_source <> 'csv' ORDER BY created_at, symbol LIMIT 1",
    );
    return rows[0]?.data_source ?? null;
  }

  async countIssues(
    tx: Transaction,
    symbol: string,
    timeframe: Timeframe,
    issues: readonly DataQualityIssue[],
  ): Promise<void> {
    // Sorted, so that two writers cannot wait for each other's rows.
    for (const code of [...new Set(issues.map((issue) => issue.code))].toSorted()) {
      const group = issues.filter((issue) => issue.code === code);
      const last = group.at(-1);
      if (last === undefined) continue;
      await pgTransaction(tx).query(
        `INSERT INTO data_quality_issues AS issue (symbol, timeframe, code, count, last_message, last_bar_timestamp)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (symbol, timeframe, code) DO UPDATE
           SET count = issue.count + excluded.count, last_message = excluded.last_message,
               last_bar_timestamp = excluded.last_bar_timestamp, last_seen_at = now()`,
        [symbol, timeframe, code, group.length, storableText(last.message), storableTime(last.barTimestamp)],
      );
    }
  }

  async dataQuality(symbol: string | null): Promise<readonly DataQualityRow[]> {
    const { rows } = await this.pool.query<{
      symbol: string;
      timeframe: Timeframe;
      code: string;
      count: number;
      last_message: string;
      last_bar_timestamp: Date | null;
      last_seen_at: Date;
    }>(
      `SELECT symbol, timeframe, code, count, last_message, last_bar_timestamp, last_seen_at FROM data_quality_issues
       WHERE $1::text IS NULL OR symbol = $1 ORDER BY symbol, timeframe, code`,
      [symbol],
    );
    return rows.map((row) => ({
      symbol: row.symbol,
      timeframe: row.timeframe,
      code: row.code,
      count: row.count,
      lastMessage: row.last_message,
      lastBarTimestamp: row.last_bar_timestamp?.getTime() ?? null,
      lastSeenAt: row.last_seen_at.getTime(),
    }));
  }
}

/** What a source said, without the character that PostgreSQL's text cannot hold, and bounded. */
function storableText(text: string): string {
  return text.replaceAll('\0', '').slice(0, 500);
}

/** Refused rows may hold any time: only one that a Date can write, with a year of four digits, is stored. */
function storableTime(time: number | null): string | null {
  const isPlain = time !== null && time >= Date.UTC(1, 0, 1) && time < Date.UTC(10_000, 0, 1);
  return isPlain ? new Date(time).toISOString() : null;
}
