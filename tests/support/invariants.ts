import { Client } from 'pg';

/** Each query answers one row a violation, with a text that says where it is. Numbers are those of docs' invariants. */
const INVARIANTS: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: '1 ledger transactions sum to 0',
    sql: `SELECT transaction_id || ' ' || currency || ': ' || sum(amount) AS what FROM ledger_entries
          GROUP BY transaction_id, currency HAVING sum(amount) <> 0`,
  },
  {
    name: '1 every fill is in the ledger once, and balances are those of the account',
    sql: `SELECT 'fill ' || f.id AS what FROM fills f
          WHERE (SELECT count(*) FROM ledger_entries l WHERE l.fill_id = f.id AND l.ledger = 'CASH') <> 1
          UNION ALL
          SELECT a.id || ': cash ' || a.cash || ' fees ' || a.fees || ' deposits ' || a.net_deposits || ', ledger says '
            || b.cash || ' ' || b.fees || ' ' || b.deposits
          FROM accounts a JOIN LATERAL (
            SELECT COALESCE(sum(amount) FILTER (WHERE ledger = 'CASH'), 0) AS cash,
              COALESCE(sum(amount) FILTER (WHERE ledger = 'FEES'), 0) AS fees,
              -COALESCE(sum(amount) FILTER (WHERE ledger = 'DEPOSITS'), 0) AS deposits
            FROM ledger_entries l WHERE l.account_id = a.id
          ) b ON true
          WHERE a.cash <> b.cash OR a.fees <> b.fees OR a.net_deposits <> b.deposits
          UNION ALL
          SELECT p.account_id || ' ' || p.symbol || ': cost basis or realized PnL differs from the ledger'
          FROM positions p JOIN LATERAL (
            SELECT COALESCE(sum(amount) FILTER (WHERE ledger = 'COST_BASIS'), 0) AS basis,
              -COALESCE(sum(amount) FILTER (WHERE ledger = 'REALIZED_PNL'), 0) AS realized
            FROM ledger_entries l WHERE l.account_id = p.account_id AND l.symbol = p.symbol
          ) b ON true
          WHERE p.cost_basis <> b.basis OR p.realized_pnl <> b.realized`,
  },
  {
    name: '2 cash + cost basis = deposits + realized PnL + dividends - fees',
    sql: `SELECT a.id || ': ' || (a.cash + p.basis) || ' is not ' || (a.net_deposits + p.realized + p.dividends - a.fees) AS what
          FROM accounts a JOIN LATERAL (
            SELECT COALESCE(sum(cost_basis), 0) AS basis, COALESCE(sum(realized_pnl), 0) AS realized,
              (SELECT -COALESCE(sum(amount), 0) FROM ledger_entries WHERE account_id = a.id AND ledger = 'DIVIDENDS') AS dividends
            FROM positions WHERE account_id = a.id
          ) p ON true
          WHERE a.cash + p.basis <> a.net_deposits + p.realized + p.dividends - a.fees`,
  },
  {
    name: '2 every snapshot adds up, and the last one is the account',
    sql: `SELECT s.account_id || ' ' || s."timestamp" AS what FROM portfolio_snapshots s JOIN accounts a ON a.id = s.account_id
          WHERE s.total_value <> s.cash + s.positions_value OR s.total_pnl <> s.total_value - a.net_deposits
            OR s.total_pnl <> s.realized_pnl + s.unrealized_pnl - s.fees + (
              SELECT COALESCE(sum(cash), 0) FROM account_actions d
              WHERE d.account_id = s.account_id AND d.kind = 'DIVIDEND' AND d."timestamp" < s."timestamp")
          UNION ALL
          SELECT a.id || ': no snapshot of its as_of says what it holds' FROM accounts a
          WHERE NOT EXISTS (
            SELECT FROM portfolio_snapshots s WHERE s.account_id = a.id AND s."timestamp" = a.as_of AND s.cash = a.cash
              AND s.positions_value = (SELECT COALESCE(sum(market_value), 0) FROM positions p WHERE p.account_id = a.id)
          )
          UNION ALL
          SELECT p.account_id || ' ' || p.symbol || ': marked at ' || p.market_value FROM positions p
          WHERE abs(p.market_value - p.quantity * p.current_price) > 0.005`,
  },
  {
    name: '2 every snapshot has its portfolio event, and the other way round',
    sql: `SELECT account_id || ' ' || "timestamp" AS what FROM (
            SELECT account_id, "timestamp", total_value FROM portfolio_snapshots
          ) s FULL JOIN (
            SELECT payload ->> 'account_id' AS account_id, (payload ->> 'timestamp')::timestamptz AS "timestamp",
              (payload ->> 'total_value')::numeric AS total_value
            FROM event_log WHERE topic = 'portfolio' AND type = 'portfolio_updated'
          ) e USING (account_id, "timestamp")
          WHERE s.total_value IS DISTINCT FROM e.total_value`,
  },
  {
    name: '3 positions are the sum of their fills and splits',
    sql: `SELECT account_id || ' ' || symbol || ': ' || COALESCE(p.quantity, 0) || ' held, ' || COALESCE(f.quantity, 0) || ' filled' AS what
          FROM positions p FULL JOIN (
            SELECT account_id, symbol, fills_held(account_id, symbol) AS quantity, sum(realized_pnl) AS realized_pnl
            FROM (
              SELECT account_id, symbol, realized_pnl FROM fills
              UNION ALL SELECT account_id, symbol, realized_pnl FROM account_actions
            ) booked GROUP BY account_id, symbol
          ) f USING (account_id, symbol)
          WHERE COALESCE(p.quantity, 0) <> COALESCE(f.quantity, 0) OR COALESCE(p.realized_pnl, 0) <> COALESCE(f.realized_pnl, 0)`,
  },
  {
    name: '4 fills are what their orders say',
    sql: `SELECT o.id || ': ' || o.filled_quantity || ' of ' || o.quantity || ', fills ' || COALESCE(f.quantity, 0) AS what
          FROM orders o LEFT JOIN (
            SELECT order_id, sum(quantity) + COALESCE((
                SELECT sum(r.filled_quantity - r.filled_before) FROM order_rescalings r WHERE r.order_id = fills.order_id
              ), 0) AS quantity, sum(quantity * price) AS value FROM fills GROUP BY order_id
          ) f ON f.order_id = o.id
          WHERE o.filled_quantity <> COALESCE(f.quantity, 0) OR o.filled_value <> COALESCE(f.value, 0) OR o.filled_quantity > o.quantity
            OR (o.filled_quantity > 0 AND abs(o.average_fill_price * o.filled_quantity - f.value) > 1e-6)
          UNION ALL
          SELECT broker || ' ' || execution_id FROM fills GROUP BY broker, execution_id HAVING count(*) > 1`,
  },
  {
    name: '5 order events: versions without a gap, only legal transitions, nothing after the end, the last is the order',
    sql: `WITH e AS (
            SELECT payload ->> 'order_id' AS id, (payload ->> 'version')::int AS version, payload ->> 'status' AS status,
              lag((payload ->> 'version')::int) OVER w AS before_version, lag(payload ->> 'status') OVER w AS before,
              row_number() OVER (PARTITION BY payload ->> 'order_id' ORDER BY off DESC) AS from_last
            FROM event_log WHERE topic = 'orders' WINDOW w AS (PARTITION BY payload ->> 'order_id' ORDER BY off)
          )
          SELECT id || ': ' || COALESCE(before, 'new') || ' to ' || status || ' at version ' || version AS what FROM e
          WHERE version <> COALESCE(before_version, 0) + 1
            OR before IN ('FILLED', 'CANCELED', 'EXPIRED', 'REJECTED')
            OR (before IN ('ACCEPTED', 'PARTIALLY_FILLED') AND status IN ('PENDING', 'REJECTED', 'UNKNOWN'))
            OR (before = 'PARTIALLY_FILLED' AND status = 'ACCEPTED')
          UNION ALL
          SELECT o.id || ': ' || o.status || ' version ' || o.version || ' is not its last event' FROM orders o
          LEFT JOIN e ON e.id = o.id::text AND e.from_last = 1
          WHERE e.version IS DISTINCT FROM o.version OR e.status IS DISTINCT FROM o.status
          UNION ALL
          SELECT e.id || ' has events but no row' FROM e WHERE from_last = 1 AND NOT EXISTS (SELECT FROM orders o WHERE o.id::text = e.id)`,
  },
  {
    name: '6 an automated entry has one signal, after its bar; an exit has its position; nothing fills before its decision',
    sql: `SELECT o.id || ': entry without its signal' AS what FROM orders o LEFT JOIN trading_signals s ON s.id = o.signal_id
          WHERE o.cause = 'ENTRY' AND (s.id IS NULL OR s.action <> 'BUY' OR s."timestamp" <= s.bar_timestamp OR o.decided_at < s."timestamp"
            OR s.source IS DISTINCT FROM (SELECT signal_source FROM accounts a WHERE a.id = o.account_id))
          UNION ALL
          SELECT account_id || ' signal ' || signal_id FROM orders WHERE cause = 'ENTRY' GROUP BY account_id, signal_id HAVING count(*) > 1
          UNION ALL
          SELECT o.id || ': protects nothing' FROM orders o LEFT JOIN orders e ON e.id = o.parent_order_id
          WHERE o.cause IN ('STOP_LOSS', 'TAKE_PROFIT') AND (e.id IS NULL OR e.side <> 'BUY' OR e.filled_quantity = 0)
          UNION ALL
          SELECT o.id || ': buys as an exit' FROM orders o WHERE o.side = 'BUY' AND o.cause NOT IN ('ENTRY', 'MANUAL')
          UNION ALL
          SELECT f.id || ': filled at ' || f."timestamp" || ', decided at ' || o.decided_at FROM fills f JOIN orders o ON o.id = f.order_id
          WHERE f."timestamp" < o.decided_at
          UNION ALL
          SELECT o.id || ': no approved risk decision' FROM orders o LEFT JOIN risk_decisions r ON r.id = o.risk_decision_id
          WHERE o.parent_order_id IS NULL AND r.approved IS NOT TRUE`,
  },
  {
    name: '9 cash - open buy reserves >= 0 and position - open sells >= 0; a halted account has no open entry',
    sql: `SELECT a.id || ': cash ' || a.cash || ', reserved ' || r.reserved AS what FROM accounts a JOIN (
            SELECT account_id, sum(reserved_cash) AS reserved FROM orders
            WHERE status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN') GROUP BY account_id
          ) r ON r.account_id = a.id WHERE a.cash < r.reserved
          UNION ALL
          SELECT o.account_id || ' ' || o.symbol || ': sells ' || o.open || ' of ' || COALESCE(p.quantity, 0) FROM (
            SELECT account_id, symbol, sum(quantity - filled_quantity) FILTER (WHERE parent_order_id IS NULL) AS open,
              max(quantity - filled_quantity) FILTER (WHERE parent_order_id IS NOT NULL) AS protective
            FROM orders WHERE side = 'SELL' AND status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')
            GROUP BY account_id, symbol
          ) o LEFT JOIN positions p USING (account_id, symbol)
          WHERE GREATEST(COALESCE(o.open, 0), COALESCE(o.protective, 0)) > COALESCE(p.quantity, 0)
          UNION ALL
          SELECT o.id || ': buys for a halted account' FROM orders o JOIN accounts a ON a.id = o.account_id
          WHERE a.status = 'HALTED' AND o.side = 'BUY' AND o.status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')`,
  },
  {
    name: '8 the log has no gap, and no account has acted beyond its head',
    sql: `SELECT topic || '/' || part || ': ' || count(*) || ' events between ' || min(off) || ' and ' || max(off) AS what
          FROM event_log GROUP BY topic, part HAVING count(*) <> max(off) - min(off) + 1
          UNION ALL
          SELECT a.id || ' ' || fed.topic || '/' || (offs.place - 1) || ': acted up to ' || offs.next_off FROM accounts a,
            jsonb_each(a.feed -> 'offsets') AS fed (topic, offs),
            jsonb_array_elements_text(fed.offs) WITH ORDINALITY AS offs (next_off, place)
          JOIN log_partition p ON p.part = offs.place - 1 WHERE p.topic = fed.topic AND offs.next_off::bigint > p.next_off`,
  },
];

/** Holds a database's books against the invariants 1 to 6, 8 and 9 of the design. Answers the violations; [] is right. */
export async function checkInvariants(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    // One snapshot: the program may go on while this looks.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const violations: string[] = [];
    for (const { name, sql } of INVARIANTS) {
      const { rows } = await client.query<{ what: string }>(sql);
      violations.push(...rows.map(({ what }) => `${name}: ${what}`));
    }
    return violations;
  } finally {
    await client.end();
  }
}
