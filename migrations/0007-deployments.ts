import { Migration } from '@mikro-orm/migrations';

/** Strategies that trade on accounts. */
export class Deployments extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE deployments (
        id uuid PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts (id),
        strategy text NOT NULL,
        -- {kind: BUILT_IN, name} or {kind: FILE, path}: where its code is.
        reference jsonb NOT NULL,
        params jsonb NOT NULL,
        symbols jsonb NOT NULL CHECK (jsonb_array_length(symbols) > 0),
        timeframe text NOT NULL,
        -- Names its signals: no two deployments say the same thing of the same bar.
        source text NOT NULL UNIQUE,
        status text NOT NULL DEFAULT 'RUNNING' CHECK (status IN ('RUNNING', 'STOPPED', 'FAILED')),
        failure text,
        -- Open time of the first bar that it may warm up on.
        warm_from timestamptz NOT NULL,
        -- It decides on bars that close after this.
        trade_after timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        CHECK ((status = 'RUNNING') = (ended_at IS NULL) AND (status = 'FAILED') = (failure IS NOT NULL))
      );
      CREATE UNIQUE INDEX deployments_one_an_account ON deployments (account_id) WHERE status = 'RUNNING';
      CREATE INDEX deployments_created ON deployments (created_at DESC, id);

      -- The strategy that decides for it; signal_source is then the deployment's.
      ALTER TABLE accounts ADD COLUMN deployment_id uuid REFERENCES deployments (id);
    `);
  }
}
