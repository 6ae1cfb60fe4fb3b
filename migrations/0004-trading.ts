import { Migration } from '@mikro-orm/migrations';
import { CHECK_AVAILABLE_FUNDS, CLOSE_SLICE, UPDATE_PORTFOLIO_VALUE } from './trading/stored-procedures.js';
import { BOOK_GUARDS, ORDER_GUARDS } from './trading/guards.js';

/** Accounts, orders, risk decisions, fills, positions, the double-entry ledger and portfolio snapshots. */
export class Trading extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE accounts (
        id text PRIMARY KEY,
        name text NOT NULL,
        data_source text NOT NULL,
        broker text NOT NULL,
        signal_source text,
        currency text NOT NULL,
        starting_cash numeric NOT NULL CHECK (starting_cash > 0),
        status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'REDUCING', 'HALTED')),
        is_default boolean NOT NULL DEFAULT false,
        cash numeric NOT NULL,
        fees numeric NOT NULL DEFAULT 0,
        -- Deposits less withdrawals.
        net_deposits numeric NOT NULL,
        -- How far above the last close a market buy is counted with.
        market_collar numeric NOT NULL CHECK (market_collar >= 0),
        -- Close time of the last slice acted on.
        as_of timestamptz NOT NULL,
        -- {offsets: {topic: [next offset of each partition]}, live: [{symbol, timeframe}]}: up to where it has acted.
        feed jsonb NOT NULL DEFAULT '{}',
        -- Grows with each change of its books or orders: what a process remembers of it is good for one version.
        version bigint NOT NULL DEFAULT 0,
        -- Claimed like a partition: the owner changes, the epoch grows.
        epoch bigint NOT NULL DEFAULT 0,
        owner text,
        lease_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (data_source, broker, name),
        -- Nothing is lent. What a real broker reports is a fact and booked all the same.
        CHECK (broker <> 'paper' OR cash >= 0)
      );
      CREATE UNIQUE INDEX accounts_one_default ON accounts (data_source, broker) WHERE is_default;

      CREATE TABLE risk_decisions (
        id uuid PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts (id),
        symbol text NOT NULL,
        side text NOT NULL,
        quantity numeric NOT NULL,
        cause text NOT NULL,
        approved boolean NOT NULL,
        denied_code text,
        -- [{code, passed, limit, value, headroom}] in the order they were checked.
        checks jsonb NOT NULL,
        signal_id uuid REFERENCES trading_signals (id),
        decided_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX risk_decisions_account ON risk_decisions (account_id, decided_at DESC);

      CREATE TABLE orders (
        id uuid PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts (id),
        client_order_id text NOT NULL CHECK (length(client_order_id) BETWEEN 1 AND 64),
        symbol text NOT NULL REFERENCES instruments (symbol),
        side text NOT NULL CHECK (side IN ('BUY', 'SELL')),
        order_type text NOT NULL CHECK (order_type IN ('MARKET', 'LIMIT', 'STOP')),
        CHECK ((limit_price IS NOT NULL) = (order_type = 'LIMIT') AND (stop_price IS NOT NULL) = (order_type = 'STOP')),
        time_in_force text NOT NULL CHECK (time_in_force IN ('GTC', 'DAY', 'IOC')),
        cause text NOT NULL,
        quantity numeric NOT NULL CHECK (quantity > 0),
        limit_price numeric CHECK (limit_price > 0),
        stop_price numeric CHECK (stop_price > 0),
        -- Protection that an entry asks for, as distances from its fill price.
        stop_distance numeric CHECK (stop_distance > 0),
        take_profit_distance numeric CHECK (take_profit_distance > 0),
        -- RESTING: the broker holds it and it acts inside the bar. WATCHED: by us, at the next open.
        protection_mode text CHECK (protection_mode IN ('RESTING', 'WATCHED')),
        -- The entry whose fills a protective order protects.
        parent_order_id uuid REFERENCES orders (id),
        status text NOT NULL DEFAULT 'PENDING',
        end_reason text,
        triggered boolean NOT NULL DEFAULT false,
        filled_quantity numeric NOT NULL DEFAULT 0 CHECK (filled_quantity >= 0),
        -- Sum of price x quantity of its fills: exact, unlike the average derived of it.
        filled_value numeric NOT NULL DEFAULT 0,
        average_fill_price numeric GENERATED ALWAYS AS
          (CASE WHEN filled_quantity > 0 THEN trim_scale(round(filled_value / filled_quantity, 12)) END) STORED,
        -- Cash set aside for what a buy has not filled yet.
        reserved_cash numeric NOT NULL DEFAULT 0 CHECK (reserved_cash >= 0),
        -- The price that it is set aside at; null for a sale.
        reserve_price numeric,
        -- What was asked for, digested: tells a repeat of a client order id from its reuse. Null for our own orders.
        input_digest uuid,
        risk_decision_id uuid REFERENCES risk_decisions (id),
        signal_id uuid REFERENCES trading_signals (id),
        -- Market time of the decision: nothing fills before it.
        decided_at timestamptz NOT NULL,
        filled_at timestamptz,
        ended_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        -- Market time, as all times of an order: the event log knows the wall time.
        created_at timestamptz NOT NULL,
        UNIQUE (account_id, client_order_id),
        -- A signal or a person enters; every other order has the position as its cause.
        CHECK (cause <> 'ENTRY' OR signal_id IS NOT NULL),
        CHECK ((cause IN ('STOP_LOSS', 'TAKE_PROFIT')) = (parent_order_id IS NOT NULL)),
        CHECK (side = 'SELL' OR cause IN ('ENTRY', 'MANUAL'))
      );
      CREATE INDEX orders_account ON orders (account_id, decided_at DESC, id);
      CREATE INDEX orders_open ON orders (account_id) WHERE status IN ('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN');
      -- One ENTRY order at most for a (signal, account).
      CREATE UNIQUE INDEX orders_one_entry ON orders (account_id, signal_id) WHERE cause = 'ENTRY';

      CREATE TABLE fills (
        id uuid PRIMARY KEY,
        order_id uuid NOT NULL REFERENCES orders (id),
        account_id text NOT NULL REFERENCES accounts (id),
        broker text NOT NULL,
        execution_id text NOT NULL,
        symbol text NOT NULL,
        side text NOT NULL,
        quantity numeric NOT NULL CHECK (quantity > 0),
        price numeric NOT NULL CHECK (price > 0),
        fee numeric NOT NULL DEFAULT 0 CHECK (fee >= 0),
        realized_pnl numeric NOT NULL DEFAULT 0,
        -- What the price was made of: reference price, slippage, half spread.
        assumptions jsonb NOT NULL DEFAULT '{}',
        "timestamp" timestamptz NOT NULL,
        bar_timestamp timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        seq bigint GENERATED ALWAYS AS IDENTITY,
        -- What the account held of the symbol after this fill: running, so that it can be held against the position.
        held numeric NOT NULL DEFAULT 0 CHECK (broker <> 'paper' OR held >= 0),
        UNIQUE (broker, execution_id)
      );
      CREATE INDEX fills_account ON fills (account_id, "timestamp" DESC, id);
      CREATE INDEX fills_order ON fills (order_id);
      CREATE INDEX fills_held ON fills (account_id, symbol, seq);

      CREATE TABLE positions (
        id uuid PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts (id),
        symbol text NOT NULL REFERENCES instruments (symbol),
        quantity numeric NOT NULL CHECK (quantity >= 0),
        -- The average price is derived: cost_basis / quantity.
        cost_basis numeric NOT NULL CHECK (quantity > 0 OR cost_basis = 0),
        current_price numeric NOT NULL,
        realized_pnl numeric NOT NULL DEFAULT 0,
        market_value numeric NOT NULL DEFAULT 0,
        opened_at timestamptz,
        last_updated timestamptz NOT NULL,
        UNIQUE (account_id, symbol)
      );

      -- Double entry: the postings of a transaction sum to 0 in each currency.
      CREATE TABLE ledger_entries (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        transaction_id uuid NOT NULL,
        account_id text NOT NULL REFERENCES accounts (id),
        ledger text NOT NULL CHECK (ledger IN ('CASH', 'COST_BASIS', 'REALIZED_PNL', 'FEES', 'DEPOSITS')),
        symbol text,
        currency text NOT NULL,
        amount numeric NOT NULL,
        fill_id uuid REFERENCES fills (id),
        "timestamp" timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        -- Of the account's ledger after this posting; of COST_BASIS and REALIZED_PNL, of the symbol.
        balance numeric NOT NULL DEFAULT 0
      );
      CREATE INDEX ledger_entries_account ON ledger_entries (account_id, ledger, id);
      CREATE INDEX ledger_entries_symbol ON ledger_entries (account_id, ledger, symbol, id);
      CREATE UNIQUE INDEX ledger_entries_once ON ledger_entries (transaction_id, ledger);

      CREATE TABLE portfolio_snapshots (
        account_id text NOT NULL REFERENCES accounts (id),
        "timestamp" timestamptz NOT NULL,
        total_value numeric NOT NULL,
        cash numeric NOT NULL,
        positions_value numeric NOT NULL,
        realized_pnl numeric NOT NULL,
        unrealized_pnl numeric NOT NULL,
        fees numeric NOT NULL,
        total_pnl numeric NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, "timestamp")
      );
    `);
    const procedures = [CHECK_AVAILABLE_FUNDS, UPDATE_PORTFOLIO_VALUE, CLOSE_SLICE];
    for (const sql of [...procedures, ORDER_GUARDS, BOOK_GUARDS]) this.addSql(sql);
  }
}
