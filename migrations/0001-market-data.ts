import { Migration } from '@mikro-orm/migrations';

/** Instruments, what is tracked, bars with their revisions, and the counts of what was refused. */
export class MarketData extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE instruments (
        symbol text PRIMARY KEY CHECK (length(symbol) BETWEEN 1 AND 32),
        name text NOT NULL,
        asset_class text NOT NULL,
        currency text NOT NULL,
        tick_size numeric NOT NULL CHECK (tick_size > 0),
        lot_size numeric NOT NULL CHECK (lot_size > 0),
        calendar text NOT NULL,
        data_source text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE tracked_symbols (
        symbol text NOT NULL REFERENCES instruments (symbol),
        timeframe text NOT NULL,
        ended_at timestamptz,
        -- Where its past begins, until that is loaded: a load that a crash has lost is queued again.
        history_from timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (symbol, timeframe)
      );

      -- One plain table: over monthly partitions the last 30 bars took 60 times as long.
      CREATE TABLE market_data (
        symbol text NOT NULL,
        timeframe text NOT NULL,
        "timestamp" timestamptz NOT NULL,
        close_time timestamptz NOT NULL,
        open double precision NOT NULL,
        high double precision NOT NULL,
        low double precision NOT NULL,
        close double precision NOT NULL,
        volume double precision NOT NULL CHECK (volume >= 0),
        vwap double precision,
        adjustment text NOT NULL,
        source text NOT NULL,
        revision integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (symbol, timeframe, "timestamp"),
        CHECK (low <= open AND low <= close AND open <= high AND close <= high AND low > 0 AND high < 'Infinity')
      );
      CREATE INDEX market_data_timestamp_brin ON market_data USING brin ("timestamp");

      -- Versions that a correction replaced.
      CREATE TABLE market_data_revisions (
        symbol text NOT NULL,
        timeframe text NOT NULL,
        "timestamp" timestamptz NOT NULL,
        revision integer NOT NULL,
        close_time timestamptz NOT NULL,
        open double precision NOT NULL,
        high double precision NOT NULL,
        low double precision NOT NULL,
        close double precision NOT NULL,
        volume double precision NOT NULL,
        vwap double precision,
        adjustment text NOT NULL,
        source text NOT NULL,
        created_at timestamptz NOT NULL,
        replaced_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (symbol, timeframe, "timestamp", revision)
      );

      -- Structural: no writer can replace a version without keeping it and counting one on.
      CREATE FUNCTION keep_market_data_revision() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        INSERT INTO market_data_revisions (symbol, timeframe, "timestamp", revision, close_time, open, high, low, close,
                                           volume, vwap, adjustment, source, created_at)
        VALUES (OLD.symbol, OLD.timeframe, OLD."timestamp", OLD.revision, OLD.close_time, OLD.open, OLD.high, OLD.low,
                OLD.close, OLD.volume, OLD.vwap, OLD.adjustment, OLD.source, OLD.created_at);
        NEW.revision := OLD.revision + 1;
        NEW.created_at := now();
        RETURN NEW;
      END
      $body$;
      CREATE TRIGGER market_data_keep_revision BEFORE UPDATE ON market_data
        FOR EACH ROW EXECUTE FUNCTION keep_market_data_revision();

      CREATE TABLE data_quality_issues (
        symbol text NOT NULL,
        timeframe text NOT NULL,
        code text NOT NULL,
        count bigint NOT NULL DEFAULT 0,
        last_message text NOT NULL,
        last_bar_timestamp timestamptz,
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (symbol, timeframe, code)
      );
    `);
  }
}
