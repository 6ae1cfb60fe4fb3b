import { Migration } from '@mikro-orm/migrations';

/** The event log, its partition counters and the offsets of its consumer groups. */
export class EventLog extends Migration {
  override up(): void {
    this.addSql(`
      -- Updated in place at every append: room on the page keeps the updates heap-only.
      CREATE TABLE log_partition (
        topic text NOT NULL,
        part integer NOT NULL,
        next_off bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (topic, part)
      ) WITH (fillfactor = 20);

      CREATE TABLE event_log (
        topic text NOT NULL,
        part integer NOT NULL,
        off bigint NOT NULL,
        key text NOT NULL,
        event_id uuid NOT NULL UNIQUE,
        type text NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (topic, part, off)
      );

      CREATE TABLE consumer_offsets (
        grp text NOT NULL,
        topic text NOT NULL,
        part integer NOT NULL,
        next_off bigint NOT NULL,
        epoch bigint NOT NULL DEFAULT 0,
        owner text,
        lease_until timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (grp, topic, part)
      ) WITH (fillfactor = 20);
    `);
  }
}
