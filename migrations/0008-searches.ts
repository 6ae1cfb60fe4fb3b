import { Migration } from '@mikro-orm/migrations';

/** Searches for parameters and walk-forwards: what each asked for and found, and one row a set that was tried. */
export class Searches extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE searches (
        id uuid PRIMARY KEY,
        -- A label for people.
        name text,
        client_request_id text UNIQUE,
        -- Of the input as it was given: the same id with another input is told from a repeat.
        input_digest text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('OPTIMIZATION', 'WALK_FORWARD')),
        strategy text NOT NULL,
        -- All that decides what is tried, and over which bars.
        spec jsonb NOT NULL,
        -- What is varied, each parameter with the values in order, or the ends of its interval.
        axes jsonb NOT NULL,
        status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELED')),
        error_code text,
        error_message text,
        -- Different sets, those that the strategy itself refuses, and runs: of a walk-forward one a set and window.
        set_count integer NOT NULL CHECK (set_count > 0),
        unfit_count integer NOT NULL,
        run_count integer,
        done_count integer NOT NULL DEFAULT 0,
        best_score double precision,
        -- Grows with each change, as its events say.
        version integer NOT NULL DEFAULT 1,
        -- Times that it was taken up: what an earlier attempt still writes is refused.
        attempt integer NOT NULL DEFAULT 0,
        -- Where the log of its partition stood before its first event: a subscription begins there.
        first_offset bigint NOT NULL,
        -- Of the bars that its sets ran over: when they are others at a later attempt, it begins anew.
        data_hash text,
        bar_count integer,
        engine_version text,
        result jsonb,
        -- Of a walk-forward: what lies out of the samples, as float64, little-endian.
        curve_times bytea,
        curve_equity bytea,
        -- Whole milliseconds: a page's cursor holds no finer ones.
        created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
        started_at timestamptz,
        finished_at timestamptz,
        CHECK ((status = 'DONE') = (result IS NOT NULL)),
        CHECK ((status = 'FAILED') = (error_code IS NOT NULL))
      );
      CREATE INDEX searches_created ON searches (created_at DESC, id);
      CREATE INDEX searches_open ON searches (id) WHERE status IN ('QUEUED', 'RUNNING');

      CREATE TABLE search_results (
        search_id uuid NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
        -- Which run of the search: a search that goes on tries what has no row.
        run_index integer NOT NULL,
        -- Of a walk-forward the window, in whose sample it ran.
        window_index integer,
        params jsonb NOT NULL,
        -- The objective; null where undefined, or where the run failed.
        score double precision,
        -- The better the higher; the lowest number that there is where the score is null.
        rank double precision NOT NULL,
        sharpe double precision,
        total_return_pct double precision,
        max_drawdown_pct double precision,
        round_trip_count integer,
        error_message text,
        PRIMARY KEY (search_id, run_index)
      );
      CREATE INDEX search_results_ranked ON search_results (search_id, rank DESC, run_index);
    `);
  }
}
