import type { Bar, BarSeries, StoredBar } from '../domain/bar.js';
import type { DataSource, Instrument } from '../domain/instrument.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { Transaction } from './unit-of-work.js';

export interface UpsertOutcome {
  /** Bars that were not there (revision 0) or differ from what was there (revision above 0), as stored. */
  readonly changed: readonly StoredBar[];
  /** Bars that were there already, equal. */
  readonly repeated: number;
}

/** Bars in the database: one row a (symbol, timeframe, timestamp), the latest revision; earlier ones in its history. */
export interface BarStore {
  /** Inserts new bars, adds a revision where one differs, leaves equal ones alone. */
  upsert(tx: Transaction, bars: readonly Bar[]): Promise<UpsertOutcome>;
  /** The same for bulk history, by COPY: corrections become revisions too. Answers how many rows are new or corrected. */
  load(tx: Transaction, bars: readonly Bar[]): Promise<{ readonly inserted: number; readonly corrected: number }>;
  /** The last `count` bars with open time <= `through`, oldest first. */
  lastBars(symbol: string, timeframe: Timeframe, through: number, count: number): Promise<BarSeries>;
  /** Bars with from <= open time < to, oldest first, `limit` at most. */
  range(symbol: string, timeframe: Timeframe, from: number, to: number, limit: number): Promise<BarSeries>;
  /**
   * As `range`; a timeframe that is not stored is aggregated from the finest stored one below it, anchored to UTC
   * midnight (crypto) or the session's open (us-equity). A bin that is still forming is left out.
   */
  aggregated(symbol: string, timeframe: Timeframe, from: number, to: number, limit: number): Promise<BarSeries>;
  /** Open time of the newest bar, or null when there is none. */
  latest(
    symbol: string,
    timeframe: Timeframe,
  ): Promise<{ readonly timestamp: number; readonly closeTime: number; readonly close: number } | null>;
}

export interface TrackedSymbol {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  /** Set when no further bar will come. */
  readonly endedAt: number | null;
  /** Open time from which its past has still to be loaded; null once it is. */
  readonly historyFrom: number | null;
}

export interface DataQualityRow {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly code: string;
  readonly count: number;
  readonly lastMessage: string;
  /** Open time of the last such bar where it had a usable one. */
  readonly lastBarTimestamp: number | null;
  readonly lastSeenAt: number;
}

/** A row that was refused: why, and which bar it spoke of where it had a usable time. */
export interface DataQualityIssue {
  /** A BarRefusal, or MALFORMED for a row that cannot even be read as a bar. */
  readonly code: string;
  readonly message: string;
  readonly barTimestamp: number | null;
}

/** Instruments, which of them are tracked, and what was refused of their data. */
export interface InstrumentStore {
  instrument(symbol: string): Promise<Instrument | null>;
  saveInstrument(tx: Transaction, instrument: Instrument): Promise<void>;
  tracked(): Promise<readonly TrackedSymbol[]>;
  /** @param historyFrom open time from which its past is to be loaded, by whoever sees it in `tracked`; null for none */
  track(
    tx: Transaction,
    symbol: string,
    timeframe: Timeframe,
    historyFrom?: number | null,
  ): Promise<{ readonly added: boolean }>;
  /** Its past is loaded: `historyFrom` is null from now on. */
  markHistoryLoaded(tx: Transaction, symbol: string, timeframe: Timeframe): Promise<void>;
  untrack(tx: Transaction, symbol: string): Promise<{ readonly removed: boolean }>;
  /** False when it had been marked before. */
  markEnded(tx: Transaction, symbol: string, timeframe: Timeframe, endedAt: number): Promise<boolean>;
  /** The data source this database belongs to, or null when it is new. */
  dataSource(): Promise<DataSource | null>;
  countIssues(
    tx: Transaction,
    symbol: string,
    timeframe: Timeframe,
    issues: readonly DataQualityIssue[],
  ): Promise<void>;
  dataQuality(symbol: string | null): Promise<readonly DataQualityRow[]>;
}
