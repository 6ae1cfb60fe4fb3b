/**
 * The database's own backstop behind the risk engine: called in the transaction that stores an order, which is there
 * already and says which account it belongs to. Locks the account and looks at what other open orders have set aside.
 * A BUY needs price x quantity, and what the order itself reserves, in free cash; a SELL needs the quantity in the
 * position, free of other sales (protective orders follow the position and are not counted). A NULL price is the collar
 * price: the last stored close of a tracked series x (1 + collar). False when it does not fit, or no price is known.
 */
export const CHECK_AVAILABLE_FUNDS = `
  CREATE FUNCTION check_available_funds(
    p_order_id uuid, p_symbol varchar, p_side varchar, p_quantity numeric, p_price numeric
  ) RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    account accounts%ROWTYPE;
    own_reserve numeric;
    price numeric := p_price;
    taken numeric;
    held numeric;
  BEGIN
    SELECT a.* INTO account FROM accounts a JOIN orders o ON o.account_id = a.id WHERE o.id = p_order_id FOR UPDATE OF a;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'there is no order %', p_order_id USING ERRCODE = 'no_data_found';
    END IF;
    SELECT o.reserved_cash INTO own_reserve FROM orders o WHERE o.id = p_order_id;

    IF p_side = 'SELL' THEN
      SELECT COALESCE(sum(o.quantity - o.filled_quantity), 0) INTO taken FROM orders o
      WHERE o.account_id = account.id AND o.symbol = p_symbol AND o.side = 'SELL' AND o.id <> p_order_id
        AND o.cause NOT IN ('STOP_LOSS', 'TAKE_PROFIT')
        AND o.status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN');
      SELECT p.quantity INTO held FROM positions p WHERE p.account_id = account.id AND p.symbol = p_symbol;
      RETURN COALESCE(held, 0) - taken >= p_quantity;
    END IF;

    IF price IS NULL THEN
      -- A look-up for each tracked series: the last row of an index, not a scan.
      SELECT latest.close::text::numeric * (1 + account.market_collar) INTO price
      FROM tracked_symbols t, LATERAL (
        SELECT m.close, m.close_time FROM market_data m
        WHERE m.symbol = t.symbol AND m.timeframe = t.timeframe ORDER BY m."timestamp" DESC LIMIT 1
      ) latest
      WHERE t.symbol = p_symbol ORDER BY latest.close_time DESC LIMIT 1;
    END IF;
    SELECT COALESCE(sum(o.reserved_cash), 0) INTO taken FROM orders o
    WHERE o.account_id = account.id AND o.id <> p_order_id
      AND o.status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN');
    -- Floored: the engine rounds money to the currency's increment, and what it reserved is compared to the last digit.
    RETURN COALESCE(account.cash - taken >= GREATEST(floor(price * p_quantity), own_reserve), false);
  END $$;`;

/**
 * One snapshot for each (account, bar time): the trigger is deferred, so it runs when cash AND positions of the slice
 * are booked (at once, it would count a position before it is paid for, once a row). It writes the snapshot of the
 * account's as_of; several rows of a slice write the same one.
 */
export const UPDATE_PORTFOLIO_VALUE = `
  CREATE FUNCTION update_portfolio_value() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    changed text := CASE TG_TABLE_NAME WHEN 'accounts' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'account_id' END;
  BEGIN
    INSERT INTO portfolio_snapshots (account_id, "timestamp", total_value, cash, positions_value, realized_pnl,
      unrealized_pnl, fees, total_pnl)
    SELECT a.id, a.as_of, a.cash + p.value, a.cash, p.value, p.realized, p.value - p.cost, a.fees,
      a.cash + p.value - a.net_deposits
    FROM accounts a, LATERAL (
      SELECT COALESCE(sum(market_value), 0) AS value, COALESCE(sum(cost_basis), 0) AS cost,
        COALESCE(sum(realized_pnl), 0) AS realized
      FROM positions WHERE account_id = a.id
    ) p
    WHERE a.id = changed
    ON CONFLICT (account_id, "timestamp") DO UPDATE SET total_value = excluded.total_value, cash = excluded.cash,
      positions_value = excluded.positions_value, realized_pnl = excluded.realized_pnl,
      unrealized_pnl = excluded.unrealized_pnl, fees = excluded.fees, total_pnl = excluded.total_pnl;
    RETURN NULL;
  END $$;

  CREATE CONSTRAINT TRIGGER positions_value AFTER INSERT OR UPDATE ON positions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION update_portfolio_value();
  -- Leases, feeds and statuses are no business of a snapshot.
  CREATE CONSTRAINT TRIGGER accounts_value AFTER INSERT OR UPDATE OF cash, fees, net_deposits, as_of ON accounts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION update_portfolio_value();`;

/**
 * Ends the booking of a slice: runs what was deferred (the guards, the snapshot of update_portfolio_value), answers the
 * snapshot of the account's as_of with its open positions, and defers again for the next slice of the transaction. One
 * round trip instead of three: they are most of what a slice costs.
 */
export const CLOSE_SLICE = `
  CREATE FUNCTION close_slice(p_account text) RETURNS jsonb LANGUAGE plpgsql AS $$
  DECLARE
    portfolio jsonb;
  BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    SELECT jsonb_build_object(
      'total_value', s.total_value::text,
      'cash', s.cash::text,
      'positions_value', s.positions_value::text,
      'total_pnl', s.total_pnl::text,
      'realized_pnl', s.realized_pnl::text,
      'unrealized_pnl', s.unrealized_pnl::text,
      'fees', s.fees::text,
      'positions', COALESCE((
        SELECT jsonb_agg(jsonb_build_object(
            'symbol', p.symbol,
            'quantity', p.quantity::text,
            'average_price', trim_scale(round(p.cost_basis / p.quantity, 12))::text,
            'current_price', p.current_price::text,
            'unrealized_pnl', (p.market_value - p.cost_basis)::text,
            'realized_pnl', p.realized_pnl::text
          ) ORDER BY p.symbol)
        FROM positions p WHERE p.account_id = s.account_id AND p.quantity > 0
      ), '[]')) INTO portfolio
    FROM accounts a JOIN portfolio_snapshots s ON s.account_id = a.id AND s."timestamp" = a.as_of
    WHERE a.id = p_account;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN portfolio;
  END $$;`;
