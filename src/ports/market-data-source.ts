import type { Bar } from '../domain/bar.js';
import type { CorporateAction } from '../domain/corporate-action.js';
import type { DataSource, Instrument } from '../domain/instrument.js';
import type { Result } from '../domain/result.js';
import type { Timeframe } from '../domain/timeframe.js';

export interface BarRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open times from here on, inclusive; epoch milliseconds UTC. */
  readonly from: number;
  /** Open times before this, exclusive. */
  readonly to: number;
}

export type MarketDataErrorCode =
  'UNKNOWN_SYMBOL' | 'RATE_LIMITED' | 'UNAVAILABLE' | 'MALFORMED_ANSWER' | 'UNSUPPORTED_TIMEFRAME';

/** A fault of the source, typed: `retriable` faults are tried again with back-off. */
export class MarketDataError extends Error {
  override readonly name = 'MarketDataError';
  constructor(
    readonly code: MarketDataErrorCode,
    message: string,
    readonly retriable: boolean,
    /** Earliest time to try again, where the source says one; milliseconds from now. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** A row as the source gave it, not yet checked: `bar` may hold NaN. Rows that cannot even be read as a bar are `malformed`. */
export interface FetchedBars {
  readonly bars: readonly Bar[];
  readonly malformed: readonly { readonly detail: string }[];
  /** Splits and dividends that the source told along with them; left out where it tells none. */
  readonly actions?: readonly CorporateAction[];
  /** True when the source says that no later bar will ever come (a replay's end). */
  readonly ended: boolean;
}

/** Where bars come from. Throws MarketDataError. */
export interface MarketDataSource {
  readonly name: DataSource;
  /** One line for people: "replay of recorded BTC-USD minutes, 3 January 2016". */
  readonly description: string;
  /** Looks an instrument up; an unknown symbol is a value. */
  instrument(
    symbol: string,
  ): Promise<Result<Instrument, { readonly code: 'UNKNOWN_SYMBOL'; readonly message: string }>>;
  /** Bars of a range, oldest first. Bars that have not closed yet are left out. */
  fetch(request: BarRequest, signal?: AbortSignal): Promise<FetchedBars>;
  /** What is tracked and loaded when the database is new. */
  readonly defaults: {
    readonly tracked: readonly { readonly symbol: string; readonly timeframe: Timeframe }[];
    readonly history: readonly { readonly symbol: string; readonly timeframe: Timeframe; readonly from: number }[];
  };
}
