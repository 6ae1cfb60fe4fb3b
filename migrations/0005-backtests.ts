import { Migration } from '@mikro-orm/migrations';

/** Backtests with their curves and round trips, the ledger of all trials, and the topic that tells of their progress. */
export class Backtests extends Migration {
  override up(): void {
    this.addSql(`
      INSERT INTO log_partition (topic, part)
      SELECT 'backtests' || suffix, part FROM unnest(ARRAY['', '.dlq']) AS suffix, generate_series(0, 7) AS part;

      CREATE TABLE backtests (
        id uuid PRIMARY KEY,
        -- A label for people.
        name text,
        client_request_id text UNIQUE,
        -- Of the input as it was given: the same id with another input is told from a repeat.
        input_digest text NOT NULL,
        strategy text NOT NULL,
        -- Where its code is: {kind, name} or {kind, path}.
        reference jsonb NOT NULL,
        params jsonb NOT NULL,
        symbols jsonb NOT NULL,
        timeframe text NOT NULL,
        start_date timestamptz,
        end_date timestamptz,
        profile text NOT NULL CHECK (profile IN ('native', 'backtesting.py')),
        options jsonb NOT NULL,
        seed integer NOT NULL,
        deadline_seconds integer NOT NULL CHECK (deadline_seconds > 0),
        status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELED')),
        error_code text,
        error_message text,
        progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
        bar_time timestamptz,
        equity double precision,
        -- Grows with each change, as its events say.
        version integer NOT NULL DEFAULT 1,
        -- Times that it was taken up: what an earlier attempt still writes is refused.
        attempt integer NOT NULL DEFAULT 0,
        -- Where the log of its partition stood before its first event: a subscription begins there.
        first_offset bigint NOT NULL,
        data_hash text,
        bar_count integer,
        engine_version text,
        -- Open times of the first and last bar that it ran over.
        data_from timestamptz,
        data_to timestamptz,
        statistics jsonb,
        foreign_statistics jsonb,
        monthly_returns jsonb,
        cautions jsonb NOT NULL DEFAULT '[]',
        -- Whole milliseconds: a page's cursor holds no finer ones.
        created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
        started_at timestamptz,
        finished_at timestamptz,
        -- A result is whole, or there is none.
        CHECK ((status = 'DONE') = (statistics IS NOT NULL)),
        CHECK ((status = 'FAILED') = (error_code IS NOT NULL))
      );
      CREATE INDEX backtests_created ON backtests (created_at DESC, id);
      CREATE INDEX backtests_open ON backtests (id) WHERE status IN ('QUEUED', 'RUNNING');

      -- float64, little-endian: the whole curve for exports, and a sample of it with the drawdowns for charts.
      CREATE TABLE backtest_curves (
        backtest_id uuid PRIMARY KEY REFERENCES backtests (id) ON DELETE CASCADE,
        times bytea NOT NULL,
        equity bytea NOT NULL,
        sample_times bytea NOT NULL,
        sample_equity bytea NOT NULL,
        sample_drawdowns bytea NOT NULL
      );

      CREATE TABLE round_trips (
        backtest_id uuid NOT NULL REFERENCES backtests (id) ON DELETE CASCADE,
        -- 1, 2, 3, ... in the order of the exits.
        number integer NOT NULL,
        symbol text NOT NULL,
        units double precision NOT NULL,
        entry_index integer NOT NULL,
        exit_index integer NOT NULL,
        entry_time timestamptz NOT NULL,
        exit_time timestamptz NOT NULL,
        entry_price double precision NOT NULL,
        exit_price double precision NOT NULL,
        stop_loss double precision,
        take_profit double precision,
        pnl double precision NOT NULL,
        commission double precision NOT NULL,
        return_fraction double precision NOT NULL,
        max_adverse double precision NOT NULL,
        max_favorable double precision NOT NULL,
        exit_reason text NOT NULL,
        PRIMARY KEY (backtest_id, number)
      );

      -- Every trial on a set of bars, once: what a deflated Sharpe ratio must know. Deleting a backtest leaves it.
      CREATE TABLE backtest_trials (
        data_hash text NOT NULL,
        -- Of strategy, parameters, profile and options.
        trial_digest text NOT NULL,
        strategy text NOT NULL,
        params jsonb NOT NULL,
        profile text NOT NULL,
        -- Annualized, as the statistics have it; null where undefined.
        sharpe double precision,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (data_hash, trial_digest)
      );
    `);
  }
}
