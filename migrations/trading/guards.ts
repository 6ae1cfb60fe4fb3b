/** Terminal orders never change, only legal transitions happen, and versions grow. */
export const ORDER_GUARDS = `
  CREATE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.version <= OLD.version OR NEW.filled_quantity < OLD.filled_quantity OR NEW.account_id <> OLD.account_id
      OR NEW.symbol <> OLD.symbol OR NEW.side <> OLD.side OR NEW.client_order_id <> OLD.client_order_id THEN
      RAISE EXCEPTION 'order % went back or became another', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER orders_guard BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order();

  ALTER TABLE orders ADD CHECK (status IN
    ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED', 'REJECTED', 'UNKNOWN'));
  -- What has ended sets nothing aside.
  ALTER TABLE orders ADD CHECK (reserved_cash = 0 OR status NOT IN ('FILLED', 'CANCELED', 'EXPIRED', 'REJECTED'));
  ALTER TABLE orders ADD CHECK (status <> 'FILLED' OR filled_quantity >= quantity);`;

/**
 * Books are append-only. When a transaction ends: its ledger postings sum to 0 in each currency, an order's fills are
 * what it says was filled, and every fill is in the ledger. A fill is booked once: by (broker, execution id), and by
 * (fill, ledger).
 */
export const BOOK_GUARDS = `
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END $$;
  CREATE TRIGGER fills_append_only BEFORE UPDATE OR DELETE ON fills FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER risk_append_only BEFORE UPDATE OR DELETE ON risk_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();

  CREATE UNIQUE INDEX ledger_entries_fill_once ON ledger_entries (fill_id, ledger) WHERE fill_id IS NOT NULL;

  CREATE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.transaction_id GROUP BY currency HAVING sum(amount) <> 0) THEN
      RAISE EXCEPTION 'ledger transaction % does not sum to 0', NEW.transaction_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_ledger();

  CREATE FUNCTION guard_fill() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    of_order orders%ROWTYPE;
    filled numeric;
    filled_value numeric;
  BEGIN
    SELECT * INTO of_order FROM orders WHERE id = NEW.order_id;
    SELECT sum(quantity), sum(quantity * price) INTO filled, filled_value FROM fills WHERE order_id = NEW.order_id;
    IF filled <> of_order.filled_quantity OR filled_value <> of_order.filled_value THEN
      RAISE EXCEPTION 'order % says % filled, its fills say %', NEW.order_id, of_order.filled_quantity, filled
        USING ERRCODE = 'check_violation';
    END IF;
    -- A real broker's overfill is a fact: booked, and alarmed elsewhere.
    IF NEW.broker = 'paper' AND filled > of_order.quantity THEN
      RAISE EXCEPTION 'order % is filled beyond its quantity', NEW.order_id USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM ledger_entries WHERE fill_id = NEW.id AND ledger = 'CASH') THEN
      RAISE EXCEPTION 'fill % is not in the ledger', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER fills_booked AFTER INSERT ON fills
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_fill();`;
