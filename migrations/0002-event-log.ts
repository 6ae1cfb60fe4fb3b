import { Migration } from '@mikro-orm/migrations';

/** The event log, its partition counters, the offsets of its consumer groups, and the functions that write them. */
export class EventLog extends Migration {
  override up(): void {
    this.addSql(`
      -- Whose log this is: subscription cursors carry it, so that a cursor of another database, or of one that was reset since,
      -- is refused instead of being misread.
      CREATE TABLE log_identity (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
      );
      INSERT INTO log_identity DEFAULT VALUES;

      -- Updated in place at every append: room on the page keeps the updates heap-only.
      CREATE TABLE log_partition (
        topic text NOT NULL,
        part integer NOT NULL,
        next_off bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (topic, part)
      ) WITH (fillfactor = 20);

      -- Every topic with its dead letters; 8 partitions each, as PARTITIONS in the code says.
      INSERT INTO log_partition (topic, part)
      SELECT name || suffix, part
      FROM unnest(ARRAY['market_data', 'trading_signals', 'anomalies', 'orders', 'portfolio']) AS name,
           unnest(ARRAY['', '.dlq']) AS suffix,
           generate_series(0, 7) AS part;

      CREATE TABLE event_log (
        topic text NOT NULL,
        part integer NOT NULL,
        off bigint NOT NULL,
        key text NOT NULL,
        event_id uuid NOT NULL UNIQUE,
        type text NOT NULL,
        -- json, not jsonb: it is only ever stored and handed out again, and taking numbers apart costs more than the insert.
        payload json NOT NULL,
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
        -- Kept when a partition is given back: it then says how long the group has been gone.
        lease_until timestamptz,
        -- When next_off last moved.
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (grp, topic, part)
      ) WITH (fillfactor = 20);

      -- Who is alive in a group, also with nothing in hand: the partitions are shared out between these.
      CREATE TABLE consumer_members (
        grp text NOT NULL,
        owner text NOT NULL,
        lease_until timestamptz NOT NULL,
        PRIMARY KEY (grp, owner)
      );
    `);
    this.addSql(APPEND_EVENT);
    this.addSql(APPEND_EVENTS);
    this.addSql(ADVANCE_CONSUMER);
  }
}

/** An older snapshot would not see what the last holder of the counter has appended. */
const REFUSE_OLD_SNAPSHOTS = `
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'events are appended in READ COMMITTED only, not in %', current_setting('transaction_isolation')
        USING ERRCODE = 'invalid_transaction_state';
    END IF;`;

const REFUSE_UNKNOWN_PARTITION = `
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the event log has no partition %/%', p_topic, p_part USING ERRCODE = 'undefined_object';
    END IF;`;

/**
 * Appends one event to a partition; answers whether it was new (1 or 0), and the next offset. The counter's row stays
 * locked until the commit, so offsets become visible in their order and without a gap. Whoever appends to several
 * partitions in one transaction does so in the order of (topic, part), or two of them deadlock.
 */
const APPEND_EVENT = `
  CREATE FUNCTION append_event(
    p_topic text, p_part integer, p_key text, p_event_id uuid, p_type text, p_payload json,
    OUT appended integer, OUT next_offset bigint
  ) LANGUAGE plpgsql AS $$
  BEGIN
    ${REFUSE_OLD_SNAPSHOTS}
    UPDATE log_partition SET next_off = next_off + 1 WHERE topic = p_topic AND part = p_part
      RETURNING next_off INTO next_offset;
    ${REFUSE_UNKNOWN_PARTITION}
    INSERT INTO event_log (topic, part, off, key, event_id, type, payload)
    VALUES (p_topic, p_part, next_offset - 1, p_key, p_event_id, p_type, p_payload)
    ON CONFLICT (event_id) DO NOTHING;
    GET DIAGNOSTICS appended = ROW_COUNT;
    IF appended = 0 THEN
      next_offset := next_offset - 1;
      UPDATE log_partition SET next_off = next_offset WHERE topic = p_topic AND part = p_part;
    END IF;
  END $$`;

/** The same for several events of one partition, in order: arrays of equal length, and the payloads a line each. */
const APPEND_EVENTS = `
  CREATE FUNCTION append_events(
    p_topic text, p_part integer, p_keys text[], p_event_ids uuid[], p_types text[], p_payloads text,
    OUT appended integer, OUT next_offset bigint
  ) LANGUAGE plpgsql AS $$
  DECLARE
    given integer := cardinality(p_event_ids);
    payloads json[] := string_to_array(p_payloads, E'\\n');
    first_off bigint;
  BEGIN
    ${REFUSE_OLD_SNAPSHOTS}
    UPDATE log_partition SET next_off = next_off + given WHERE topic = p_topic AND part = p_part
      RETURNING next_off INTO next_offset;
    ${REFUSE_UNKNOWN_PARTITION}
    first_off := next_offset - given;
    -- Almost always all are new: to find that out by trying is cheaper than to look for each of them first.
    BEGIN
      INSERT INTO event_log (topic, part, off, key, event_id, type, payload)
      SELECT p_topic, p_part, first_off + place - 1, key, event_id, type, payload
      FROM unnest(p_keys, p_event_ids, p_types, payloads) WITH ORDINALITY AS e (key, event_id, type, payload, place);
      appended := given;
      RETURN;
    EXCEPTION WHEN unique_violation THEN NULL;
    END;

    -- Some were there already: the others move together, or their offsets would have gaps. The look-up is a scalar
    -- subquery because a join could be planned as a scan of the whole log.
    INSERT INTO event_log (topic, part, off, key, event_id, type, payload)
    SELECT p_topic, p_part, first_off - 1 + row_number() OVER (ORDER BY place), key, e.event_id, type, payload
    FROM unnest(p_keys, p_event_ids, p_types, payloads) WITH ORDINALITY AS e (key, event_id, type, payload, place)
    WHERE (SELECT l.off FROM event_log l WHERE l.event_id = e.event_id) IS NULL;
    GET DIAGNOSTICS appended = ROW_COUNT;
    next_offset := first_off + appended;
    UPDATE log_partition SET next_off = next_offset WHERE topic = p_topic AND part = p_part;
  END $$`;

/**
 * Locks a consumer's row, checks that it is still this owner's, of this epoch, at this offset, and moves it on. All in
 * one UPDATE: until the commit nobody can claim the partition, and a rollback takes the offset back. Raises TG001 when
 * somebody else owns the partition now.
 */
const ADVANCE_CONSUMER = `
  CREATE FUNCTION advance_consumer(
    p_grp text, p_topic text, p_part integer, p_owner text, p_epoch bigint, p_expected bigint, p_next bigint, p_lease_ms integer
  ) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE consumer_offsets
    SET next_off = p_next,
        updated_at = clock_timestamp(),
        lease_until = GREATEST(lease_until, clock_timestamp() + p_lease_ms * interval '1 millisecond')
    WHERE grp = p_grp AND topic = p_topic AND part = p_part
      AND owner = p_owner AND epoch = p_epoch AND next_off = p_expected;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% no longer owns %/% at epoch % and offset %', p_grp, p_topic, p_part, p_epoch, p_expected
        USING ERRCODE = 'TG001';
    END IF;
  END $$`;
