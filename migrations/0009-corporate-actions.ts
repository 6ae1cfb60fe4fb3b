import { Migration } from '@mikro-orm/migrations';

/** Splits and dividends, and which of them a backtest has booked. */
export class CorporateActions extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE corporate_actions (
        symbol text NOT NULL,
        -- The first day on which it trades without.
        ex_date date NOT NULL,
        kind text NOT NULL CHECK (kind IN ('SPLIT', 'DIVIDEND')),
        -- New shares for one old, or cash a share in the quote currency.
        value double precision NOT NULL CHECK (value > 0 AND value < 'Infinity'),
        -- Of a dividend: a share of the ex-date (RAW) or of today (SPLIT).
        basis text NOT NULL CHECK (basis IN ('RAW', 'SPLIT')),
        source text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (symbol, ex_date, kind)
      );

      -- sha256 of the actions of the run; null where there were none.
      ALTER TABLE backtests ADD COLUMN actions_hash text;
    `);
  }
}
