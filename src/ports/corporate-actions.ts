import type { Adjustment } from '../domain/bar.js';
import type { CorporateAction } from '../domain/corporate-action.js';
import type { DataSource } from '../domain/instrument.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { Transaction } from './unit-of-work.js';

/** A file of corporate actions that cannot be taken: the message names the line and the field. */
export class ActionFileError extends Error {
  override readonly name = 'ActionFileError';
}

/** Splits and dividends in the database: one of a kind a symbol and ex-date. */
export interface CorporateActionStore {
  /**
   * Stores actions that are new or differ. What a file (`csv`) said is not changed by another source.
   * @returns how many were stored
   */
  save(tx: Transaction, actions: readonly CorporateAction[], source: DataSource): Promise<number>;
  /** In the order of symbols and ex-dates. */
  actionsOf(symbols: readonly string[]): Promise<readonly CorporateAction[]>;
  /**
   * What the stored prices are that bars of a timeframe are read from or made of; MIXED when not all of them are the
   * same, null when there are none.
   */
  adjustmentOf(symbol: string, timeframe: Timeframe): Promise<Adjustment | 'MIXED' | null>;
}
