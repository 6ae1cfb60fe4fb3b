import type { Pool } from 'pg';
import { PgBarStore } from '../src/adapters/postgres/bar-store.js';
import type { PgUnitOfWork } from '../src/adapters/postgres/transaction.js';
import type { Bar, BarSeries } from '../src/domain/bar.js';
import { barEvent } from '../src/services/ingestion/bar-events.js';

export const MINUTE_MS = 60_000;
/** As many as the longest window of a signal source (ema-cross: 260), and some. */
export const HISTORY_BARS = 270;
/** Symbols whose bars one transaction stores: with one each, commits would be what is measured. */
const SYMBOLS_A_TRANSACTION = 50;

/** Symbols of one minute's bars that follow on a stored history, the same for the same `count`. */
export class SymbolsMarket {
  readonly symbols: readonly string[];

  /** @param startMs open time of the first bar that is not history, on the minute */
  constructor(
    private readonly pool: Pool,
    count: number,
    readonly startMs: number,
  ) {
    this.symbols = Array.from({ length: count }, (_, number) => `B${number}-USD`);
  }

  /** Stores instruments and history, minute by minute as time would have: a window lies spread over as many pages. */
  async fill(): Promise<void> {
    const { symbols, startMs } = this;
    await this.pool.query(
      `INSERT INTO instruments (symbol, name, asset_class, currency, tick_size, lot_size, calendar, data_source)
       SELECT symbol, symbol, 'CRYPTO', 'USD', 0.01, 0.0001, 'crypto', 'yahoo' FROM unnest($1::text[]) AS s (symbol)`,
      [symbols],
    );
    await this.pool.query(
      `INSERT INTO tracked_symbols (symbol, timeframe) SELECT symbol, 'ONE_MINUTE' FROM unnest($1::text[]) AS s (symbol)`,
      [symbols],
    );
    const rowsAtOnce = 30;
    for (let bars = HISTORY_BARS; bars > 0; bars -= rowsAtOnce) {
      await this.pool.query(
        `INSERT INTO market_data (symbol, timeframe, "timestamp", close_time, open, high, low, close, volume, adjustment, source)
         SELECT 'B' || i || '-USD', 'ONE_MINUTE', at, at + interval '1 minute', price, price + 0.4, price - 0.4, price + 0.1,
                1000 + (i + k) % 50, 'RAW', 'yahoo'
         FROM generate_series($1::int, $2::int) k, generate_series(0, $3::int - 1) i,
              LATERAL (SELECT $4::timestamptz + k * interval '1 minute', ${PRICE_SQL}) AS computed (at, price)`,
        [-bars, Math.min(-1, rowsAtOnce - bars - 1), symbols.length, new Date(startMs)],
      );
    }
    await this.pool.query('VACUUM ANALYZE market_data');
  }

  /** Open time of the `minute`th bar after the history, 0 for the first. */
  openTime(minute: number): number {
    return this.startMs + minute * MINUTE_MS;
  }

  /** Stores and announces one minute of the first `count` symbols, as ingestion does: rows and events in one transaction. */
  async append(unitOfWork: PgUnitOfWork, minute: number, count = this.symbols.length): Promise<void> {
    const store = new PgBarStore(this.pool);
    for (let first = 0; first < count; first += SYMBOLS_A_TRANSACTION) {
      const bars = this.symbols
        .slice(first, Math.min(count, first + SYMBOLS_A_TRANSACTION))
        .map((symbol, offset) => this.bar(symbol, first + offset, minute));
      await unitOfWork.transaction(async (tx) => {
        const { changed } = await store.upsert(tx, bars);
        for (const bar of changed) tx.append(barEvent(bar));
      });
    }
  }

  /** A longer past of the first symbol, to train a model on; not stored. */
  series(length: number): BarSeries {
    const [symbol = ''] = this.symbols;
    const bars = Array.from({ length }, (_, index) => this.bar(symbol, 0, index - length));
    const column = (of: (bar: Bar) => number) => Float64Array.from(bars, of);
    return {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamps: column((bar) => bar.timestamp),
      opens: column((bar) => bar.open),
      highs: column((bar) => bar.high),
      lows: column((bar) => bar.low),
      closes: column((bar) => bar.close),
      volumes: column((bar) => bar.volume),
    };
  }

  private bar(symbol: string, number: number, minute: number): Bar {
    const price = priceOf(number, minute);
    const timestamp = this.openTime(minute);
    return {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp,
      closeTime: timestamp + MINUTE_MS,
      open: price,
      high: price + 0.4,
      low: price - 0.4,
      close: price + 0.1,
      volume: 1000 + ((((number + minute) % 50) + 50) % 50),
      vwap: null,
      adjustment: 'RAW',
      source: 'yahoo',
    };
  }
}

/** A slow wave with a quick one on it, out of step from symbol to symbol: averages cross now and then, never all at once. */
const priceOf = (number: number, minute: number): number =>
  100 + 3 * Math.sin(minute / 10 + number) + 0.3 * Math.sin(minute * 1.7 + number * 3);
const PRICE_SQL = '100 + 3 * sin(k / 10.0 + i) + 0.3 * sin(k * 1.7 + i * 3)';
