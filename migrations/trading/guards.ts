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
 * Books are append-only. When a transaction ends: its ledger postings sum to 0 for each account and currency, an
 * order's fills are what it says was filled, every fill is of its order and in the ledger, and what an account and its
 * positions say is what fills and ledger say. A fill is booked once: by (broker, execution id), and by (fill, ledger).
 */
export const BOOK_GUARDS = `
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END $$;
  CREATE TRIGGER fills_append_only BEFORE UPDATE OR DELETE ON fills FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER risk_append_only BEFORE UPDATE OR DELETE ON risk_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();

  CREATE FUNCTION refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END $$;
  CREATE TRIGGER orders_stay BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_delete();
  CREATE TRIGGER positions_stay BEFORE DELETE ON positions FOR EACH ROW EXECUTE FUNCTION refuse_delete();

  CREATE UNIQUE INDEX ledger_entries_fill_once ON ledger_entries (fill_id, ledger) WHERE fill_id IS NOT NULL;

  CREATE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.transaction_id
               GROUP BY account_id, currency HAVING sum(amount) <> 0) THEN
      RAISE EXCEPTION 'ledger transaction % does not sum to 0', NEW.transaction_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_ledger();

  CREATE FUNCTION guard_filled(of_order uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    o orders%ROWTYPE;
    filled numeric;
    filled_value numeric;
  BEGIN
    SELECT * INTO o FROM orders WHERE id = of_order;
    SELECT COALESCE(sum(quantity), 0), COALESCE(sum(quantity * price), 0) INTO filled, filled_value
    FROM fills WHERE order_id = of_order;
    IF filled <> o.filled_quantity OR filled_value <> o.filled_value THEN
      RAISE EXCEPTION 'order % says % filled, its fills say %', of_order, o.filled_quantity, filled
        USING ERRCODE = 'check_violation';
    END IF;
  END $$;

  CREATE FUNCTION guard_order_filled() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM guard_filled(NEW.id);
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER orders_filled AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.filled_quantity <> NEW.filled_quantity OR OLD.filled_value <> NEW.filled_value)
    EXECUTE FUNCTION guard_order_filled();
  CREATE CONSTRAINT TRIGGER orders_filled_new AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.filled_quantity <> 0 OR NEW.filled_value <> 0) EXECUTE FUNCTION guard_order_filled();

  CREATE FUNCTION guard_fill() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    o orders%ROWTYPE;
  BEGIN
    SELECT * INTO o FROM orders WHERE id = NEW.order_id;
    IF (NEW.account_id, NEW.symbol, NEW.side) <> (o.account_id, o.symbol, o.side) OR NEW."timestamp" < o.decided_at THEN
      RAISE EXCEPTION 'fill % is not of its order % or comes before it', NEW.id, o.id USING ERRCODE = 'check_violation';
    END IF;
    PERFORM guard_filled(NEW.order_id);
    -- A real broker's overfill is a fact: booked, and alarmed elsewhere.
    IF NEW.broker = 'paper' AND o.filled_quantity > o.quantity THEN
      RAISE EXCEPTION 'order % is filled beyond its quantity', NEW.order_id USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM ledger_entries WHERE fill_id = NEW.id AND ledger = 'CASH') THEN
      RAISE EXCEPTION 'fill % is not in the ledger', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER fills_booked AFTER INSERT ON fills
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_fill();

  -- Running balances, written once with the posting: a sum over years of postings would be paid at every fill.
  CREATE FUNCTION ledger_balance(p_account text, p_ledger text, p_symbol text) RETURNS numeric LANGUAGE plpgsql AS $$
  DECLARE
    last numeric;
  BEGIN
    IF p_ledger IN ('COST_BASIS', 'REALIZED_PNL') THEN
      SELECT balance INTO last FROM ledger_entries
      WHERE account_id = p_account AND ledger = p_ledger AND symbol = p_symbol ORDER BY id DESC LIMIT 1;
    ELSE
      SELECT balance INTO last FROM ledger_entries
      WHERE account_id = p_account AND ledger = p_ledger ORDER BY id DESC LIMIT 1;
    END IF;
    RETURN COALESCE(last, 0);
  END $$;

  CREATE FUNCTION fills_held(p_account text, p_symbol text) RETURNS numeric LANGUAGE plpgsql AS $$
  DECLARE
    last numeric;
  BEGIN
    SELECT held INTO last FROM fills WHERE account_id = p_account AND symbol = p_symbol ORDER BY seq DESC LIMIT 1;
    RETURN COALESCE(last, 0);
  END $$;

  -- The account is locked first, as everybody does: two writers cannot go on from the same balance.
  CREATE FUNCTION run_balance() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM accounts WHERE id = NEW.account_id FOR UPDATE;
    NEW.balance := ledger_balance(NEW.account_id, NEW.ledger, NEW.symbol) + NEW.amount;
    RETURN NEW;
  END $$;
  CREATE TRIGGER ledger_running BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION run_balance();

  CREATE FUNCTION run_held() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM accounts WHERE id = NEW.account_id FOR UPDATE;
    NEW.held := fills_held(NEW.account_id, NEW.symbol) + CASE NEW.side WHEN 'BUY' THEN NEW.quantity ELSE -NEW.quantity END;
    RETURN NEW;
  END $$;
  CREATE TRIGGER fills_running BEFORE INSERT ON fills FOR EACH ROW EXECUTE FUNCTION run_held();

  CREATE FUNCTION guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    a accounts%ROWTYPE;
    cash CONSTANT numeric := ledger_balance(NEW.id, 'CASH', NULL);
    fees CONSTANT numeric := ledger_balance(NEW.id, 'FEES', NULL);
    deposits CONSTANT numeric := -ledger_balance(NEW.id, 'DEPOSITS', NULL);
  BEGIN
    SELECT * INTO a FROM accounts WHERE id = NEW.id;
    IF (a.cash, a.fees, a.net_deposits) <> (cash, fees, deposits) THEN
      RAISE EXCEPTION 'account %: cash %, fees %, deposits %; its ledger says %, %, %', a.id, a.cash, a.fees,
        a.net_deposits, cash, fees, deposits USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER accounts_booked AFTER UPDATE ON accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.cash <> NEW.cash OR OLD.fees <> NEW.fees OR OLD.net_deposits <> NEW.net_deposits)
    EXECUTE FUNCTION guard_account();
  CREATE CONSTRAINT TRIGGER accounts_booked_new AFTER INSERT ON accounts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_account();

  CREATE FUNCTION guard_position() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    p positions%ROWTYPE;
    held numeric;
    basis numeric;
    realized numeric;
  BEGIN
    SELECT * INTO p FROM positions WHERE id = NEW.id;
    held := fills_held(p.account_id, p.symbol);
    IF p.quantity <> held THEN
      RAISE EXCEPTION 'position % of %: % held, its fills say %', p.symbol, p.account_id, p.quantity, held
        USING ERRCODE = 'check_violation';
    END IF;
    basis := ledger_balance(p.account_id, 'COST_BASIS', p.symbol);
    realized := -ledger_balance(p.account_id, 'REALIZED_PNL', p.symbol);
    IF (p.cost_basis, p.realized_pnl) <> (basis, realized) THEN
      RAISE EXCEPTION 'position % of %: cost %, profit %; its ledger says %, %', p.symbol, p.account_id, p.cost_basis,
        p.realized_pnl, basis, realized USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER positions_booked AFTER UPDATE ON positions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.quantity <> NEW.quantity OR OLD.cost_basis <> NEW.cost_basis OR OLD.realized_pnl <> NEW.realized_pnl)
    EXECUTE FUNCTION guard_position();
  CREATE CONSTRAINT TRIGGER positions_booked_new AFTER INSERT ON positions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_position();`;
