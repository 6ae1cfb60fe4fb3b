import { Migration } from '@mikro-orm/migrations';

/**
 * A value for each month of a series that changes whenever a bar of it is added, corrected or deleted: what was read
 * before is still true exactly when the values are the same. Random, so that no restore, reset or deletion can bring an
 * old value back. Kept by triggers: no writer can forget it.
 */
export class BarVersions extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE bar_versions (
        symbol text NOT NULL,
        timeframe text NOT NULL,
        -- The first day of the month, UTC.
        month date NOT NULL,
        version uuid NOT NULL DEFAULT gen_random_uuid(),
        PRIMARY KEY (symbol, timeframe, month)
      );
      INSERT INTO bar_versions (symbol, timeframe, month)
        SELECT DISTINCT symbol, timeframe, date_trunc('month', "timestamp" AT TIME ZONE 'UTC')::date FROM market_data;

      -- Once a statement, in one order for all writers.
      CREATE FUNCTION count_bar_versions() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        INSERT INTO bar_versions (symbol, timeframe, month)
          SELECT DISTINCT symbol, timeframe, date_trunc('month', "timestamp" AT TIME ZONE 'UTC')::date AS month
          FROM changed_bars ORDER BY symbol, timeframe, month
        ON CONFLICT (symbol, timeframe, month) DO UPDATE SET version = gen_random_uuid();
        RETURN NULL;
      END
      $body$;
      CREATE TRIGGER market_data_version_inserted AFTER INSERT ON market_data
        REFERENCING NEW TABLE AS changed_bars FOR EACH STATEMENT EXECUTE FUNCTION count_bar_versions();
      CREATE TRIGGER market_data_version_updated AFTER UPDATE ON market_data
        REFERENCING NEW TABLE AS changed_bars FOR EACH STATEMENT EXECUTE FUNCTION count_bar_versions();
      CREATE TRIGGER market_data_version_deleted AFTER DELETE ON market_data
        REFERENCING OLD TABLE AS changed_bars FOR EACH STATEMENT EXECUTE FUNCTION count_bar_versions();

      CREATE FUNCTION forget_bar_versions() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        DELETE FROM bar_versions;
        RETURN NULL;
      END
      $body$;
      CREATE TRIGGER market_data_version_truncated AFTER TRUNCATE ON market_data
        FOR EACH STATEMENT EXECUTE FUNCTION forget_bar_versions();
    `);
  }
}
