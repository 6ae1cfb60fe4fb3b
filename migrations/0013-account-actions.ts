import { Migration } from '@mikro-orm/migrations';

/** Splits and dividends on accounts: each once, what is held after a split, orders that were partly filled before it, dividends in the ledger. */
export class AccountActions extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE account_actions (
        id uuid PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts (id),
        symbol text NOT NULL REFERENCES instruments (symbol),
        ex_date date NOT NULL,
        kind text NOT NULL CHECK (kind IN ('SPLIT', 'DIVIDEND')),
        -- LATE: bars without it had been acted on before it was known; nothing was booked.
        outcome text NOT NULL CHECK (outcome IN ('BOOKED', 'LATE')),
        -- New units for one old, or cash a unit as it was held.
        value double precision NOT NULL CHECK (value > 0 AND value < 'Infinity'),
        quantity_before numeric NOT NULL,
        quantity numeric NOT NULL CHECK (quantity >= 0),
        CHECK (quantity = quantity_before OR (kind = 'SPLIT' AND outcome = 'BOOKED')),
        -- The dividend, or what was paid for a part of a lot.
        cash numeric NOT NULL,
        realized_pnl numeric NOT NULL,
        CHECK (outcome = 'BOOKED' OR (cash = 0 AND realized_pnl = 0)),
        -- Market time of the booking, and the first bar after it.
        "timestamp" timestamptz NOT NULL,
        bar_timestamp timestamptz NOT NULL,
        seq bigint GENERATED ALWAYS AS IDENTITY,
        -- The last fill of the symbol before it; 0 for none.
        after_fill bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (account_id, symbol, ex_date, kind)
      );
      CREATE INDEX account_actions_held ON account_actions (account_id, symbol, seq) WHERE kind = 'SPLIT' AND outcome = 'BOOKED';

      -- What a partly filled order has filled is counted in new units after a split; its fills stay as they were.
      CREATE TABLE order_rescalings (
        order_id uuid NOT NULL REFERENCES orders (id),
        -- Of the order, after the split.
        version integer NOT NULL,
        filled_before numeric NOT NULL CHECK (filled_before > 0),
        filled_quantity numeric NOT NULL CHECK (filled_quantity >= 0),
        PRIMARY KEY (order_id, version)
      );

      ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_ledger_check;
      ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_ledger_check
        CHECK (ledger IN ('CASH', 'COST_BASIS', 'REALIZED_PNL', 'FEES', 'DEPOSITS', 'DIVIDENDS'));
    `);
    this.addSql(HELD_AFTER_SPLITS);
    this.addSql(FILLED_AFTER_SPLITS);
  }
}

/** What is held is what the last fill or the last split left, whichever came later; a split begins from what was held. */
const HELD_AFTER_SPLITS = `
  CREATE OR REPLACE FUNCTION fills_held(p_account text, p_symbol text) RETURNS numeric LANGUAGE plpgsql AS $$
  DECLARE
    last_fill record;
    after_split numeric;
  BEGIN
    SELECT held, seq INTO last_fill FROM fills WHERE account_id = p_account AND symbol = p_symbol ORDER BY seq DESC LIMIT 1;
    SELECT quantity INTO after_split FROM account_actions
    WHERE account_id = p_account AND symbol = p_symbol AND kind = 'SPLIT' AND outcome = 'BOOKED'
      AND after_fill >= COALESCE(last_fill.seq, 0) ORDER BY seq DESC LIMIT 1;
    RETURN COALESCE(after_split, last_fill.held, 0);
  END $$;

  CREATE FUNCTION place_action() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM accounts WHERE id = NEW.account_id FOR UPDATE;
    IF NEW.quantity_before <> fills_held(NEW.account_id, NEW.symbol) THEN
      RAISE EXCEPTION '% of % on %: % held before, its fills say %', NEW.kind, NEW.symbol, NEW.account_id,
        NEW.quantity_before, fills_held(NEW.account_id, NEW.symbol) USING ERRCODE = 'check_violation';
    END IF;
    NEW.after_fill := COALESCE((
      SELECT seq FROM fills WHERE account_id = NEW.account_id AND symbol = NEW.symbol ORDER BY seq DESC LIMIT 1), 0);
    RETURN NEW;
  END $$;
  CREATE TRIGGER account_actions_place BEFORE INSERT ON account_actions FOR EACH ROW EXECUTE FUNCTION place_action();
  CREATE TRIGGER account_actions_append_only BEFORE UPDATE OR DELETE ON account_actions FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER order_rescalings_append_only BEFORE UPDATE OR DELETE ON order_rescalings FOR EACH ROW EXECUTE FUNCTION refuse_change();`;

/** As before, but for splits: they alone may lower what an order has filled, and say by how much fills and order differ. */
const FILLED_AFTER_SPLITS = `
  CREATE OR REPLACE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    -- As TRANSITIONS in src/domain/order.ts says.
    legal CONSTANT jsonb := '{
      "PENDING": ["PENDING", "ACCEPTED", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED", "REJECTED", "UNKNOWN"],
      "UNKNOWN": ["UNKNOWN", "ACCEPTED", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED", "REJECTED"],
      "ACCEPTED": ["ACCEPTED", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED"],
      "PARTIALLY_FILLED": ["PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED"]
    }';
  BEGIN
    IF OLD.status IN ('FILLED', 'CANCELED', 'EXPIRED', 'REJECTED') THEN
      RAISE EXCEPTION 'order % is % and cannot change', OLD.id, OLD.status USING ERRCODE = 'check_violation';
    END IF;
    IF NOT legal -> OLD.status ? NEW.status THEN
      RAISE EXCEPTION 'order % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version <= OLD.version OR NEW.account_id <> OLD.account_id
      OR NEW.symbol <> OLD.symbol OR NEW.side <> OLD.side OR NEW.client_order_id <> OLD.client_order_id
      OR (NEW.filled_quantity < OLD.filled_quantity AND NOT EXISTS (
        SELECT FROM order_rescalings r WHERE r.order_id = NEW.id AND r.version > OLD.version AND r.version <= NEW.version)) THEN
      RAISE EXCEPTION 'order % went back or became another', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;

  CREATE OR REPLACE FUNCTION guard_filled(of_order uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    o orders%ROWTYPE;
    filled numeric;
    filled_value numeric;
  BEGIN
    SELECT * INTO o FROM orders WHERE id = of_order;
    SELECT COALESCE(sum(quantity), 0), COALESCE(sum(quantity * price), 0) INTO filled, filled_value
    FROM fills WHERE order_id = of_order;
    filled := filled + COALESCE((
      SELECT sum(r.filled_quantity - r.filled_before) FROM order_rescalings r WHERE r.order_id = of_order), 0);
    IF filled <> o.filled_quantity OR filled_value <> o.filled_value THEN
      RAISE EXCEPTION 'order % says % filled, its fills say %', of_order, o.filled_quantity, filled
        USING ERRCODE = 'check_violation';
    END IF;
  END $$;`;
